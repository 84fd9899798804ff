"""What the doctor says."""

from __future__ import annotations

from dataclasses import dataclass

from vgxness.contract.check import Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnosis:
    """One check and what it found.

    Attributes:
        id: the check's stable id.
        question: the check's own summary.
        plugin: who asked, with distribution and version.
        quotes: lines of the user's own files, which a bug report leaves out.
    """

    id: str
    question: str
    plugin: str
    severity: Severity
    summary: str
    evidence: tuple[str, ...]
    hint: str
    quotes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """All diagnoses, ordered by id."""

    diagnoses: tuple[Diagnosis, ...]

    @property
    def is_healthy(self) -> bool:
        """Whether no check found an error; warnings don't count."""
        return all(diagnosis.severity != "error" for diagnosis in self.diagnoses)

    def count(self, severity: Severity) -> int:
        """Return the number of diagnoses of one severity."""
        return sum(diagnosis.severity == severity for diagnosis in self.diagnoses)
