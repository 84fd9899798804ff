"""Adapters with one fault each, and the promises that it breaks."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

from tests.testing.specimens.nosy import Nosy
from tests.testing.specimens.pelican import Pelican
from vgxness.plugin import (
    ConfigTarget,
    Context,
    Detection,
    JsonObject,
    LiveVerdict,
    ServerCommand,
    SetKey,
    SetupRequest,
)

SERVER_TESTS = {
    "test_the_server_reaches_the_client_whole[posix-paths]",
    "test_the_server_reaches_the_client_whole[windows-paths]",
}
BROKEN: dict[type[Pelican], set[str]] = {}
"""By adapter, the tests that must fail; every other one must pass."""


def breaks(*tests: str):
    def note(kind: type[Pelican]) -> type[Pelican]:
        BROKEN[kind] = set(tests)
        return kind

    return note


BROKEN[Nosy] = {"test_it_imports_the_door_and_nothing_else_of_vgxness"}


@breaks("test_the_adapter_has_all_the_parts_of_one")
class Shouting(Pelican):
    name = "Pelican_X"


@breaks("test_the_adapter_has_all_the_parts_of_one")
class Nameless(Pelican):
    title = " "


@breaks("test_the_adapter_has_all_the_parts_of_one")
class Twice(Pelican):
    config_scopes = ("user", "user")


@breaks("test_detection_writes_nothing")
class CachesItsDetection(Pelican):
    def detect(self, context: Context) -> Detection:
        found = super().detect(context)
        if found.found:
            (context.paths.home / ".pelican-cache").write_text("found")
        return found


@breaks("test_detection_writes_nothing")
class NeverTheSame(Pelican):
    asked = 0

    def detect(self, context: Context) -> Detection:
        found = super().detect(context)
        self.asked += 1
        return replace(found, evidence=(f"asked {self.asked} times",)) if found.found else found


@breaks("test_detection_looks_at_the_context_and_not_at_the_real_environment")
class LooksAtTheProcess(Pelican):
    def detect(self, context: Context) -> Detection:
        found = super().detect(context)
        return replace(found, evidence=(f"PATH is {os.environ['PATH']}",))


@breaks("test_detection_looks_at_the_context_and_not_at_the_real_environment")
class LivesInTheRealHome(Pelican):
    def targets(self, request: SetupRequest) -> tuple[ConfigTarget, ...]:
        settings, strict = super().targets(request)
        if os.environ["HOME"].startswith(str(request.home.parent.parent)):
            home = Path.home() if request.scope == "user" else request.workspace
            settings = replace(settings, path=home / "settings.jsonc", root=home)
        return (settings, strict)


@breaks("test_the_same_request_gets_the_same_targets")
class Impure(Pelican):
    def __init__(self) -> None:
        self.asked: list[SetupRequest] = []

    def targets(self, request: SetupRequest) -> tuple[ConfigTarget, ...]:
        targets = super().targets(request)
        # The same object again is a conformance suite; a real second run makes a request of its own.
        seen = any(one is request for one in self.asked)
        self.asked.append(request)
        return targets[:1] if seen else targets


@breaks("test_every_target_lies_in_the_home_or_the_workspace")
class Elsewhere(Pelican):
    def targets(self, request: SetupRequest) -> tuple[ConfigTarget, ...]:
        settings, _ = super().targets(request)
        other = request.workspace if request.scope == "user" else request.home
        return (replace(settings, path=other / "settings.jsonc", root=other),)


@breaks("test_every_target_is_well_formed")
class SameIds(Pelican):
    def targets(self, request: SetupRequest) -> tuple[ConfigTarget, ...]:
        return tuple(replace(target, id="config") for target in super().targets(request))


@breaks("test_every_target_is_well_formed")
class Sticky(Pelican):
    def targets(self, request: SetupRequest) -> tuple[ConfigTarget, ...]:
        return tuple(replace(target, mode=0o1755) for target in super().targets(request))


@breaks(*SERVER_TESTS)
class JoinsItsWords(Pelican):
    def entry(self, server: ServerCommand) -> JsonObject:
        return {"command": " ".join(server.command), "env": dict(server.environment)}


@breaks(*SERVER_TESTS)
class ForgetsTheEnvironment(Pelican):
    def entry(self, server: ServerCommand) -> JsonObject:
        return {"command": list(server.command)}


@breaks("test_without_its_client_the_live_check_is_skipped")
class Boasts(Pelican):
    def verify_live(self, context: Context, request: SetupRequest) -> LiveVerdict:
        return LiveVerdict(state="connected", summary="It surely works.")


@breaks("test_without_its_client_the_live_check_is_skipped")
class TouchesTheHome(Pelican):
    def verify_live(self, context: Context, request: SetupRequest) -> LiveVerdict:
        (request.home / "asked").touch()
        return super().verify_live(context, request)


class Vandal(Pelican):
    """Meddles with files that stand already, whenever it is asked for its targets."""

    def targets(self, request: SetupRequest) -> tuple[ConfigTarget, ...]:
        targets = super().targets(request)
        self.meddle(targets[0].path)
        return targets

    def meddle(self, path: Path) -> None:
        raise NotImplementedError

    def change(self, path: Path, old: bytes, new: bytes) -> None:
        if path.is_file() and old in path.read_bytes():
            path.write_bytes(path.read_bytes().replace(old, new))


@breaks("test_a_rollback_puts_every_byte_back[comments]")
class HatesComments(Vandal):
    def meddle(self, path: Path) -> None:
        self.change(path, b"// a comment of the user\n", b"")


@breaks("test_a_rollback_puts_every_byte_back[crlf]")
class HatesWindows(Vandal):
    def meddle(self, path: Path) -> None:
        self.change(path, b"\r\n", b"\n")


@breaks("test_a_rollback_puts_every_byte_back[bom]")
class HatesMarks(Vandal):
    def meddle(self, path: Path) -> None:
        self.change(path, b"\xef\xbb\xbf", b"")


@breaks("test_a_rollback_puts_every_byte_back[odd-indentation]")
class HatesTabs(Vandal):
    def meddle(self, path: Path) -> None:
        self.change(path, b"\t", b"  ")


@breaks("test_a_rollback_puts_every_byte_back[no-final-newline]")
class EndsLines(Vandal):
    def meddle(self, path: Path) -> None:
        if path.is_file() and path.read_bytes().endswith(b"}"):
            path.write_bytes(path.read_bytes() + b"\n")


@breaks("test_a_user_s_edits_beside_ours_survive_the_next_apply")
class UndoesTheUser(Vandal):
    def meddle(self, path: Path) -> None:
        self.change(path, b'"the-user-was-here": "outside"', b'"nobody": 0')


@breaks("test_a_user_s_edits_inside_ours_survive_the_next_apply")
class UndoesTheUserInside(Vandal):
    def meddle(self, path: Path) -> None:
        self.change(path, b'"the-user-was-here": "inside"', b'"nobody": 0')


@breaks(
    "test_what_the_user_has_already_stays",
    "test_planning_is_pure",
    "test_a_rollback_undoes_one_apply_at_a_time",
    "test_an_uninstall_gives_a_user_s_files_back",
    *(
        f"test_a_rollback_puts_every_byte_back[{spelling}]"
        for spelling in ("plain", "comments", "bom", "crlf", "no-final-newline", "odd-indentation")
    ),
)
class LosesAKey(Vandal):
    def meddle(self, path: Path) -> None:
        self.change(path, b'"theme": "sea",', b"")


@breaks("test_a_bad_file_blocks_and_stays_as_it_is[not-utf8]")
class Recodes(Vandal):
    def meddle(self, path: Path) -> None:
        self.change(path, b"caf\xe9\n", b"")


@breaks("test_a_bad_file_blocks_and_stays_as_it_is[unparsable]")
class Repairs(Vandal):
    def meddle(self, path: Path) -> None:
        self.change(path, b"\n]}{[ = :\n", b"")


@breaks("test_a_bad_file_blocks_and_stays_as_it_is[a-directory-in-its-place]")
class Clears(Vandal):
    def meddle(self, path: Path) -> None:
        if path.is_dir():
            path.rmdir()


@breaks("test_a_bad_file_blocks_and_stays_as_it_is[a-file-in-its-directory's-place]")
class MakesRoom(Vandal):
    def meddle(self, path: Path) -> None:
        if path.parent.is_file():
            path.parent.unlink()


@breaks(
    "test_a_bad_file_blocks_and_stays_as_it_is[dangling-symlink]",
    "test_a_bad_file_blocks_and_stays_as_it_is[link-out-of-the-root]",
)
class CutsLinks(Vandal):
    def meddle(self, path: Path) -> None:
        if path.is_symlink():
            path.unlink()


@breaks("test_a_bad_file_blocks_and_stays_as_it_is[read-only]")
class PicksLocks(Vandal):
    def meddle(self, path: Path) -> None:
        if path.is_file() and not path.stat().st_mode & 0o200:
            path.chmod(0o600)


@breaks("test_a_bad_file_blocks_and_stays_as_it_is[another-s-entry]")
class TakesOver(Vandal):
    def meddle(self, path: Path) -> None:
        if path.is_file() and b'"vgxness": {\n      "theirs"' in path.read_bytes():
            path.write_bytes(b"{}")


@breaks("test_a_moved_server_is_followed")
class Remembers(Pelican):
    server: ServerCommand | None = None

    def entry(self, server: ServerCommand) -> JsonObject:
        self.server = self.server or server
        return super().entry(self.server)


@breaks("test_applying_twice_changes_nothing_the_second_time")
class Counts(Pelican):
    def targets(self, request: SetupRequest) -> tuple[ConfigTarget, ...]:
        settings, strict = super().targets(request)
        size = settings.path.stat().st_size if settings.path.is_file() else 0
        counted = SetKey(path=("size",), value=size)
        return (replace(settings, edits=(*settings.edits, counted)), strict)


@breaks(
    "test_an_uninstall_leaves_nothing",
    "test_an_uninstall_gives_a_user_s_files_back",
    "test_a_rollback_undoes_one_apply_at_a_time",
    "test_the_same_request_gets_the_same_targets",
)
class Litters(Pelican):
    def targets(self, request: SetupRequest) -> tuple[ConfigTarget, ...]:
        if "elsewhere" in request.server.command[0]:
            (request.home / "litter").mkdir(exist_ok=True)
        return super().targets(request)
