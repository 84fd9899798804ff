"""A file for a bug report: what a maintainer needs, without secrets, names of people or contents of files."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final, cast

from vgxness.contract.json_value import JsonObject, JsonValue, as_json
from vgxness.doctor.models import Diagnosis
from vgxness.errors import VgxnessError
from vgxness.redaction import redact_json, redact_secrets

_LOG_BYTES: Final = 4 * 1024 * 1024
_LOG_LINES: Final = 200
_STAMP: Final = re.compile(r"[0-9TZ:.+-]*")
_COMMON_NAMES: Final = frozenset({"root", "user", "admin", "home", "users", "vgxness"})


def make_bundle(sections: Mapping[str, JsonValue], *, homes: Sequence[str], user: str) -> JsonObject:
    """Return the sections without secrets, with `~` for the home and `USER` for the user's name.

    Args:
        sections: by name; their keys are ours, what they say may be anybody's.
        homes: the user's home directory in every spelling it has.
        user: the user's name; a name that is an ordinary word, such as root, stays.
    """
    mask = _mask(homes, user)
    return {name: _masked(redact_json(_joined(value)), mask) for name, value in sections.items()}


def checks_section(diagnoses: Sequence[Diagnosis]) -> JsonValue:
    """Return findings without the lines they quote from the user's files."""
    fields = [cast("JsonObject", as_json(one)) for one in diagnoses]
    return [
        {**{key: it for key, it in one.items() if key != "quotes"}, "quotes": _count(one)} for one in fields
    ]


def log_section(file: Path) -> JsonValue:
    """Return the log's last 200 lines; [] where there is none."""
    text = ""
    with suppress(OSError):
        if file.stat().st_size <= _LOG_BYTES:  # it is rotated long before
            text = file.read_text("utf-8", "replace")
    # The whole text is redacted before it is cut: half of a key is no key any more, and secret all the same.
    return [_redacted_entry(line) for line in redact_secrets(text).splitlines()[-_LOG_LINES:]]


def write_bundle(path: Path, document: JsonObject) -> None:
    """Write a bundle into a new file that only its user can read.

    Raises:
        VgxnessError: `usage` where something of this name exists, `write_failed`.
    """
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)
    content = json.dumps(document, ensure_ascii=True, indent=1).encode() + b"\n"
    try:
        descriptor = os.open(path, flags, 0o600)
    except FileExistsError as error:
        raise VgxnessError("usage", f"{path} exists.", hint="Name a file that does not exist.") from error
    except OSError as error:
        raise _unwritten(path, error) from error
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
    except OSError as error:
        path.unlink(missing_ok=True)
        raise _unwritten(path, error) from error


def _redacted_entry(line: str) -> str:
    """Return a line of the log as it would be redacted without its time, which hides where a line begins."""
    stamp, gap, said = line.partition(" ")
    return f"{stamp}{gap}{redact_secrets(said)}" if _STAMP.fullmatch(stamp) else line


def _unwritten(path: Path, error: OSError) -> VgxnessError:
    return VgxnessError(
        "write_failed",
        f"{path} could not be written.",
        cause=error.strerror or type(error).__name__,
        hint="Name a file in a directory that exists and that you may write.",
    )


def _count(one: JsonObject) -> str:
    quotes = one.get("quotes")
    return f"{len(quotes) if isinstance(quotes, Sequence) else 0} lines left out"


def _joined(value: JsonValue) -> JsonValue:
    """Return the value with secrets out that run over several texts of one list, as a key in a log does."""
    if isinstance(value, Mapping):
        return {key: _joined(item) for key, item in value.items()}
    if isinstance(value, str) or not isinstance(value, Sequence):
        return value
    if value and all(isinstance(item, str) for item in value):
        return cast("JsonValue", redact_secrets("\n".join(cast("Sequence[str]", value))).split("\n"))
    return [_joined(item) for item in value]


def _masked(value: JsonValue, mask: Callable[[str], str]) -> JsonValue:
    if isinstance(value, str):
        return mask(value)
    if isinstance(value, Mapping):
        return {mask(key): _masked(item, mask) for key, item in value.items()}
    return [_masked(item, mask) for item in value] if isinstance(value, Sequence) else value


def _mask(homes: Sequence[str], user: str) -> Callable[[str], str]:
    # The longest first: one spelling may be the beginning of another.
    places = [re.escape(home) for home in sorted({*homes}, key=len, reverse=True) if len(home) > 1]
    home = re.compile(f"(?:{'|'.join(places)})(?![\\w.-])") if places else None
    is_telling = len(user) > 2 and user.lower() not in _COMMON_NAMES
    name = re.compile(rf"(?<![^\W_]){re.escape(user)}(?![^\W_])", re.IGNORECASE) if is_telling else None

    def mask(text: str) -> str:
        text = home.sub("~", text) if home else text
        return name.sub("USER", text) if name else text

    return mask
