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
    answer = _ask(overview, plan) if plan and plan.changes and _can_ask() else None
    outcome = app.setup.apply(names, digest=plan.digest) if plan and answer else None
    step = _step(app.status.overview().next if outcome else overview.next, plan, outcome)
    lines = _outcome_lines(plan, outcome, shown=answer is not None)
    opening = [] if answer is not None else _opening(overview, plan)
    return Answer(
        data={**_plan_data(plan), "written": outcome is not None, "next": as_json(step)},
        text=lambda: "\n".join([*opening, *lines, "", *_step_lines(step)]),
    )


def _ask(overview: Overview, plan: Plan) -> bool:
    click.echo("\n".join([*_opening(overview, plan), "", _plan_text(plan), ""]))
    return click.confirm("Write this? A backup is kept, and it can be taken back", default=False)


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


def _opening(overview: Overview, plan: Plan | None) -> list[str]:
    database = overview.database
    state = "is made at the first save" if database.state == "absent" else f"is {database.state}"
    lines = [
        f"{mark('ok')} vgxness {overview.version} is installed.",
        f"{mark('ok')} The database {state}: {database.location}",
    ]
    if plan is None:
        lines.append(f"{mark('info')} No agent client was found that an installed plugin knows.")
    else:
        found = [f"{line.title} {line.version}".rstrip() for line in overview.providers if line.found]
        lines.append(f"{mark('ok')} Found: {', '.join(dict.fromkeys(found))}.")
    return lines


def _outcome_lines(plan: Plan | None, outcome: Outcome | None, *, shown: bool) -> list[str]:
    if plan is None:
        return []
    lines = [f"{mark('warning')} {one.path}: {one.reason}" for one in plan.held_back]
    if outcome:
        lines.append(
            f"{mark('ok')} Written, with a backup. `vgxness setup rollback` puts it back, byte for byte."
        )
    elif shown:
        lines.append(f"{mark('info')} Nothing was written.")
    elif plan.changes:
        lines += [f"{mark('info')} This would be written, and was not:", "", _plan_text(plan)]
    elif not plan.held_back:
        lines.append(f"{mark('ok')} Every client that was found is set up.")
    return lines


def _step_lines(step: NextStep) -> list[str]:
    return [f"next: {step.summary}", *([f"      {step.command}"] if step.command else [])]


def _plan_text(plan: Plan) -> str:
    return "\n".join(target.diff.rstrip() for target in plan.targets if target.diff)


def _step(step: NextStep, plan: Plan | None, outcome: Outcome | None) -> NextStep:
    from vgxness.status import NextStep

    if plan and plan.changes and outcome is None:
        names = " ".join(f"--provider {name}" for name in sorted({c.party.provider for c in plan.changes}))
        return NextStep(
            summary="Write the plan above.",
            command=f"vgxness setup apply {names} --plan-digest {plan.digest} --yes",
        )
    return step
