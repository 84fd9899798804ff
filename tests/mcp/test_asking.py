"""A stranger's server is asked in bounded time and memory, and nothing of it stays."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

import pytest

from tests.tokens.paper import script
from vgxness.mcp.asking import Unheard, ask


def heard(command: list[str], directory: Path, seconds: float = 30):
    return ask(command, environment=os.environ, directory=directory, seconds=seconds)


def test_a_server_tells_its_tools_and_instructions(tmp_path: Path) -> None:
    found = heard(script(tmp_path, "good", "serve([TOOL, {**TOOL, 'name': 'b'}], 'Be kind.')"), tmp_path)
    assert [tool["name"] for tool in found.tools] == ["echo", "b"]
    assert found.instructions == "Be kind."
    assert found.seconds > 0


def test_all_pages_of_a_list_are_read(tmp_path: Path) -> None:
    body = """
        def page(params):
            number = int(params.get("cursor", "0"))
            return {"tools": [TOOL], **({"nextCursor": str(number + 1)} if number < 4 else {})}

        serve([], page=page)
    """
    assert len(heard(script(tmp_path, "pages", body), tmp_path).tools) == 5


def test_noise_and_requests_of_the_server_are_passed_over(tmp_path: Path) -> None:
    body = """
        def noise():
            print("Starting up ...")
            print("[1, 2")
            print("[" * 100_000)
            say({"jsonrpc": "2.0", "id": 1, "method": "roots/list"})
            say({"jsonrpc": "2.0", "id": "x" * 1_000_000, "method": "sampling/createMessage"})
            for number in range(5_000):
                say({"jsonrpc": "2.0", "id": number, "method": "ping"})
            say({"jsonrpc": "2.0", "method": "notifications/message", "params": {}})

        serve([TOOL], before=noise)
    """
    assert len(heard(script(tmp_path, "noisy", body), tmp_path).tools) == 1


BAD = {
    "ends-at-once": ("sys.exit(3)", "ended"),
    "silent": ("time.sleep(600)", "in time"),
    "reads-and-says-nothing": ("for line in sys.stdin: pass", "in time"),
    "closes-its-output": ("os.close(1); time.sleep(600)", "ended, or said too much"),
    "refuses": (
        "say({'id': json.loads(input())['id'], 'error': {'code': -1, 'message': 'hunter2'}})",
        "with an error",
    ),
    "one-endless-line": ("while True: sys.stdout.write('x' * 65536)", "said too much"),
    "endless-lines": (
        "while True: say({'jsonrpc': '2.0', 'method': 'x', 'params': {'a': 'b' * 9000}})",
        "too much",
    ),
    "endless-pages": ("serve([], page=lambda _: {'tools': [TOOL], 'nextCursor': 'again'})", "no end"),
    "no-list": ("serve([], page=lambda _: {'tools': 'none'})", "not a list"),
    "no-tools-in-it": ("serve([], page=lambda _: {'tools': [1, 2]})", "no tool"),
    "too-many-tools": ("serve([TOOL] * 5_000)", "2,000"),
}


@pytest.mark.parametrize(("body", "said"), BAD.values(), ids=list(BAD))
def test_a_bad_server_is_ended_with_the_reason(tmp_path: Path, body: str, said: str) -> None:
    with pytest.raises(Unheard, match=said) as outcome:
        heard(script(tmp_path, "bad", body), tmp_path, seconds=1 if said == "in time" else 60)
    assert "hunter2" not in str(outcome.value)


@pytest.mark.parametrize(
    "command",
    [
        ["/nonexistent/server"],
        ["no-such-program-anywhere"],
        ["/etc/hostname"],
        ["a\0b"],
        [sys.executable, "\0"],
    ],
    ids=["gone", "not-on-path", "not-executable", "nul", "nul-argument"],
)
def test_what_can_not_be_started_is_told(tmp_path: Path, command: list[str]) -> None:
    with pytest.raises(Unheard, match="could not be started"):
        heard(command, tmp_path)


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"


@pytest.mark.parametrize("body", ["serve([TOOL])", "time.sleep(600)"], ids=["answers", "hangs"])
@pytest.mark.skipif(sys.platform != "linux", reason="reads the state of processes below /proc")
def test_neither_a_server_nor_its_children_outlive_the_question(tmp_path: Path, body: str) -> None:
    pids = tmp_path / "pids"
    child = f"""
        import signal, subprocess
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        sleeper = [sys.executable, "-c", "import signal, time; signal.signal(15, 1); time.sleep(600)"]
        child = subprocess.Popen(sleeper, stdout=sys.stdout)
        open({str(pids)!r}, "w").write(f"{{os.getpid()}} {{child.pid}}")
        {body}
        time.sleep(600)
    """
    try:
        heard(script(tmp_path, "parent", child), tmp_path, seconds=60 if "serve" in body else 8)
    except Unheard:
        assert body != "serve([TOOL])"
    parent, kid = map(int, pids.read_text().split())
    assert not is_alive(parent)
    for _ in range(200):  # a killed child of a dead parent is gone once its new parent has looked
        if not is_alive(kid):
            break
        os.sched_yield()
    else:
        os.kill(kid, signal.SIGKILL)
        pytest.fail("a child outlived the question")
