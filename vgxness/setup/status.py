"""How each provider stands: its client, and each file against the receipts."""

from __future__ import annotations

from vgxness.contract.provider import Detection, ProviderAdapter
from vgxness.errors import VgxnessError
from vgxness.setup.adapters import detect
from vgxness.setup.drift import record_status, target_status
from vgxness.setup.entries import files_of
from vgxness.setup.models import Party, Problem, ProviderStatus, TargetStatus
from vgxness.setup.planning import Past
from vgxness.setup.wishes import Wishes


def provider_status(party: Party, past: Past, wishes: Wishes) -> ProviderStatus:
    """Return how a provider stands; where its plugin is gone or broken the receipts still answer."""
    adapter = wishes.find(party.provider)
    if adapter is None:
        rows = _recorded(party, past)
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
    return _adapted(adapter, party, past, wishes)


def _adapted(adapter: ProviderAdapter, party: Party, past: Past, wishes: Wishes) -> ProviderStatus:
    detection, problem = Detection(found=False), None
    try:
        detection = detect(adapter, wishes.context)
        wanted = files_of(wishes.targets(adapter, party.scope, "mcp", past.history(party)))
        rows = tuple(target_status(target, party, past) for target in wanted)
        rows += _left_behind(party, past, rows)
    except VgxnessError as error:
        problem = Problem(code=error.code, message=error.message, cause=error.cause, hint=error.hint)
        rows = _recorded(party, past)
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


def _recorded(party: Party, past: Past) -> tuple[TargetStatus, ...]:
    return tuple(record_status(path, party, past) for path in past.history(party).managed())


def _left_behind(party: Party, past: Past, rows: tuple[TargetStatus, ...]) -> tuple[TargetStatus, ...]:
    """Return files that hold entries of ours and are no target any more."""
    seen = {row.path for row in rows}
    managed = past.history(party).managed()
    return tuple(record_status(path, party, past) for path in managed if path not in seen)
