"""`vgxness verify`: the proof that storage works on this machine, one line each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vgxness.cli.answer import Answer
from vgxness.cli.command import command, pass_app
from vgxness.cli.symbols import mark
from vgxness.contract.json_value import as_json
from vgxness.errors import ExitCode

if TYPE_CHECKING:
    from vgxness.app import App
    from vgxness.storage.verify import Proof


@command()
@pass_app
def verify(app: App) -> Answer:
    """Prove on a clean temporary database that storage works here; your own database is not touched.

    Exits with 1 when a proof fails.
    """
    from vgxness.storage.verify import prove

    proofs = tuple(prove(app.clock))
    passed = all(proof.passed for proof in proofs)
    return Answer(
        data={"passed": passed, "proofs": as_json(proofs)},
        text=lambda: _as_text(proofs, passed=passed),
        exit_code=ExitCode.DONE if passed else ExitCode.FOUND_WRONG,
    )


def _as_text(proofs: tuple[Proof, ...], *, passed: bool) -> str:
    lines = [f"{mark('ok' if proof.passed else 'error')} {proof.id:<20} {proof.detail}" for proof in proofs]
    failed = sum(not proof.passed for proof in proofs)
    verdict = "Storage works here." if passed else f"{failed} of {len(proofs)} proofs failed."
    return "\n".join([*lines, "", verdict])
