"""What the kernel offers: the `plugins` commands and the check of their health."""

from __future__ import annotations

from vgxness.plugin import Check, Command, hookimpl


@hookimpl
def vgxness_commands() -> tuple[Command, ...]:
    """Declare `plugins`."""
    return (
        Command(
            name="plugins",
            summary="List, inspect, switch, install and write plugins.",
            section="Plugins",
            target="vgxness.cli.kernel:plugins",
        ),
    )


@hookimpl
def vgxness_doctor_checks() -> tuple[Check, ...]:
    """Declare the check that names broken plugins."""
    return (
        Check(id="plugins.health", summary="Does every plugin load?", target="vgxness.kernel.checks:health"),
        Check(
            id="plugins.discovery",
            summary="Do both ways of finding plugins agree?",
            target="vgxness.kernel.checks:discovery",
        ),
    )
