"""`vgxness init`: the guided first run. It writes only after a yes on a terminal."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from vgxness.cli.answer import Answer
from vgxness.cli.command import command, pass_app, session_of
from vgxness.cli.symbols import mark
from vgxness.contract.json_value import JsonObject, as_json

if TYPE_CHECKING:
    from vgxness.app import App
    from vgxness.setup.models import Outcome, Plan
    from vgxness.status import NextStep, Overview


@command()
@pass_app
def init(app: App) -> Answer:
    """Set vgxness up, step by step.

    On a terminal it shows what would be written and asks before each writing. Elsewhere it prints the
    plan and writes nothing.
    """
    overview = app.status.overview()
    names = app.setup.detected()
    plan = app.setup.plan(names) if names else None
    outcome: Outcome | None = None
    if plan and plan.changes and _can_ask():
        click.echo(_plan_text(plan))
        if click.confirm("Write this?", default=False):
            outcome = app.setup.apply(names, digest=plan.digest)
    after = app.status.overview() if outcome else overview
    step = _step(after.next, plan, outcome)
    return Answer(
        data={**_plan_data(plan), "written": outcome is not None, "next": as_json(step)},
        text=lambda: _as_text(overview, plan, outcome, step),
    )


def _can_ask() -> bool:
    values = session_of(click.get_current_context()).values
    return sys.stdin.isatty() and sys.stdout.isatty() and not values.get("json")


def _plan_data(plan: Plan | None) -> JsonObject:
    targets = plan.targets if plan else ()
    return {
        "providers": sorted({target.party.provider for target in targets}),
        "targets": [
            {"path": str(one.path), "action": one.action, "reason": one.reason, "diff": one.diff}
            for one in targets
        ],
    }


def _as_text(overview: Overview, plan: Plan | None, outcome: Outcome | None, step: NextStep) -> str:
    lines = [f"{mark('ok')} vgxness {overview.version} is installed."]
    state = (
        "is made at the first save"
        if overview.database.state == "absent"
        else f"is {overview.database.state}"
    )
    lines.append(f"{mark('ok')} The database {state}: {overview.database.location}")
    if plan is None:
        lines.append(f"{mark('info')} No agent client was found that an installed plugin knows.")
    elif outcome:
        lines.append(
            f"{mark('ok')} Written, with a backup. `vgxness setup rollback` puts it back, byte for byte."
        )
    elif plan.changes:
        lines += [f"{mark('info')} This would be written, and was not:", "", _plan_text(plan), ""]
    else:
        lines.append(f"{mark('ok')} Every provider that was found is set up.")
    if plan:
        lines += [f"{mark('warning')} {one.path}: {one.reason}" for one in plan.held_back]
    return "\n".join(
        [*lines, "", f"next: {step.summary}", *([f"      {step.command}"] if step.command else [])]
    )


def _plan_text(plan: Plan) -> str:
    return "\n".join(target.diff.rstrip() for target in plan.targets if target.diff)


def _step(step: NextStep, plan: Plan | None, outcome: Outcome | None) -> NextStep:
    from vgxness.status import NextStep

    if plan and plan.changes and outcome is None:
        names = " ".join(f"--provider {name}" for name in sorted({c.party.provider for c in plan.changes}))
        return NextStep(summary="Write the plan above.", command=f"vgxness setup apply {names} --yes")
    return step
