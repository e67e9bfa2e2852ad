"""A scripted OpenAI-compatible server on loopback, which answers and fails as a test wants."""

import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.minutes.meetings import MEETING, meeting_of
from voicerec_desktop.core.cancel import CancelToken
from voicerec_desktop.core.minutes import Minutes
from voicerec_desktop.core.model import Track, TrackKind
from voicerec_desktop.minutes.prompts import template
from voicerec_desktop.minutes.server import Server
from voicerec_desktop.pipeline.llm_server import prompt_folders
from voicerec_desktop.pipeline.minutes import MinutesJob
from voicerec_desktop.store.library import Library


@dataclass
class Reply:
    """What the server does with a request.

    Attributes:
        text: of the answer; a list is sent piece by piece.
        finish: the reason why it ended; "" breaks the stream off without one.
        status: of HTTP; with `body` for an error.
        hang: nothing comes after the pieces until the test ends.
    """

    text: str | list[str] = ""
    finish: str = "stop"
    status: int = 200
    body: object = None
    headers: dict[str, str] = field(default_factory=dict)
    thoughts: str = ""
    hang: bool = False
    reset: bool = False


SET = json.loads((Path(__file__).parent / "evidence_set.json").read_text("utf-8"))
Answers = Callable[[dict], Reply]


class Scripted(ThreadingHTTPServer):
    """The server. `answers` makes the reply to a chat request, `requests` are those that came."""

    daemon_threads = True
    block_on_close = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.answers: Answers = lambda _body: Reply("да")
        self.requests: list[dict] = []
        self.paths: list[str] = []
        self.keys: list[str] = []
        self.models: Reply = Reply(body={"data": [{"id": "qwen", "max_model_len": 32768}]})
        self.tokenize: Reply = Reply(status=404, body={})
        self.over = threading.Event()
        self.arrived = threading.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/v1"

    def script(self, *replies: Reply | str) -> None:
        """Answer with these in turn, the last again and again."""
        left = [Reply(one) if isinstance(one, str) else one for one in replies]

        def answers(_body: dict) -> Reply:
            return left.pop(0) if len(left) > 1 else left[0]

        self.answers = answers

    def handle_error(self, *_: object) -> None:
        """A client that hangs up is no news."""


class _Handler(BaseHTTPRequestHandler):
    server: Scripted
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        self.server.paths.append(self.path)
        self.server.keys.append(self.headers.get("authorization", ""))
        self._send(self.server.models if self.path == "/v1/models" else Reply(status=404, body={}))

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        self.server.paths.append(self.path)
        self.server.keys.append(self.headers.get("authorization", ""))
        if self.path == "/tokenize":
            reply = self.server.tokenize
            self._send(Reply(body=reply.body(body)) if callable(reply.body) else reply)
            return
        self.server.requests.append(body)
        reply = self.server.answers(body)
        self.server.arrived.set()
        if reply.reset:
            self.close_connection = True
        elif reply.status == 200 and reply.body is None:
            self._stream(reply)
        else:
            self._send(reply)

    def _send(self, reply: Reply) -> None:
        body = json.dumps(reply.body).encode()
        self.send_response(reply.status)
        for name, value in {"content-type": "application/json", **reply.headers}.items():
            self.send_header(name, value)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _stream(self, reply: Reply) -> None:
        self.close_connection = True
        self.send_response(200)
        self.send_header("content-type", "text/event-stream")
        self.send_header("connection", "close")
        self.end_headers()
        if reply.thoughts:
            self._chunk({"choices": [_choice({"reasoning_content": reply.thoughts})]})
        pieces = [reply.text] if isinstance(reply.text, str) else reply.text
        for piece in pieces:
            self._chunk({"choices": [_choice({"content": piece})]})
        if reply.hang:
            self.server.over.wait(30)
            return
        if not reply.finish:
            return
        self._chunk({"choices": [_choice({}, reply.finish)]})
        usage = {"prompt_tokens": 11, "completion_tokens": 7, "total_tokens": 18}
        self._chunk({"choices": [], "usage": usage})
        self.wfile.write(b"data: [DONE]\n\n")

    def _chunk(self, value: dict) -> None:
        base = {"id": "x", "object": "chat.completion.chunk", "created": 1, "model": "qwen"}
        self.wfile.write(b"data: " + json.dumps({**base, **value}).encode() + b"\n\n")
        self.wfile.flush()


def _choice(delta: dict, finish: str | None = None) -> dict:
    return {"index": 0, "delta": delta, "finish_reason": finish}


@pytest.fixture
def scripted() -> Iterator[Scripted]:
    """The running server."""
    server = Scripted()
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    yield server
    server.over.set()
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def server(scripted: Scripted) -> Server:
    """How our program reaches it: nearly without pauses."""
    return Server(scripted.url, "qwen", "geheim", silence=5.0, pause=0.01)


@pytest.fixture
def library(home):
    with Library(home.library, home.backups) as opened:
        yield opened


@pytest.fixture
def planned(eval_data, library) -> list[dict]:
    """The meeting of the evaluation data in the library; what good minutes of it hold."""
    meeting = meeting_of(eval_data / "ru_meeting" / "ru_meeting_a.stm", "ru", MEETING)
    library.add_meeting(meeting.meeting, [Track("t1", MEETING, TrackKind.FILE, "/a.wav")])
    library.replace_segments(MEETING, meeting.speakers, meeting.segments, ())
    texts = [segment.text for segment in meeting.segments]
    wanted = json.loads((eval_data / "ru_meeting" / "ru_meeting_a.facts.json").read_text("utf-8"))
    found = [one for one in SET if one["true"] and one["source"] == "ru_meeting_a"]
    known = {one["text"]: one for one in found}
    return [
        known[one["text"]]
        | {
            "place": texts[known[one["text"]]["lines"][0] - 1],
            "length": len(known[one["text"]]["lines"]),
        }
        for one in wanted["facts"]
    ]


@pytest.fixture
def run(library, home, server):
    """Runs the stage; the events are in `run.events`."""

    def start(name="general", language="ru", cancel=None, on_event=None, **changes) -> Minutes:
        start.events = []
        mask = changes.pop("mask", False)
        return MinutesJob(
            library,
            MEETING,
            replace(server, **changes),
            template(prompt_folders(home), name, language),
            cancel or CancelToken(),
            on_event or start.events.append,
            mask,
        ).run()

    return start
