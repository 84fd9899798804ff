"""Carries a plan out: under the lock, against its digest, with a receipt."""

from __future__ import annotations

from collections.abc import Callable

from vgxness import __version__
from vgxness.blobs import digest_of
from vgxness.contract.context import Clock
from vgxness.errors import VgxnessError
from vgxness.kernel.clock import stamp
from vgxness.setup.lock import exclusive
from vgxness.setup.models import Change, FileRecord, Outcome, Plan, Receipt
from vgxness.setup.state import State
from vgxness.setup.transaction import Recovery


def carry_out(state: State, clock: Clock, make_plan: Callable[[], Plan], digest: str | None) -> Outcome:
    """End what a dead process left, plan, take the lock, plan again, and write that.

    A plan without work makes no file, not even the lock.

    Raises:
        VgxnessError: `plan_stale` where the digest is given and not the plan's, `setup_busy`, `write_failed`.
    """
    recover(state)
    plan = make_plan()
    if not _has_work(plan):
        _require_digest(plan, digest)
        return Outcome(plan=plan, receipt=None)
    with exclusive(state.lock):
        # Another process may have died since.
        state.transaction.recover()
        plan = make_plan()
        _require_digest(plan, digest)
        if not _has_work(plan):
            return Outcome(plan=plan, receipt=None)
        receipt = _receipt(plan, state, clock)
        state.transaction.run(plan.changes, receipt)
    return Outcome(plan=plan, receipt=receipt)


def recover(state: State) -> Recovery | None:
    """Complete or undo an apply whose process died; None, and nothing written, where there is none.

    Raises:
        VgxnessError: `setup_busy`, `write_failed`, `config_blocked`.
    """
    if not state.journal.exists():
        return None
    with exclusive(state.lock):
        return state.transaction.recover()


def _has_work(plan: Plan) -> bool:
    return bool(plan.changes or (plan.undoes and not plan.held_back))


def _require_digest(plan: Plan, digest: str | None) -> None:
    if digest is not None and digest != plan.digest:
        raise VgxnessError(
            "plan_stale",
            "What would be written is not what the digest stands for; nothing was changed.",
            cause="A file, or what is wished for it, changed since the plan.",
            hint="vgxness setup plan",
        )


def _receipt(plan: Plan, state: State, clock: Clock) -> Receipt:
    now = clock.now()
    changes = [target.change for target in plan.targets if target.change]
    # What is claimed or given up is recorded for files that stand right already, too.
    kept = [change for change in changes if change.is_work]
    return Receipt(
        id=state.receipts.next_id(now),
        kind=plan.kind,
        at=stamp(now),
        program=__version__,
        files=tuple(_record(change) for change in kept),
        undoes=() if plan.held_back else plan.undoes,
    )


def _record(change: Change) -> FileRecord:
    standing = change.standing
    return FileRecord(
        party=change.party,
        target=change.target,
        path=standing.path,
        real=standing.real,
        roots=change.roots,
        format=change.format,
        before=None if standing.content is None else digest_of(standing.content),
        before_mode=standing.mode,
        after=None if change.content is None else digest_of(change.content),
        after_mode=change.mode,
        directories=change.make,
        entries=change.entries,
        client=change.client,
    )
