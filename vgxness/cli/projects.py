"""`vgxness project`: who a project is, its name, and merges that can be undone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from vgxness.cli.answer import Answer
from vgxness.cli.command import group, pass_app
from vgxness.cli.table import one_line, table
from vgxness.contract.json_value import as_json
from vgxness.errors import VgxnessError

if TYPE_CHECKING:
    from vgxness.app import App
    from vgxness.projects import Mark, Merge, MergeReport, ProjectView, Sighting


@group()
def project() -> None:
    """Show, rename and merge projects."""


@project.command("show")
@click.argument("ref", required=False, metavar="[PROJECT]")
@click.option("--write-file", is_flag=True, help="Write .vgxness/project.toml, so that the identity travels.")
@click.option("--accept-file", is_flag=True, help="Believe the project file that this workspace came with.")
@click.option("--yes", is_flag=True, help="Consent to --write-file or --accept-file.")
@pass_app
def show(app: App, ref: str | None, *, write_file: bool, accept_file: bool, yes: bool) -> Answer:
    """Show a project, by id or name, or the workspace's own: marks, merges, what may be the same."""
    ref = ref or app.options.project
    if write_file:
        return _write_file(app, ref, yes=yes)
    if accept_file:
        return _accept_file(app, yes=yes)
    view = app.projects.show(ref) if ref else app.projects.look(app.workspace)
    return Answer(data=as_json(view), text=lambda: _as_text(view))


@project.command("list")
@click.option(
    "--limit", type=click.IntRange(1, 1000), default=50, show_default=True, help="The most to show."
)
@click.option("--all", "merged", is_flag=True, help="Show projects that are merged into another, too.")
@pass_app
def list_projects(app: App, *, limit: int, merged: bool) -> Answer:
    """List projects, newest first."""
    found = app.projects.list(limit=limit, merged=merged)
    rows = [(one.id, one.name, one.created_at[:10], one.merged_into or "") for one in found]
    header = ("id", "name", "created", "merged into")
    columns = 4 if merged else 3
    return Answer(
        data=as_json(found),
        text=lambda: (
            table(header[:columns], [row[:columns] for row in rows])
            if rows
            else "No projects yet; the first save in a workspace makes one."
        ),
    )


@project.command("rename")
@click.argument("ref", metavar="PROJECT")
@click.argument("name")
@pass_app
def rename(app: App, ref: str, name: str) -> Answer:
    """Give a project another name; its id and everything that belongs to it stay."""
    renamed = app.projects.rename(ref, name)
    twins = [one.project.id for one in app.projects.show(renamed.id).suggestions if one.reason == "same-name"]
    lines = [f"{renamed.id} is now called {renamed.name}."]
    if twins:
        lines.append(f"{', '.join(twins)} has this name too; say which one you mean by its id.")
    return Answer(data=as_json(renamed), text="\n".join(one_line(line) for line in lines))


@project.command("merge")
@click.argument("source")
@click.argument("into")
@click.option("--dry-run", is_flag=True, help="Say what would be seen, and write nothing.")
@pass_app
def merge(app: App, source: str, into: str, *, dry_run: bool) -> Answer:
    """Let INTO answer for SOURCE, both by id or name. Nothing is moved; `undo` takes it back exactly."""
    report = app.projects.merge(source, into, by=_account(app), dry_run=dry_run)
    return Answer(data=as_json(report), text=lambda: _merge_text(report))


@project.command("undo")
@click.argument("merge_id", metavar="MERGE")
@pass_app
def undo(app: App, merge_id: str) -> Answer:
    """Take a merge back, by the id that `merge` and `show` print."""
    undone = app.projects.undo(merge_id, by=_account(app))
    return Answer(data=as_json(undone), text=f"{undone.source} is a project of its own again.")


def _account(app: App) -> str:
    names = (app.environment(name) for name in ("USER", "LOGNAME", "USERNAME"))
    return next((name for name in names if name), "an unnamed account")


def _write_file(app: App, ref: str | None, *, yes: bool) -> Answer:
    if ref:
        raise VgxnessError(
            "usage", "--write-file names the workspace's own project.", hint="Leave the project out."
        )
    if not yes:
        raise VgxnessError(
            "consent_required",
            f"This would write {app.projects.file_place(app.workspace)}.",
            hint="vgxness project show --write-file --yes",
        )
    file = app.projects.link(app.workspace)
    verb = "now names" if file.written else "already names"
    text = f"{file.path} {verb} {file.project.name} ({file.project.id})."
    return Answer(data=as_json(file), text=one_line(text))


def _accept_file(app: App, *, yes: bool) -> Answer:
    if not yes:
        raise VgxnessError(
            "consent_required",
            "This would let the workspace read and write the memory of the project that its file names.",
            hint="vgxness project show --accept-file --yes",
        )
    project = app.projects.accept(app.workspace)
    return Answer(data=as_json(project), text=f"The workspace belongs to {project.name} ({project.id}) now.")


def _as_text(view: ProjectView) -> str:
    lines = [_title(view), *_mark_lines("Known by", view.marks)]
    if view.sighting:
        lines += _sighting_lines(view, view.sighting)
    lines += [_merge_line(one, view) for one in view.merges]
    for one in view.suggestions:
        lines.append(f"Perhaps the same: {one.project.name} ({one.project.id}), {one.reason}: {one.evidence}")
        if view.project and one.reason == "project-file":
            lines.append(f"  vgxness project merge {view.project.id} {one.project.id} --dry-run")
        elif view.project:
            lines.append(f"  vgxness project merge {one.project.id} {view.project.id} --dry-run")
        elif one.reason == "project-file":
            lines.append("  vgxness project show --accept-file --yes")
    return "\n".join(one_line(line) for line in lines)


def _title(view: ProjectView) -> str:
    if view.project is None:
        return "The workspace has no project yet; the first save makes it."
    merged = f", merged into {view.project.merged_into}" if view.project.merged_into else ""
    return f"{view.project.name} ({view.project.id}), since {view.project.created_at[:10]}{merged}"


def _mark_lines(title: str, marks: tuple[Mark, ...]) -> list[str]:
    return [f"{title}:", *(f"  {mark.kind:<14}  {mark.value}" for mark in marks)] if marks else []


def _sighting_lines(view: ProjectView, sighting: Sighting) -> list[str]:
    decided = [f"Found by {view.decided_by.kind}: {view.decided_by.value}"] if view.decided_by else []
    fresh = tuple(mark for mark in sighting.marks if mark not in view.marks and mark != view.decided_by)
    place = (
        [] if sighting.in_git else ["Not in git: without a project file, moving the directory loses the way."]
    )
    return [*decided, *_mark_lines("Seen here, not recorded for it", fresh), *place, *sighting.notes]


def _merge_line(merge: Merge, view: ProjectView) -> str:
    own = view.project.id if view.project else ""
    what = f"Merged into {merge.into}" if merge.source == own else f"{merge.source} merged into it"
    line = f"{what} on {merge.merged_at[:10]} by {merge.merged_by}"
    if merge.undone_at:
        return f"{line}, undone on {merge.undone_at[:10]} by {merge.undone_by}"
    return f"{line}; undo: vgxness project undo {merge.id}"


def _merge_text(report: MergeReport) -> str:
    names = f"{report.source.name} ({report.source.id})", f"{report.into.name} ({report.into.id})"
    tried = report.merge.id is None
    lines = [
        f"{names[1]} {'would answer' if tried else 'now answers'} for {names[0]}.",
        *_mark_lines("These marks lead to it", report.marks),
        f"{len(report.seen_as_one)} projects are seen as one: {', '.join(report.seen_as_one)}",
        "Nothing was written." if tried else f"Undo: vgxness project undo {report.merge.id}",
    ]
    return "\n".join(one_line(line) for line in lines)
