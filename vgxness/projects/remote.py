"""A git remote's address in one spelling, so that ssh and https clones of one repository agree."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Final

_MOST_CHARACTERS: Final = 2048
_DEFAULT_PORTS: Final = {
    "ssh": "22",
    "git+ssh": "22",
    "ssh+git": "22",
    "https": "443",
    "http": "80",
    "git": "9418",
}
_HELPER: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9+.-]*::")
_DRIVE: Final = re.compile(r"[A-Za-z]:[\\/]")
_SCP: Final = re.compile(r"(?P<authority>(?:[^/:]*(?::[^/@]*)?@)?(?:\[[^\]/]+\]|[^/:\[\]]+)):(?P<path>.*)")
_AUTHORITY: Final = re.compile(r"(?P<host>\[[0-9A-Fa-f:.%]+\]|[^:\[\]]+)(?::(?P<port>[0-9]*))?")


def normalise(url: str, base: Path) -> str | None:
    """Return `host/owner/name` of a remote's URL, or `file:/path` of a local one.

    Scheme, user, password, query, default port, a final `.git` and the case of the host are dropped;
    the case of the path is kept. `base` is what a relative local path is relative to. None for what
    names no place: empty, longer than 2,048 characters, unprintable, or a remote helper (`ext::…`).
    """
    url = url.strip()
    if not url or len(url) > _MOST_CHARACTERS or not url.isprintable() or _HELPER.match(url):
        return None
    scheme, found, rest = url.partition("://")
    if found:
        return _from_url(scheme.lower(), rest)
    if not _DRIVE.match(url) and (scp := _SCP.fullmatch(url)):
        return _place(scp["authority"], scp["path"], "22")
    return _local(base / url)


def last_segment(remote: str) -> str:
    """Return the repository's own name from a normalised remote."""
    return re.split(r"[/\\]", remote)[-1]


def _from_url(scheme: str, rest: str) -> str | None:
    if scheme == "file":
        return _local(Path(rest)) if rest.startswith("/") else None
    # A query or fragment may carry a token.
    rest = re.split(r"[?#]", rest, maxsplit=1)[0]
    authority, _, path = rest.partition("/")
    return _place(authority, path, _DEFAULT_PORTS.get(scheme, ""))


def _place(authority: str, path: str, default_port: str) -> str | None:
    parts = _AUTHORITY.fullmatch(authority.rpartition("@")[2])
    path = re.sub(r"/{2,}", "/", path).strip("/").removesuffix(".git").rstrip("/")
    if parts is None or not path:
        return None
    host = parts["host"].lower().rstrip(".")
    port = parts["port"] or default_port
    return f"{host}/{path}" if port == default_port else f"{host}:{port}/{path}"


def _local(path: Path) -> str | None:
    real = Path(os.path.realpath(path))
    if real.name == ".git":
        real = real.parent
    return f"file:{real.as_posix().removesuffix('.git')}"
