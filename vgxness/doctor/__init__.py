"""Runs checks: one question, one finding each."""

from __future__ import annotations

from vgxness.doctor.models import Diagnosis, Report
from vgxness.doctor.service import Doctor

__all__ = ["Diagnosis", "Doctor", "Report"]
