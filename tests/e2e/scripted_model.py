"""A model that says what the test tells it to: OpenAI's chat completions, streamed, on loopback."""

from __future__ import annotations

import json
import threading
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self, cast


@dataclass(frozen=True, slots=True)
class Say:
    """The model answers with text, and its turn is over."""

    text: str


@dataclass(frozen=True, slots=True)
class Call:
    """The model calls one tool."""

    tool: str
    arguments: dict[str, Any] = field(default_factory=dict[str, Any])


@dataclass(frozen=True, slots=True)
class Request:
    """What a client sent to the model."""

    body: dict[str, Any]

    @property
    def system(self) -> str:
        """The system prompt."""
        return "\n".join(self._texts("system"))

    @property
    def prompt(self) -> str:
        """What the user said last."""
        return self._texts("user")[-1]

    @property
    def results(self) -> list[str]:
        """What each tool call so far gave back, oldest first, as the model reads it."""
        return self._texts("tool")

    @property
    def tools(self) -> list[str]:
        """The names of the tools on offer."""
        return [tool["function"]["name"] for tool in self.body.get("tools", ())]

    def _texts(self, role: str) -> list[str]:
        return [_text(each["content"]) for each in self.body["messages"] if each["role"] == role]


Answer = Say | Call
Step = Answer | Callable[[Request], Answer]
"""A step that is a function sees the request, so it can use an id that an earlier tool result holds."""


class ScriptedModel:
    """The server; each request that offers tools plays the next step of the script.

    A request without tools (a client asks for a session's title so) is answered apart and plays nothing.
    """

    def __init__(self) -> None:
        self.requests: list[Request] = []
        self.faults: list[str] = []
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
        """The base URL for an OpenAI-compatible provider."""
        return f"http://127.0.0.1:{self._server.server_port}/v1"

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
        return step(request) if callable(step) else step


class _Server(ThreadingHTTPServer):
    def __init__(self, model: ScriptedModel) -> None:
        self.model = model
        super().__init__(("127.0.0.1", 0), _Handler)


class _Handler(BaseHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: stderr belongs to the test's report."""

    def do_POST(self) -> None:
        model = cast("_Server", self.server).model
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        try:
            answer = model.answer(Request(body))
        except (AssertionError, LookupError, TypeError, ValueError) as error:
            model.faults.append(f"a step failed: {error!r}")
            self.send_error(400, "a step of the script failed")
            return
        self.send_response(200)
        self.send_header("content-type", "text/event-stream")
        self.end_headers()
        for chunk in _chunks(answer, call_id=f"call_{len(model.requests)}"):
            self.wfile.write(f"data: {chunk}\n\n".encode())


def _chunks(answer: Answer, *, call_id: str) -> Iterator[str]:
    head = {"id": "scripted", "object": "chat.completion.chunk", "created": 0, "model": "scripted"}
    if isinstance(answer, Say):
        delta: dict[str, Any] = {"role": "assistant", "content": answer.text}
    else:
        function = {"name": answer.tool, "arguments": json.dumps(answer.arguments)}
        call = {"index": 0, "id": call_id, "type": "function", "function": function}
        delta = {"role": "assistant", "tool_calls": [call]}
    reason = "stop" if isinstance(answer, Say) else "tool_calls"
    yield json.dumps(head | {"choices": [{"index": 0, "delta": delta, "finish_reason": None}]})
    yield json.dumps(head | {"choices": [{"index": 0, "delta": {}, "finish_reason": reason}]})
    usage = {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2}
    yield json.dumps(head | {"choices": [], "usage": usage})
    yield "[DONE]"


def _text(content: str | list[dict[str, Any]]) -> str:
    return content if isinstance(content, str) else "".join(part.get("text", "") for part in content)
