"""What project identity offers: the `project` commands, two tools and a check."""

from __future__ import annotations

from vgxness.plugin import Check, Command, Tool, hookimpl


@hookimpl
def vgxness_commands() -> tuple[Command, ...]:
    """Declare `project`."""
    return (
        Command(
            name="project",
            summary="Show, rename and merge projects.",
            section="Projects",
            target="vgxness.cli.projects:project",
        ),
    )


@hookimpl
def vgxness_mcp_tools() -> tuple[Tool, ...]:
    """Declare the tools that look at projects; renaming and merging are a person's."""
    return (
        Tool(
            name="vgxness_project_show",
            description=(
                "Which project the workspace belongs to and how it is known. Use it when memories of another "
                "project appear, or expected ones are missing after a move or clone."
            ),
            input_schema={
                "type": "object",
                "properties": {
                    "project": {
                        "type": "string",
                        "minLength": 1,
                        "maxLength": 200,
                        "description": "An id or exact name; the workspace's project when left out.",
                    }
                },
                "additionalProperties": False,
            },
            target="vgxness.mcp.projects:show",
            read_only=True,
            idempotent=True,
        ),
        Tool(
            name="vgxness_project_list",
            description="The projects that have memories here, newest first. Use it to find a project's id.",
            input_schema={
                "type": "object",
                "properties": {
                    "limit": {
                        "type": "integer",
                        "minimum": 1,
                        "maximum": 100,
                        "description": "The most projects to return; 20 when left out.",
                    }
                },
                "additionalProperties": False,
            },
            target="vgxness.mcp.projects:list_projects",
            read_only=True,
            idempotent=True,
        ),
    )


@hookimpl
def vgxness_doctor_checks() -> tuple[Check, ...]:
    """Declare the check of the workspace's identity."""
    return (
        Check(
            id="project.identity",
            summary="Which project is this workspace, and what says so?",
            target="vgxness.projects.checks:identity",
        ),
    )
