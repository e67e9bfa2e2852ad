"""Small catalogues, a web server that misbehaves on request, and a scripted worker."""

import hashlib
import json
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from voicerec_desktop.speech.catalogue import Catalogue

STALL = 20.0  # s after which a stalling server gives up, far beyond what a test waits


@pytest.fixture(autouse=True, scope="session")
def _no_progress_monitor():
    """The engines' progress bars would start a thread that never ends."""
    from tqdm import tqdm

    tqdm.monitor_interval = 0


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


@pytest.fixture
def make_catalogue(tmp_path: Path) -> Callable[..., Catalogue]:
    """A catalogue of one model from a table: file name -> lines of its entry."""

    def make(
        files: dict[str, dict[str, object]],
        *,
        name: str = "tiny",
        hub: str = "house/tiny",
        size: int = 1,
        models: Path | None = None,
    ) -> Catalogue:
        lines = [f'["{name}"]', 'kind = "asr"', 'languages = "any"', f"size = {size}"]
        lines += ['licence = "MIT"', f'hub = "{hub}"']
        for file, entry in files.items():
            lines.append(f'["{name}".files."{file}"]')
            lines += [f"{key} = {json.dumps(value)}" for key, value in entry.items()]
        path = tmp_path / "models.toml"
        path.write_text("\n".join(lines), encoding="utf-8")
        return Catalogue(models or tmp_path / "models", tmp_path / "embedded", path)

    return make


@dataclass
class Web:
    """What a server has, how it misbehaves, and what it was asked for.

    Attributes:
        cut: path -> bytes after which the next answer breaks off (once).
        stall: path -> bytes after which an answer goes silent.
        moved: path -> where it redirects to.
        ranges: whether it knows ranges.
        gave_up: whether a stalled answer was over before its client went away.
    """

    url: str = ""
    files: dict[str, bytes] = field(default_factory=dict)
    status: dict[str, int] = field(default_factory=dict)
    cut: dict[str, int] = field(default_factory=dict)
    stall: dict[str, int] = field(default_factory=dict)
    moved: dict[str, str] = field(default_factory=dict)
    ranges: bool = True
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    stalled: threading.Event = field(default_factory=threading.Event)
    free: threading.Event = field(default_factory=threading.Event)
    gave_up: bool = False

    def paths(self) -> list[str]:
        return [path for path, _ in self.asked]

    def headers(self, path: str) -> list[dict[str, str]]:
        return [headers for asked, headers in self.asked if asked == path]

    def publish(self, folder: str, files: dict[str, bytes]) -> None:
        """Put files and their SHA256SUMS there, as a mirror does."""
        sums = "".join(f"{digest(data)}  ./{name}\n" for name, data in files.items())
        self.files[f"{folder}/SHA256SUMS"] = sums.encode()
        self.files.update({f"{folder}/{name}": data for name, data in files.items()})


def _handler(web: Web) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = self.path.partition("?")[0]
            web.asked.append((path, {k.lower(): v for k, v in self.headers.items()}))
            if path in web.moved:
                self.send_response(302)
                self.send_header("Location", web.moved[path])
                self.end_headers()
                return
            status = web.status.get(path, 200 if path in web.files else 404)
            body = web.files.get(path, b"") if status == 200 else b"no"
            if status == 200 and web.ranges and (wanted := self.headers.get("Range")):
                first = int(wanted.removeprefix("bytes=").rstrip("-"))
                status, body = (206, body[first:]) if first < len(body) else (416, b"")
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self._send(path, body)

        def _send(self, path: str, body: bytes) -> None:
            try:
                if path in web.cut:
                    self.wfile.write(body[: web.cut.pop(path)])
                    return
                if path in web.stall:
                    self.wfile.write(body[: web.stall[path]])
                    web.stalled.set()
                    web.gave_up = not web.free.wait(STALL)
                    return
                self.wfile.write(body)
            except OSError:
                pass  # the client went away

        def log_message(self, *_: object) -> None:
            pass

    return Handler


@pytest.fixture
def start_web():
    """Start web servers on 127.0.0.1; they end with the test."""
    started: list[tuple[ThreadingHTTPServer, threading.Thread, Web]] = []

    def start() -> Web:
        web = Web()
        server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(web))
        web.url = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        started.append((server, thread, web))
        return web

    yield start
    for server, thread, web in started:
        web.free.set()
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def web(start_web) -> Web:
    return start_web()


@dataclass
class Script:
    """A worker that does what its plan says, one line a request (fake_worker.py)."""

    folder: Path

    def plan(self, *behaviours: str) -> "Script":
        (self.folder / "plan.json").write_text(json.dumps(behaviours), encoding="utf-8")
        return self

    def command(self, _engine: str = "asr") -> list[str]:
        return [sys.executable, str(Path(__file__).with_name("fake_worker.py")), str(self.folder)]

    def seen(self) -> list[dict[str, object]]:
        """The requests that arrived, with the process that took them."""
        path = self.folder / "seen.jsonl"
        lines = path.read_text("utf-8").splitlines() if path.is_file() else []
        return [json.loads(line) for line in lines]


@pytest.fixture
def script(tmp_path: Path) -> Script:
    folder = tmp_path / "script"
    folder.mkdir()
    return Script(folder)
