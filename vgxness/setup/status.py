"""How each provider stands: its client, and each file against the receipts."""

from __future__ import annotations

from vgxness.contract.provider import Detection, ProviderAdapter
from vgxness.errors import VgxnessError
from vgxness.setup.adapters import detect
from vgxness.setup.drift import record_status, target_status
from vgxness.setup.models import Party, Problem, ProviderStatus, TargetStatus
from vgxness.setup.receipts import History
from vgxness.setup.wishes import Wishes


def provider_status(party: Party, history: History, wishes: Wishes) -> ProviderStatus:
    """Return how a provider stands; where its plugin is gone or broken the receipts still answer."""
    adapter = wishes.find(party.provider)
    if adapter is None:
        rows = _recorded(party, history)
        return ProviderStatus(
            provider=party.provider,
            title=party.provider,
            scope=party.scope,
            found=False,
            version="",
            evidence=("its plugin is not installed; only receipts are left",),
            targets=rows,
            adapted=False,
        )
    return _adapted(adapter, party, history, wishes)


def _adapted(adapter: ProviderAdapter, party: Party, history: History, wishes: Wishes) -> ProviderStatus:
    detection, problem = Detection(found=False), None
    try:
        detection = detect(adapter, wishes.context)
        wanted = wishes.targets(adapter, party.scope, "mcp", history)
        rows = tuple(target_status(target, party, history, wishes.home) for target in wanted)
        rows += _left_behind(party, history, rows)
    except VgxnessError as error:
        problem = Problem(code=error.code, message=error.message, cause=error.cause, hint=error.hint)
        rows = _recorded(party, history)
    return ProviderStatus(
        provider=adapter.name,
        title=adapter.title,
        scope=party.scope,
        found=detection.found,
        version=detection.version,
        evidence=detection.evidence,
        targets=rows,
        problem=problem,
    )


def _recorded(party: Party, history: History) -> tuple[TargetStatus, ...]:
    return tuple(record_status(path, party, history) for path in history.managed())


def _left_behind(party: Party, history: History, rows: tuple[TargetStatus, ...]) -> tuple[TargetStatus, ...]:
    """Return files that hold keys of ours and are no target any more."""
    seen = {row.path for row in rows}
    return tuple(record_status(path, party, history) for path in history.managed() if path not in seen)
