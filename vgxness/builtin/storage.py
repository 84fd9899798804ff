"""What storage offers: the sqlite engine, the `db` and `verify` commands, and the checks of the database."""

from __future__ import annotations

from vgxness.plugin import Check, Command, StorageBackend, hookimpl


@hookimpl
def vgxness_storage_backends() -> tuple[StorageBackend, ...]:
    """Declare the built-in engine."""
    return (
        StorageBackend(
            scheme="sqlite",
            summary="One SQLite file on this machine.",
            target="vgxness.storage.sqlite.engine:open_engine",
        ),
    )


@hookimpl
def vgxness_commands() -> tuple[Command, ...]:
    """Declare `db` and `verify`."""
    return (
        Command(
            name="db",
            summary="Locate, inspect, upgrade, back up and restore the database.",
            section="Storage",
            target="vgxness.cli.storage:db",
        ),
        Command(
            name="verify",
            summary="Prove on a clean temporary database that storage works here.",
            section="Start here",
            target="vgxness.cli.verify:verify",
        ),
    )


@hookimpl
def vgxness_doctor_checks() -> tuple[Check, ...]:
    """Declare the checks of the database."""
    return (
        Check(
            id="storage.git",
            summary="Does git leave the database alone?",
            target="vgxness.storage.checks:git",
        ),
        Check(
            id="storage.location",
            summary="Is it known where the database is, and is it ours?",
            target="vgxness.storage.checks:location",
        ),
        Check(
            id="storage.migrations",
            summary="Is the database up to date?",
            target="vgxness.storage.checks:migrations",
        ),
        Check(
            id="storage.integrity",
            summary="Is the database undamaged?",
            target="vgxness.storage.checks:integrity",
        ),
        Check(
            id="storage.permissions",
            summary="Can nobody else read the database?",
            target="vgxness.storage.checks:permissions",
        ),
    )
