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
from vgxness.setup.entries import files_of
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
from vgxness.setup.placements import Placement, list_placements
from vgxness.setup.planning import (
    Past,
    Takes,
    digest_of_plan,
    held_back,
    notices,
    plan_target,
    require_known,
    without_passing_conflicts,
)
from vgxness.setup.receipts import History, parties
from vgxness.setup.servers import ListedServers, list_servers
from vgxness.setup.state import State
from vgxness.setup.status import provider_status
from vgxness.setup.transaction import Recovery
from vgxness.setup.undoing import dropped_files, plan_removal, plan_undo
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

    def with_scope(self, scope: ConfigScope) -> tuple[str, ...]:
        """Return the names of the installed adapters that have a scope."""
        return tuple(one.name for one in self._wishes.adapters if scope in one.config_scopes)

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
        self,
        providers: Sequence[str] = (),
        *,
        scope: ConfigScope = "user",
        mode: SetupMode = "mcp",
        takes: Takes | None = None,
    ) -> Plan:
        """Return what an apply would do; writes nothing. Without names: every client that is installed.

        `takes` settles conflicts: "ours" or "theirs" by `provider/target`, by `target`, or for all by "".

        Raises:
            VgxnessError: `unknown_provider`, `server_ephemeral`, `usage` for a mode of a later version or
                for a target in `takes` that the plan does not have.
        """
        _require_mcp(mode)
        past = self._past(takes)
        rows: list[PlannedTarget] = []
        for name in self._wishes.chosen(providers, scope):
            rows += self._plan_provider(self._wishes.require(name), scope, mode, past)
        require_known(takes, rows)
        return self._plan("apply", scope, without_passing_conflicts(rows, past))

    def apply(
        self,
        providers: Sequence[str] = (),
        *,
        scope: ConfigScope = "user",
        mode: SetupMode = "mcp",
        takes: Takes | None = None,
        digest: str | None = None,
    ) -> Outcome:
        """Write what the plan says; all of its files or none.

        Raises:
            VgxnessError: as `plan`; `plan_stale` where the plan's digest is another one now, `setup_busy`,
                `write_failed`.
        """
        make = partial(self.plan, providers, scope=scope, mode=mode, takes=takes)
        return carry_out(self._state, self._context.clock, make, digest)

    def plan_rollback(
        self,
        providers: Sequence[str] = (),
        *,
        scope: ConfigScope = "user",
        to: str | None = None,
        takes: Takes | None = None,
    ) -> Plan:
        """Return what a rollback would do: to the state before the newest apply, or before apply `to`.

        Raises:
            VgxnessError: `unknown_provider`, `unknown_apply`.
        """
        since = self._cut(providers, scope, to)
        return self._plan_undo("rollback", providers, scope, since, takes)

    def rollback(
        self,
        providers: Sequence[str] = (),
        *,
        scope: ConfigScope = "user",
        to: str | None = None,
        takes: Takes | None = None,
        digest: str | None = None,
    ) -> Outcome:
        """Take applies back, also where the plugin is gone: to the byte, or without our keys.

        Raises:
            VgxnessError: as `plan_rollback` and `apply`.
        """
        make = partial(self.plan_rollback, providers, scope=scope, to=to, takes=takes)
        return carry_out(self._state, self._context.clock, make, digest)

    def plan_uninstall(
        self, providers: Sequence[str] = (), *, scope: ConfigScope = "user", takes: Takes | None = None
    ) -> Plan:
        """Return what an uninstall would do: every entry of ours goes, everything else stays."""
        return self._plan_undo("uninstall", providers, scope, "", takes)

    def uninstall(
        self,
        providers: Sequence[str] = (),
        *,
        scope: ConfigScope = "user",
        takes: Takes | None = None,
        digest: str | None = None,
    ) -> Outcome:
        """Take our entries out; twice is once.

        Raises:
            VgxnessError: as `apply`.
        """
        make = partial(self.plan_uninstall, providers, scope=scope, takes=takes)
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
        past = self._past()
        known = self._wishes.known(providers, scope, past.receipts)
        return tuple(provider_status(party, past, self._wishes) for party in known)

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
                if record.entries and record.after:
                    with suppress(VgxnessError):  # a file that can't be read is the plan's to report
                        standing = look(path, record.roots).content
                        found[path] = diff_text(path, self._state.blobs.get(record.after), standing)
        return {path: diff for path, diff in found.items() if diff}

    def servers(self, providers: Sequence[str] = ()) -> ListedServers:
        """Return the MCP servers that clients are told to start, ours among them; starts none.

        Raises:
            VgxnessError: `unknown_provider`.
        """
        names = [self._wishes.require(name).name for name in providers] or self.providers
        return list_servers(self._wishes, names, self._state.receipts.all())

    def placements(self, *, scope: ConfigScope = "user") -> tuple[Placement, ...]:
        """Return what stands, or would stand, before an agent in each provider because of us."""
        return list_placements(self._wishes, self.providers, scope, self._state.receipts.all())

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
        self, adapter: ProviderAdapter, scope: ConfigScope, mode: SetupMode, past: Past
    ) -> list[PlannedTarget]:
        party = self._wishes.party(adapter.name, scope)
        try:
            wanted = self._wishes.targets(adapter, scope, mode, past.history(party))
        except VgxnessError as error:
            if error.code != "plugin_failed":
                raise
            return [held_back(party, adapter.name, past.home, error)]
        rows = [plan_target(target, party, past) for target in files_of(wanted)]
        return rows + [plan_removal(path, party, past) for path in dropped_files(wanted, party, past)]

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

    def _plan_undo(
        self,
        kind: ReceiptKind,
        providers: Sequence[str],
        scope: ConfigScope,
        since: str,
        takes: Takes | None,
    ) -> Plan:
        past = self._past(takes)
        undone = {
            party: [receipt for receipt in past.history(party).standing if receipt.id >= since]
            for party in self._wishes.known(providers, scope, past.receipts)
        }
        rows = plan_undo(undone, past, may_lack=kind == "uninstall")
        require_known(takes, rows)
        ids = dict.fromkeys(receipt.id for receipts in undone.values() for receipt in receipts)
        return self._plan(kind, scope, rows, tuple(ids))

    def _past(self, takes: Takes | None = None) -> Past:
        state = self._state
        return Past(
            receipts=state.receipts.all(), blobs=state.blobs, home=self._wishes.home, takes=takes or {}
        )

    def _plan(
        self, kind: ReceiptKind, scope: ConfigScope, rows: Sequence[PlannedTarget], undoes: Sequence[str] = ()
    ) -> Plan:
        return Plan(
            kind=kind,
            scope=scope,
            mode="mcp",
            targets=tuple(rows),
            digest=digest_of_plan(rows),
            undoes=tuple(undoes),
            notices=notices(rows, is_interrupted=self.is_interrupted),
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
