"""Asks every plugin's checks; a check that fails to answer is itself a finding."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import cast

from vgxness.contract.check import Check, Finding
from vgxness.contract.context import Context
from vgxness.doctor.models import Diagnosis, Report
from vgxness.errors import VgxnessError
from vgxness.kernel.catalogue import Catalogue, Offer
from vgxness.kernel.target import resolve
from vgxness.redaction import redact_secrets

Question = Callable[[Context], Finding]


class Doctor:
    """The checks of a catalogue, asked in the order of their ids."""

    def __init__(self, catalogue: Catalogue, *, context: Context) -> None:
        self._catalogue = catalogue
        self._context = context

    def examine(self, ids: Sequence[str] = (), progress: Callable[[str], None] | None = None) -> Report:
        """Return what the checks found; all of them, or those whose id is given or starts with `given.`.

        Args:
            ids: check ids or their first parts, such as "storage"; empty means all.
            progress: called with each question before it is asked.

        Raises:
            VgxnessError: `usage` for an id that matches no check.
        """
        diagnoses: list[Diagnosis] = []
        for offer in self._chosen(ids):
            if progress:
                progress(offer.value.summary)
            diagnoses.append(self._diagnose(offer))
        return Report(diagnoses=tuple(diagnoses))

    def _chosen(self, ids: Sequence[str]) -> list[Offer[Check]]:
        known = [offer.value.id for offer in self._catalogue.checks]
        for wanted in ids:
            if not any(_matches(wanted, check_id) for check_id in known):
                raise VgxnessError(
                    "usage", f"No check is named {wanted!r}.", cause=f"Known: {', '.join(known)}."
                )
        if not ids:
            return list(self._catalogue.checks)
        return [o for o in self._catalogue.checks if any(_matches(wanted, o.value.id) for wanted in ids)]

    def _diagnose(self, offer: Offer[Check]) -> Diagnosis:
        finding = self._ask(offer)
        return Diagnosis(
            id=offer.value.id,
            question=offer.value.summary,
            plugin=offer.plugin.label,
            severity=finding.severity,
            summary=redact_secrets(finding.summary),
            evidence=tuple(redact_secrets(line) for line in finding.evidence),
            hint=redact_secrets(finding.hint),
            quotes=tuple(redact_secrets(line) for line in finding.quotes),
        )

    def _ask(self, offer: Offer[Check]) -> Finding:
        try:
            question = cast("Question", resolve(offer.value.target, offer.plugin))
            finding = question(self._context)
        except VgxnessError as error:
            evidence = (error.cause,) if error.cause else ()
            return Finding(severity="error", summary=error.message, evidence=evidence, hint=error.hint)
        except (Exception, SystemExit) as error:  # noqa: BLE001 -- a check is a plugin's code; the others go on
            return _unanswered(offer, f"{type(error).__name__}: {str(error).partition(chr(10))[0][:200]}")
        if not isinstance(finding, Finding):  # pyright: ignore[reportUnnecessaryIsInstance] -- a stranger's check may return anything
            return _unanswered(offer, f"it returned a {type(finding).__name__}, not a Finding")
        return finding


def _matches(wanted: str, check_id: str) -> bool:
    return check_id == wanted or check_id.startswith(f"{wanted}.")


def _unanswered(offer: Offer[Check], why: str) -> Finding:
    return Finding(
        severity="error",
        summary=f"The check of plugin {offer.plugin.label} failed to answer.",
        evidence=(why,),
        hint=f"vgxness plugins info {offer.plugin.name}",
    )
