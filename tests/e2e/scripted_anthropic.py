"""A model that says what the test tells it to: Anthropic's messages, streamed, on loopback."""

from __future__ import annotations

import json
import threading
import uuid
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self, cast

from tests.e2e.scripted_model import Answer, Call, Say


@dataclass(frozen=True, slots=True)
class Request:
    """What a client sent to the model."""

    body: dict[str, Any]

    @property
    def everything(self) -> str:
        """All text that the model reads: system prompt and messages."""
        return "\n".join(_texts([self.body.get("system", ""), self.body["messages"]]))

    @property
    def results(self) -> list[str]:
        """What each tool call so far gave back, oldest first."""
        blocks = [block for message in self.body["messages"] for block in _blocks(message["content"])]
        return [
            "\n".join(_texts(block.get("content", ""))) for block in blocks if block["type"] == "tool_result"
        ]

    @property
    def tools(self) -> list[str]:
        """The names of the tools on offer."""
        return [tool["name"] for tool in self.body.get("tools", ())]

    @property
    def deferred(self) -> list[str]:
        """The names of the tools whose description the model has to ask for."""
        return [tool["name"] for tool in self.body.get("tools", ()) if tool.get("defer_loading")]


Step = Answer | Callable[[Request], Answer]


class ScriptedAnthropic:
    """The server; each request that offers tools plays the next step of the script.

    A request without tools (for a title, say) is answered apart and plays nothing. Whatever the script
    holds, no client gets more answers than it has steps, and then only text: none can loop. It is the
    client's proxy as well, and refuses to lead anywhere.

    Attributes:
        outside: the hosts that the client wanted to reach.
    """

    def __init__(self) -> None:
        self.requests: list[Request] = []
        self.faults: list[str] = []
        self.outside: list[str] = []
        self._steps: deque[Step] = deque()
        self._lock = threading.Lock()
        self._server = _Server(self)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    @property
    def url(self) -> str:
        """The base URL of the API."""
        return f"http://127.0.0.1:{self._server.server_port}"

    def play(self, *steps: Step) -> None:
        """Begin a new script and forget the requests of the last one."""
        with self._lock:
            self._steps = deque(steps)
            self.requests, self.faults = [], []

    def check_played(self) -> None:
        """Fail unless the script was played to its end, each step once."""
        assert not self.faults, self.faults
        assert not self._steps, f"{len(self._steps)} steps were never asked for"

    def answer(self, request: Request) -> Answer:
        """Record `request` and return what the script says to it."""
        if not request.tools:
            return Say("A title")
        with self._lock:
            self.requests.append(request)
            if not self._steps:
                self.faults.append("the client asked for more than the script holds")
                return Say("The script is over.")
            step = self._steps.popleft()
        try:
            return step(request) if callable(step) else step
        except (AssertionError, LookupError, TypeError, ValueError) as error:
            self.faults.append(f"a step failed: {error!r}")
            return Say("A step of the script failed.")


class _Server(ThreadingHTTPServer):
    def __init__(self, model: ScriptedAnthropic) -> None:
        self.model = model
        super().__init__(("127.0.0.1", 0), _Handler)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: stderr belongs to the test's report."""

    def do_HEAD(self) -> None:
        self._send(200, "text/plain", b"")

    def do_GET(self) -> None:
        self._send(404, "application/json", b"{}")

    def do_CONNECT(self) -> None:
        cast("_Server", self.server).model.outside.append(self.path)
        self._send(403, "text/plain", b"")

    def do_POST(self) -> None:
        model = cast("_Server", self.server).model
        body = json.loads(self.rfile.read(int(self.headers.get("content-length") or 0)))
        place = self.path.partition("?")[0]
        if place.endswith("/count_tokens"):
            self._send(200, "application/json", json.dumps({"input_tokens": 1}).encode())
        elif not place.endswith("/messages"):
            self._send(404, "application/json", b"{}")
        elif body.get("stream"):
            events = _events(model.answer(Request(body)), str(body["model"]))
            self._send(200, "text/event-stream", "".join(events).encode())
        else:
            content, reason = _content(model.answer(Request(body)))
            message = _message(str(body["model"])) | {"content": content, "stop_reason": reason}
            self._send(200, "application/json", json.dumps(message).encode())

    def _send(self, status: int, kind: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("content-type", kind)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)


def _events(answer: Answer, model: str) -> Iterator[str]:
    (block,), reason = _content(answer)
    if block["type"] == "text":
        empty, delta = block | {"text": ""}, {"type": "text_delta", "text": block["text"]}
    else:
        empty = block | {"input": {}}
        delta = {"type": "input_json_delta", "partial_json": json.dumps(block["input"])}
    ending = {"stop_reason": reason, "stop_sequence": None}
    for name, fields in (
        ("message_start", {"message": _message(model)}),
        ("content_block_start", {"index": 0, "content_block": empty}),
        ("content_block_delta", {"index": 0, "delta": delta}),
        ("content_block_stop", {"index": 0}),
        ("message_delta", {"delta": ending, "usage": {"output_tokens": 1}}),
        ("message_stop", {}),
    ):
        yield f"event: {name}\ndata: {json.dumps({'type': name} | fields)}\n\n"


def _content(answer: Answer) -> tuple[list[dict[str, Any]], str]:
    if isinstance(answer, Say):
        return [{"type": "text", "text": answer.text}], "end_turn"
    call = {"type": "tool_use", "id": _id("toolu"), "name": answer.tool, "input": answer.arguments}
    return [call], "tool_use"


def _message(model: str) -> dict[str, Any]:
    # A client takes two answers with one id for one, and asks again for ever.
    return {
        "id": _id("msg"),
        "type": "message",
        "role": "assistant",
        "model": model,
        "content": [],
        "stop_reason": None,
        "stop_sequence": None,
        "usage": {"input_tokens": 1, "output_tokens": 1},
    }


def _id(prefix: str) -> str:
    return f"{prefix}_{uuid.uuid4().hex[:24]}"


def _blocks(content: str | list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{"type": "text", "text": content}] if isinstance(content, str) else content


def _texts(value: object) -> Iterator[str]:
    """Yield every text below a value, in order."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in cast("list[object]", value):
            yield from _texts(item)
    elif isinstance(value, dict):
        fields = cast("dict[str, object]", value)
        for key in ("text", "content"):
            yield from _texts(fields.get(key))


__all__ = ["Answer", "Call", "Request", "Say", "ScriptedAnthropic", "Step"]
