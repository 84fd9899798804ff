"""A home with a file of every format, and two providers that share most of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from tests.setup.fakes import Editor, Wished, service
from vgxness.contract.json_value import JsonValue
from vgxness.contract.provider import (
    Edit,
    EnsureItem,
    ManagedBlock,
    OwnedTree,
    SetKey,
    TargetFormat,
    WholeFile,
)
from vgxness.setup import SetupService

NAMES = ("first", "second")

STARTS: dict[str, str] = {
    "settings.json": '{\n  "own": 1,\n  "permissions": {"allow": ["Read"]}\n}\n',
    "notes.jsonc": '{\n\t// mine\n\t"own": [1, 2,],\n}\n',
    "config.toml": '# mine\nown = 1\n\n[mcp_servers.docs]\ncommand = "docs"\n',
    "config.yaml": "own: 1 # mine\nread:\n  - a.md\n",
    "AGENTS.md": "# Mine\n\nBe brief.\n",
    "agent.md": "---\nname: mine # own\n---\n\nBody.\n",
    "client.json": '{"theme":"dark", "n": 12345678901234567890}\n',
    "dotfiles/kept.json": '{"mine": 1}\n',
}
FORMATS: dict[str, TargetFormat] = {
    "settings.json": "json",
    "notes.jsonc": "jsonc",
    "config.toml": "toml",
    "config.yaml": "yaml",
    "AGENTS.md": "markdown",
    "agent.md": "frontmatter",
    "client.json": "json",
    "linked.json": "jsonc",
    "made/deep/new.json": "json",
    "hook.sh": "bytes",
    "skills/memory/SKILL.md": "bytes",
}
KEYS = {
    "settings.json": ("mcpServers", "vgxness"),
    "notes.jsonc": ("mcp", "vgxness"),
    "config.toml": ("mcp_servers", "vgxness"),
    "config.yaml": ("extensions", "vgxness"),
    "agent.md": ("vgxness",),
    "client.json": ("mcpServers", "vgxness"),
    "linked.json": ("mcp", "vgxness"),
    "made/deep/new.json": ("mcp", "vgxness"),
}
LISTS = {"settings.json": ("permissions", "allow"), "config.yaml": ("read",), "config.toml": ("fallbacks",)}
SHARED = (
    "settings.json",
    "config.toml",
    "config.yaml",
    "AGENTS.md",
    "agent.md",
    "client.json",
    "linked.json",
)


def furnish(home: Path) -> None:
    """Put the user's own files into a home."""
    for name, text in STARTS.items():
        path = home / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
        path.chmod(0o640)
    (home / "linked.json").symlink_to("dotfiles/kept.json")


def setup_of(home: Path, *, version: int = 0) -> SetupService:
    """Both providers, each wanting what its version wants."""
    return service(home, *(Editor(name=name, wished=_wished(name, version)) for name in NAMES))


def command(version: int) -> str:
    """The word in every value of ours that a version changes."""
    return f"/opt/v{version}/vgxness"


def _wished(name: str, version: int) -> tuple[Wished, ...]:
    is_first = name == NAMES[0]
    files = [path for path in FORMATS if path in SHARED or (is_first and "skills" not in path)]
    wished = [
        Wished(
            path=path,
            format=FORMATS[path],
            edits=_edits(path, name, version),
            is_clients=path == "client.json",
        )
        for path in files
    ]
    skills = {"memory/SKILL.md": _text(version).encode(), f"{name}/more.md": b"More.\n"}
    return (*wished, Wished(path="skills", format="tree", edits=(OwnedTree(files=skills),)))


def _edits(path: str, name: str, version: int) -> tuple[Edit, ...]:
    found: list[Edit] = []
    if path in KEYS:
        value: JsonValue = {"command": command(version), "args": ["mcp", "serve"], "on": True}
        found.append(SetKey(path=KEYS[path], value=value))
        if name == NAMES[1]:
            found.append(SetKey(path=(*KEYS[path][:-1], "second"), value=True))
    if path in LISTS:
        found.append(EnsureItem(path=LISTS[path], name=name, value=f"of-{name}"))
    if FORMATS[path] in ("markdown", "frontmatter"):
        found.append(ManagedBlock(text=_text(version)))
    if FORMATS[path] == "bytes":
        found.append(WholeFile(content=_text(version).encode()))
    return tuple(found)


def _text(version: int) -> str:
    return f"Remember.\n\nStart {command(version)}.\n\nAnd search.\n"


def newline_of(text: str) -> str:
    """The line end of a text."""
    return next(iter(re.findall(r"\r\n|\r|\n", text)), "\n")


def is_headed(body: str) -> bool:
    """Whether a text opens a head between fences."""
    return bool(re.match(r"---[ \t]*(\r?\n|$)", body))


@dataclass(frozen=True)
class Note:
    """A word that a user writes into a file of theirs.

    Attributes:
        at_end: below everything in it, else above; a strict JSON file has room for it as a key only.
    """

    word: str
    at_end: bool = False

    def written(self, format: TargetFormat, text: str) -> str:
        """The text with the word in it."""
        newline = newline_of(text)
        mark = "\ufeff" if text.startswith("\ufeff") else ""
        body = text.removeprefix(mark)
        if format == "json":
            head, _, tail = (body or "{}").partition("{")
            comma = "" if tail.lstrip().startswith("}") else ","
            return f'{mark}{head}{{"{self.word}": 1{comma}{tail}'
        if not self.at_end and (format == "frontmatter" or (format == "markdown" and is_headed(body))):
            # A head that we made is the user's too once a word of theirs is in it.
            with_head = body if is_headed(body) else f"---{newline}---{newline}{body}"
            fence, end, rest = with_head.partition(newline)
            return f"{mark}{fence}{end}# {self.word}{newline}{rest}"
        comment = {"jsonc": "// ", "toml": "# ", "yaml": "# "}.get(format, "")
        line = f"{comment}{self.word}{newline}"
        if not self.at_end:
            return f"{mark}{line}{body}"
        return text + ("" if text.endswith(("\n", "\r")) or not body else newline) + line
