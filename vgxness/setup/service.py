"""The verbs of setup: plan, apply, status, rollback, uninstall."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path

from vgxness.contract.context import Context
from vgxness.contract.provider import (
    ConfigScope,
    LiveVerdict,
    ProviderAdapter,
    ServerCommand,
    SetupMode,
)
from vgxness.errors import VgxnessError
from vgxness.setup.diff import diff_text
from vgxness.setup.files import look
from vgxness.setup.models import (
    FileRecord,
    Outcome,
    Plan,
    PlannedTarget,
    ProviderStatus,
    Receipt,
    ReceiptKind,
)
from vgxness.setup.planning import digest_of_plan, held_back, notices, plan_target, without_twins
from vgxness.setup.receipts import History, parties
from vgxness.setup.state import State
from vgxness.setup.status import provider_status
from vgxness.setup.transaction import Recovery
from vgxness.setup.undoing import plan_undo
from vgxness.setup.wishes import Wishes
from vgxness.setup.writing import carry_out, recover


class SetupService:
    """Providers' configuration, kept without a database; making one touches nothing.

    Every verb takes provider names; none means all that the verb can mean. A file that can't be edited
    does not raise: it is held back in the plan, with the reason, and the others go on.

    Args:
        adapters: the provider adapters of all plugins.
        context: what the adapters are handed; also the workspace, the paths and the clock.
        server: the command to configure; by default the installed vgxness, found when it is needed.
        server_environment: variables for the server, where it is found by default.
    """

    def __init__(
        self,
        *,
        adapters: Sequence[ProviderAdapter],
        context: Context,
        server: ServerCommand | None = None,
        server_environment: Mapping[str, str] | None = None,
    ) -> None:
        self._wishes = Wishes(tuple(adapters), context, server, server_environment or {})
        self._context = context

    @property
    def providers(self) -> tuple[str, ...]:
        """The names of the installed adapters."""
        return self._wishes.names

    @property
    def server(self) -> ServerCommand:
        """The command that clients are told to start; raises `server_ephemeral`."""
        return self._wishes.server

    @property
    def is_interrupted(self) -> bool:
        """Whether an apply was begun and not ended; the next writing command ends it."""
        return self._state.journal.exists()

    @property
    def has_receipts(self) -> bool:
        """Whether anything was ever written."""
        return bool(self._state.receipts.all())

    def detected(self) -> tuple[str, ...]:
        """Return the names of the providers whose client is installed."""
        return self._wishes.detected()

    def plan(
        self, providers: Sequence[str] = (), *, scope: ConfigScope = "user", mode: SetupMode = "mcp"
    ) -> Plan:
        """Return what an apply would do; writes nothing. Without names: every client that is installed.

        Raises:
            VgxnessError: `unknown_provider`, `server_ephemeral`, `usage` for a mode of a later version.
        """
        _require_mcp(mode)
        receipts = self._state.receipts.all()
        rows: list[PlannedTarget] = []
        for name in self._wishes.chosen(providers):
            rows += self._plan_provider(self._wishes.require(name), scope, mode, receipts)
        return self._plan("apply", scope, rows)

    def apply(
        self,
        providers: Sequence[str] = (),
        *,
        scope: ConfigScope = "user",
        mode: SetupMode = "mcp",
        digest: str | None = None,
    ) -> Outcome:
        """Write what the plan says; all of its files or none.

        Raises:
            VgxnessError: as `plan`; `plan_stale` where the plan's digest is another one now, `setup_busy`,
                `write_failed`.
        """
        make = partial(self.plan, providers, scope=scope, mode=mode)
        return carry_out(self._state, self._context.clock, make, digest)

    def plan_rollback(
        self, providers: Sequence[str] = (), *, scope: ConfigScope = "user", to: str | None = None
    ) -> Plan:
        """Return what a rollback would do: to the state before the newest apply, or before apply `to`.

        Raises:
            VgxnessError: `unknown_provider`, `unknown_apply`.
        """
        since = self._cut(providers, scope, to)
        return self._plan_undo("rollback", providers, scope, since)

    def rollback(
        self,
        providers: Sequence[str] = (),
        *,
        scope: ConfigScope = "user",
        to: str | None = None,
        digest: str | None = None,
    ) -> Outcome:
        """Take applies back, also where the plugin is gone: to the byte, or without our keys.

        Raises:
            VgxnessError: as `plan_rollback` and `apply`.
        """
        make = partial(self.plan_rollback, providers, scope=scope, to=to)
        return carry_out(self._state, self._context.clock, make, digest)

    def plan_uninstall(self, providers: Sequence[str] = (), *, scope: ConfigScope = "user") -> Plan:
        """Return what an uninstall would do: every key of ours goes, everything else stays."""
        return self._plan_undo("uninstall", providers, scope, since="")

    def uninstall(
        self, providers: Sequence[str] = (), *, scope: ConfigScope = "user", digest: str | None = None
    ) -> Outcome:
        """Take our keys out; twice is once.

        Raises:
            VgxnessError: as `apply`.
        """
        make = partial(self.plan_uninstall, providers, scope=scope)
        return carry_out(self._state, self._context.clock, make, digest)

    def receipts(self, providers: Sequence[str] = (), *, scope: ConfigScope = "user") -> tuple[Receipt, ...]:
        """Return the receipts of providers in a scope, oldest first."""
        every = self._state.receipts.all()
        wanted = self._wishes.known(providers, scope, every)
        return tuple(r for r in every if any(file.party in wanted for file in r.files))

    def can_undo(self, receipt: Receipt) -> bool:
        """Return whether a receipt is of an apply that still stands for one of its parties."""
        every = self._state.receipts.all()
        return any(receipt in History(every, file.party).standing for file in receipt.files)

    def standing(self) -> frozenset[str]:
        """Return the ids of the applies that still stand for one of their parties."""
        every = self._state.receipts.all()
        return frozenset(one.id for party in parties(every) for one in History(every, party).standing)

    def apply_of_backup(self, path: Path) -> str:
        """Return the id of the apply that made a backup.

        Raises:
            VgxnessError: `unknown_apply`, the path is not a backup of ours.
        """
        for receipt in self._state.receipts.all():
            backups = [self.backup_of(file) for file in receipt.files]
            if receipt.kind == "apply" and path.absolute() in backups:
                return receipt.id
        raise VgxnessError(
            "unknown_apply", f"{path} is not a backup that setup made.", hint="vgxness setup rollback --list"
        )

    def backup_of(self, file: FileRecord) -> Path | None:
        """Return where the bytes are kept that an apply replaced; None where there was no file."""
        with suppress(ValueError):  # a receipt that somebody tampered with names no backup
            return self._state.blobs.path_of(file.before) if file.before else None
        return None

    def status(
        self, providers: Sequence[str] = (), *, scope: ConfigScope = "user"
    ) -> tuple[ProviderStatus, ...]:
        """Return how each provider stands in a scope; writes nothing.

        Raises:
            VgxnessError: `unknown_provider`.
        """
        receipts = self._state.receipts.all()
        known = self._wishes.known(providers, scope, receipts)
        return tuple(provider_status(party, History(receipts, party), self._wishes) for party in known)

    def edits_since(
        self, providers: Sequence[str] = (), *, scope: ConfigScope = "user"
    ) -> Mapping[Path, str]:
        """Return, by file, what changed in it since we last wrote it, as a diff; only files that changed.

        Raises:
            VgxnessError: `unknown_provider`.
        """
        receipts = self._state.receipts.all()
        found: dict[Path, str] = {}
        for party in self._wishes.known(providers, scope, receipts):
            for path, record in History(receipts, party).latest().items():
                if record.keys and record.after:
                    with suppress(VgxnessError):  # a file that can't be read is the plan's to report
                        standing = look(path, record.roots).content
                        found[path] = diff_text(path, self._state.blobs.get(record.after), standing)
        return {path: diff for path, diff in found.items() if diff}

    def verify_live(self, provider: str, *, scope: ConfigScope = "user") -> LiveVerdict:
        """Ask the real client, on a copy of its configuration in a throw-away home.

        Raises:
            VgxnessError: `unknown_provider`, `server_ephemeral`, or what the adapter raises.
        """
        adapter = self._wishes.require(provider)
        history = History(self._state.receipts.all(), self._wishes.party(provider, scope))
        return adapter.verify_live(self._context, self._wishes.request(adapter, scope, "mcp", history))

    def recover(self) -> Recovery | None:
        """End an interrupted apply: complete it, or undo it; None where there was none.

        Raises:
            VgxnessError: `setup_busy`, `write_failed`, `config_blocked`.
        """
        return recover(self._state)

    def _plan_provider(
        self, adapter: ProviderAdapter, scope: ConfigScope, mode: SetupMode, receipts: Sequence[Receipt]
    ) -> list[PlannedTarget]:
        party = self._wishes.party(adapter.name, scope)
        history, home = History(receipts, party), self._wishes.home
        try:
            wanted = self._wishes.targets(adapter, scope, mode, history)
        except VgxnessError as error:
            if error.code != "plugin_failed":
                raise
            return [held_back(party, adapter.name, home, error)]
        return [plan_target(target, party, history, home) for target in wanted]

    def _cut(self, providers: Sequence[str], scope: ConfigScope, to: str | None) -> str:
        """Return the id of the oldest apply to take back: the one asked for, or the newest of all."""
        receipts = self._state.receipts.all()
        known = self._wishes.known(providers, scope, receipts)
        ids = {receipt.id for party in known for receipt in History(receipts, party).standing}
        if not ids or (to is not None and to not in ids):
            raise _nothing_to_undo(providers, scope, to, self._other_scope(providers, scope))
        return to or max(ids)

    def _other_scope(self, providers: Sequence[str], scope: ConfigScope) -> ConfigScope | None:
        """Return the other scope where an apply of it still stands."""
        other: ConfigScope = "project" if scope == "user" else "user"
        return other if any(self.can_undo(one) for one in self.receipts(providers, scope=other)) else None

    def _plan_undo(self, kind: ReceiptKind, providers: Sequence[str], scope: ConfigScope, since: str) -> Plan:
        receipts = self._state.receipts.all()
        rows: list[PlannedTarget] = []
        undoes: list[str] = []
        for party in self._wishes.known(providers, scope, receipts):
            history = History(receipts, party)
            undone = [receipt for receipt in history.standing if receipt.id >= since]
            if undone:
                rows += plan_undo(history, undone, self._state.blobs, may_lack=kind == "uninstall")
                undoes += [receipt.id for receipt in undone if receipt.id not in undoes]
        return self._plan(kind, scope, rows, undoes)

    def _plan(
        self, kind: ReceiptKind, scope: ConfigScope, rows: Sequence[PlannedTarget], undoes: Sequence[str] = ()
    ) -> Plan:
        kept = without_twins(rows)
        return Plan(
            kind=kind,
            scope=scope,
            mode="mcp",
            targets=kept,
            digest=digest_of_plan(kept),
            undoes=tuple(undoes),
            notices=notices(kept, is_interrupted=self.is_interrupted),
        )

    @property
    def _state(self) -> State:
        return State(self._context.paths.state)


def _require_mcp(mode: SetupMode) -> None:
    if mode != "mcp":
        raise VgxnessError(
            "usage",
            f"The mode {mode} is not in this version.",
            cause="Agents are rendered by a later version of vgxness.",
            hint="vgxness setup plan --mode mcp",
        )


def _nothing_to_undo(
    providers: Sequence[str], scope: ConfigScope, to: str | None, other: ConfigScope | None
) -> VgxnessError:
    whose = ", ".join(providers) or "any provider"
    what = f"apply {to!r}" if to else "an apply"
    return VgxnessError(
        "unknown_apply",
        f"There is no receipt of {what} to take back for {whose} in the {scope} scope.",
        cause=f"In the {other} scope there is one." if other else "",
        hint=f"vgxness setup rollback --config-scope {other}" if other else "vgxness setup rollback --list",
    )
