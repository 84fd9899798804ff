"""The doctor's questions about plugins."""

from __future__ import annotations

from typing import Protocol

from vgxness.contract.check import Finding
from vgxness.kernel.catalogue import Catalogue


class HasCatalogue(Protocol):
    """What these checks need of the host."""

    @property
    def catalogue(self) -> Catalogue:
        """What all plugins offer."""
        ...


def health(host: HasCatalogue) -> Finding:
    """Find plugins that failed to load, failed when called, or clash with another."""
    catalogue = host.catalogue
    blocked = tuple(f"{one.label}: switched off" for one in catalogue.plugins if one.state == "blocked")
    broken = tuple(f"{one.label}: {one.state}: {one.problem}" for one in catalogue.problems)
    if broken:
        return Finding(
            severity="warning",
            summary=f"{len(broken)} of {len(catalogue.plugins)} plugins are broken.",
            evidence=broken + blocked,
            hint=f"vgxness plugins info {catalogue.problems[0].name}",
        )
    return Finding(severity="ok", summary=f"All {len(catalogue.plugins)} plugins are well.", evidence=blocked)


def discovery(_host: object) -> Finding:
    """Find plugins that only one of the two ways of looking sees."""
    from vgxness.kernel.discovery import examine, scan

    fast, thorough = set(scan()), set(examine())
    if fast == thorough:
        return Finding(severity="ok", summary=f"Both ways find the same installed plugins: {len(fast)}.")
    return Finding(
        severity="warning",
        summary="The fast and the thorough way of finding plugins differ.",
        evidence=tuple(f"{one.name} ({one.distribution} {one.version})" for one in fast ^ thorough),
        hint="Reinstall the plugins named above.",
    )
