"""The user's own settings: `config.toml` in the config directory."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, cast

from vgxness.contract.json_value import JsonObject, as_json
from vgxness.errors import VgxnessError
from vgxness.kernel.paths import make_private

if TYPE_CHECKING:
    from tomlkit import TOMLDocument


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """What config.toml says.

    Attributes:
        disabled_plugins: names that are not loaded.
        plugin_settings: the tables `[plugin.NAME]`, by name.
    """

    disabled_plugins: frozenset[str] = frozenset()
    plugin_settings: Mapping[str, JsonObject] = field(default_factory=dict[str, JsonObject])


def read_config(directory: Path) -> Config:
    """Return the settings; an absent file means the defaults.

    Raises:
        VgxnessError: `config_unreadable` with the line, where the file is not TOML of the known shape.
    """
    try:
        text = _file(directory).read_text(encoding="utf-8")
    except FileNotFoundError:
        return Config()
    except (OSError, UnicodeDecodeError) as error:
        raise _unreadable(directory, type(error).__name__) from error
    import tomllib

    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _unreadable(directory, str(error)) from error
    return Config(
        disabled_plugins=frozenset(_disabled(document, directory)),
        plugin_settings=_settings(document, directory),
    )


def set_plugin_enabled(directory: Path, name: str, *, enabled: bool) -> bool:
    """Write one plugin's switch into config.toml, comments kept; return whether anything changed."""
    disabled = read_config(directory).disabled_plugins
    wanted = disabled - {name} if enabled else disabled | {name}
    if wanted == disabled:
        return False
    _write_disabled(directory, sorted(wanted))
    return True


def _write_disabled(directory: Path, names: list[str]) -> None:
    import os

    import tomlkit

    file = _file(directory)
    document: TOMLDocument = tomlkit.parse(file.read_text(encoding="utf-8") if file.exists() else "")
    plugins = document.setdefault("plugins", tomlkit.table())
    plugins["disabled"] = names
    try:
        make_private(directory)
        staged = file.with_suffix(f".{os.getpid()}.tmp")
        staged.write_text(tomlkit.dumps(document), encoding="utf-8")  # pyright: ignore[reportUnknownMemberType] -- tomlkit leaves its mapping's parameters open
        staged.replace(file.resolve())
    except OSError as error:
        raise VgxnessError(
            "write_failed", f"{file} could not be written.", cause=error.strerror or type(error).__name__
        ) from error


def _disabled(document: dict[str, object], directory: Path) -> Iterable[str]:
    plugins = document.get("plugins", {})
    names = cast("dict[str, object]", plugins).get("disabled", []) if isinstance(plugins, dict) else None
    if not isinstance(names, list) or not all(isinstance(name, str) for name in cast("list[object]", names)):
        raise _unreadable(directory, "plugins.disabled must be a list of names")
    return cast("list[str]", names)


def _settings(document: dict[str, object], directory: Path) -> dict[str, JsonObject]:
    tables = document.get("plugin", {})
    if not isinstance(tables, dict) or not all(
        isinstance(table, dict) for table in cast("dict[str, object]", tables).values()
    ):
        raise _unreadable(directory, "plugin must hold one table a plugin, such as [plugin.opencode]")
    # TOML's dates have no JSON form of their own; as_json writes them as text.
    return {
        name: cast("JsonObject", as_json(table)) for name, table in cast("dict[str, object]", tables).items()
    }


def _file(directory: Path) -> Path:
    return directory / "config.toml"


def _unreadable(directory: Path, cause: str) -> VgxnessError:
    return VgxnessError(
        "config_unreadable",
        f"{_file(directory)} can't be read.",
        cause=cause,
        hint="Mend the file, or move it away: vgxness then uses its defaults.",
    )
