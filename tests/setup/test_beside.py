"""Keys written beside a program that rewrites the same file: ours arrive, and none of its own are lost."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.setup.fakes import Notepad, service, tree
from vgxness.contract.provider import ClientWriter, ConfigTarget, SetKey, SetupRequest
from vgxness.errors import VgxnessError
from vgxness.setup.beside import Beside
from vgxness.setup.models import KeyPatch

OURS = KeyPatch(path=("mcpServers", "vgxness"), before=(), after=({"command": "vgxness"},))

# What Claude Code was seen to do: lock, read, write a new file, rename it, unlock; everything reformatted.
CLIENT = """\
import json, os, sys, time
path, stop = sys.argv[1:]
print("ready", flush=True)
count = 0
while not os.path.exists(stop):
    try:
        os.mkdir(path + ".lock")
    except FileExistsError:
        time.sleep(0.001)
        continue
    document = json.load(open(path))
    count += 1
    document["numStartups"] = document.get("numStartups", 0) + 1
    with open(path + ".tmp", "w") as stream:
        json.dump(document, stream, indent=2)
    os.rename(path + ".tmp", path)
    os.rmdir(path + ".lock")
print(count, flush=True)
"""


@dataclass
class Client:
    """The program's own writes, each at the moment that a test chooses."""

    path: Path

    @property
    def lock(self) -> Path:
        return self.path.with_name(f"{self.path.name}.lock")

    def writer(self, *, is_running: bool = False) -> ClientWriter:
        return ClientWriter(lock=self.lock, is_running=is_running)

    def write(self, **keys: object) -> None:
        document = {**self.document, **keys}
        staged = self.path.with_name("of-the-client")
        staged.write_text(json.dumps(document, indent=2))
        staged.replace(self.path)

    @property
    def document(self) -> dict[str, Any]:
        return json.loads(self.path.read_text())


@pytest.fixture
def client(tmp_path: Path) -> Client:
    path = tmp_path / "client.json"
    path.write_text('{"theme":"dark", "n": 12345678901234567890}\n')
    return Client(path)


def put(
    client: Client,
    *,
    pause: Callable[[float], None] = lambda seconds: None,
    is_running: bool = False,
    back: bool = False,
) -> None:
    Beside(
        path=client.path,
        staged=client.path.with_name(".staged"),
        format="json",
        patches=(OURS,),
        client=client.writer(is_running=is_running),
        goal="{}",
        back=back,
        pause=pause,
    ).write()


def test_one_key_is_spliced_and_every_other_byte_stays(client: Client) -> None:
    put(client)
    assert client.path.read_text() == (
        '{"theme":"dark", "n": 12345678901234567890,"mcpServers":{"vgxness":{"command":"vgxness"}}}\n'
    )
    put(client, back=True)
    assert client.path.read_text() == '{"theme":"dark", "n": 12345678901234567890}\n'
    assert sorted(path.name for path in client.path.parent.iterdir()) == ["client.json"]


def test_while_the_client_holds_its_lock_we_wait_and_then_take_what_it_wrote(client: Client) -> None:
    client.lock.mkdir()
    waited: list[float] = []

    def pause(seconds: float) -> None:
        waited.append(seconds)
        if len(waited) == 3:
            client.write(session="new")
            client.lock.rmdir()

    put(client, pause=pause)
    assert waited[:3] == [0.02, 0.02, 0.02]
    assert client.document["session"] == "new"
    assert client.document["mcpServers"] == {"vgxness": {"command": "vgxness"}}


def test_a_lock_that_is_never_given_back_is_told_and_nothing_is_written(client: Client) -> None:
    client.lock.mkdir()
    before = client.path.read_bytes()
    waited: list[float] = []
    with pytest.raises(VgxnessError) as caught:
        put(client, pause=waited.append)
    assert caught.value.code == "setup_busy"
    assert sum(waited) == pytest.approx(15)
    assert client.path.read_bytes() == before
    assert client.lock.is_dir()


def test_a_lock_of_a_dead_client_is_taken_over(client: Client) -> None:
    client.lock.mkdir()
    os.utime(client.lock, (time.time() - 11, time.time() - 11))
    put(client)
    assert "mcpServers" in client.document
    assert not client.lock.exists()


def test_a_key_that_the_client_overwrites_from_memory_is_written_again(client: Client) -> None:
    stale = dict(client.document)
    seen: list[float] = []

    def pause(seconds: float) -> None:
        seen.append(seconds)
        if len(seen) == 2:  # between the second look and the third, once
            client.path.write_text(json.dumps({**stale, "mine": 1}))

    put(client, pause=pause, is_running=True)
    assert client.document == {**stale, "mine": 1, "mcpServers": {"vgxness": {"command": "vgxness"}}}
    assert len(seen) == 5


def test_a_client_that_never_lets_it_stay_is_named(client: Client) -> None:
    stale = client.path.read_text()

    def overwrite(seconds: float) -> None:
        client.path.write_text(stale)

    with pytest.raises(VgxnessError) as caught:
        put(client, pause=overwrite, is_running=True)
    assert caught.value.code == "plan_stale"
    assert client.path.read_text() == stale


def test_a_key_with_another_value_than_planned_for_is_left_alone(client: Client) -> None:
    client.write(mcpServers={"vgxness": {"command": "another"}})
    before = client.path.read_bytes()
    for back in (False, True):
        with pytest.raises(VgxnessError) as caught:
            put(client, back=back)
        assert caught.value.code == "plan_stale"
    assert client.path.read_bytes() == before


def test_a_file_half_written_by_the_client_is_left_alone(client: Client) -> None:
    client.path.write_text('{"theme": ')
    with pytest.raises(VgxnessError) as caught:
        put(client)
    assert caught.value.code == "config_unparsable"
    assert client.path.read_text() == '{"theme": '


@pytest.fixture
def busy_client(client: Client) -> Iterator[Callable[[], int]]:
    """A process that writes without a pause; calling it ends that and returns how often it wrote."""
    stop = client.path.with_name("stop")
    with subprocess.Popen(
        [sys.executable, "-c", CLIENT, str(client.path), str(stop)], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        assert process.stdout.readline() == "ready\n"

        def end() -> int:
            stop.touch()
            said, _ = process.communicate(timeout=60)
            return int(said)

        yield end
        stop.touch()


def test_beside_a_client_that_writes_all_the_time_nothing_of_either_is_lost(
    client: Client, busy_client: Callable[[], int]
) -> None:
    for _ in range(20):
        put(client, pause=time.sleep)
        assert "vgxness" in client.document["mcpServers"]
        put(client, pause=time.sleep, back=True)
        assert "mcpServers" not in client.document
    assert client.document["numStartups"] <= busy_client()
    assert client.document["theme"] == "dark"


@dataclass
class Rewriter(Notepad):
    """A provider whose client rewrites its file."""

    def targets(self, request: SetupRequest) -> tuple[ConfigTarget, ...]:
        path = request.home / "client.json"
        return (
            ConfigTarget(
                id="config",
                path=path,
                root=request.home,
                format="json",
                edits=(SetKey(path=OURS.path, value={"command": request.server.command[0]}),),
                writer="client",
                client=Client(path).writer(),
            ),
        )


def test_the_way_back_is_our_key_as_before_and_every_other_byte_as_it_stands(home: Path) -> None:
    client = Client(home / "client.json")
    client.path.write_text('{"a":1}')
    setup = service(home, Rewriter())
    setup.apply()
    client.write(b=2)
    (row,) = setup.status()
    assert row.targets[0].drift == "in-sync"
    setup.rollback()
    assert client.path.read_text() == '{\n  "a": 1,\n  "b": 2\n}'


@pytest.mark.parametrize("verb", ["rollback", "uninstall"])
@pytest.mark.parametrize("start", [None, "{}", '{"mcpServers": {}, "z": 1.50}'])
def test_where_the_client_wrote_nothing_the_bytes_come_back(home: Path, start: str | None, verb: str) -> None:
    if start is not None:
        (home / "client.json").write_text(start)
    before = tree(home)
    setup = service(home, Rewriter())
    setup.apply()
    assert setup.apply().receipt is None
    getattr(setup, verb)()
    assert tree(home) == before


def test_a_running_client_is_a_notice_and_no_obstacle(home: Path) -> None:
    @dataclass
    class Running(Rewriter):
        def targets(self, request: SetupRequest) -> tuple[ConfigTarget, ...]:
            (target,) = super().targets(request)
            return (ConfigTarget(**{**vars_of(target), "client": ClientWriter(is_running=True)}),)

    plan = service(home, Running()).plan()
    assert plan.notices == ("notepad is running: what it shows changes with its next session.",)
    assert plan.targets[0].action == "create"


def vars_of(target: ConfigTarget) -> dict[str, object]:
    return {name: getattr(target, name) for name in ConfigTarget.__dataclass_fields__}
