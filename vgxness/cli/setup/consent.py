"""A person's yes to a plan: asked on a terminal, demanded as an option elsewhere."""

from __future__ import annotations

import shlex
import sys
from typing import TYPE_CHECKING, Final

import click

from vgxness.cli.setup.text import plan_text
from vgxness.errors import VgxnessError

if TYPE_CHECKING:
    from vgxness.setup import Plan, Takes


_QUESTIONS: Final = {"apply": "Write this?", "rollback": "Put this back?", "uninstall": "Take vgxness out?"}


def require_consent(
    plan: Plan, digest: str | None, *, to: str | None = None, takes: Takes | None = None
) -> str:
    """Show a plan on the terminal and return its digest when the answer is yes.

    Raises:
        VgxnessError: `consent_required`, no terminal or no yes; `plan_stale` where the digest is another.
    """
    if digest is not None and digest != plan.digest:
        raise VgxnessError("plan_stale", "The plan is not the one of the digest.", hint="vgxness setup plan")
    command = _command(plan, to, takes or {})
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise VgxnessError(
            "consent_required",
            "Nothing was written: this command needs a yes.",
            cause="It does not run on a terminal, so nobody can be asked.",
            hint=command,
        )
    click.echo(plan_text(plan, with_step=False), err=True)
    if not click.confirm(_QUESTIONS[plan.kind], default=False, err=True):
        raise VgxnessError(
            "consent_required", "Nothing was written.", cause="The answer was no.", hint=command
        )
    return plan.digest


def _command(plan: Plan, to: str | None, takes: Takes) -> str:
    providers = dict.fromkeys(target.party.provider for target in plan.targets)
    words = ["vgxness", "setup", plan.kind]
    for name in providers:
        words += ["--provider", name]
    words += [
        "--config-scope",
        plan.scope,
        *(("--to", to) if to else ()),
        *(
            word
            for target, side in takes.items()
            for word in ("--take", f"{target}={side}" if target else side)
        ),
        "--plan-digest",
        plan.digest,
        "--yes",
    ]
    return shlex.join(words)
