"""A worker process as its parent sees it: start, ask, cancel, notice death and hanging."""

import logging
import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import msgspec

from voicerec_desktop.core.cancel import CancelToken
from voicerec_desktop.core.errors import Cancelled, ErrorCode, KnownError
from voicerec_desktop.messages import (
    Cancel,
    Failed,
    Finished,
    Heartbeat,
    Reply,
    Request,
    Stopped,
    read_reply,
    write_message,
)

POLL = 0.05  # s
GRACE = 0.7  # s that a cancelled worker has before it is killed
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Limits:
    """When a worker is taken for hung, in seconds without a sign.

    Attributes:
        silent: no message at all, not even a heartbeat.
        idle: heartbeats, but neither progress nor processor time.
        stuck: heartbeats and processor time, but no progress.
    """

    silent: float = 60.0
    idle: float = 180.0
    stuck: float = 3600.0


def worker_command(engine: str) -> list[str]:
    """How a worker is started: the executable beside ours in an installed app, else a module."""
    if getattr(sys, "frozen", False):
        name = "voicerec-worker.exe" if sys.platform == "win32" else "voicerec-worker"
        return [str(Path(sys.executable).with_name(name)), engine]
    return [sys.executable, "-m", "voicerec_desktop.speech.worker", engine]


class WorkerProcess:
    """One running worker.

    Args:
        engine: "asr" or "diarization".
        log_file: takes its stderr.
        command: how to start it, for tests.
    """

    def __init__(self, engine: str, log_file: Path, command: Sequence[str] | None = None) -> None:
        self.engine = engine
        with _log_stream(log_file) as stderr:
            self._process = subprocess.Popen(
                list(command or worker_command(engine)),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=stderr,
                env=_environment(),
                start_new_session=os.name == "posix",  # Ctrl-C is for the parent to handle
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0)
                | getattr(subprocess, "BELOW_NORMAL_PRIORITY_CLASS", 0),
            )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._stdin: BinaryIO = self._process.stdin  # type: ignore[assignment]
        self._stdout: BinaryIO = self._process.stdout  # type: ignore[assignment]
        self._replies: queue.SimpleQueue[Reply | None] = queue.SimpleQueue()
        self._reader = threading.Thread(target=self._read, name=f"{engine} replies", daemon=True)
        self._reader.start()

    @property
    def pid(self) -> int:
        """The process id."""
        return self._process.pid

    @property
    def alive(self) -> bool:
        """Whether it runs."""
        return self._process.poll() is None

    def _read(self) -> None:
        try:
            while (reply := read_reply(self._stdout)) is not None:
                self._replies.put(reply)
        except (OSError, ValueError, msgspec.MsgspecError) as error:
            log.warning("%s worker: broken reply: %r", self.engine, error)
        self._replies.put(None)

    def call(
        self,
        request: Request,
        on_message: Callable[[Reply], None],
        cancel: CancelToken,
        limits: Limits,
    ) -> None:
        """Send a request and pass on its replies until it is finished.

        Raises:
            KnownError: what the worker reports; ENGINE_DIED, ENGINE_HUNG.
            Cancelled: at most about a second after `cancel`, the worker alive or killed.
        """
        try:
            write_message(self._stdin, request)
        except OSError as error:
            raise self._died() from error
        watch = _Watch(limits)
        while True:
            if cancel.cancelled:
                self._stop_politely()
                raise Cancelled
            if why := watch.hung():
                self.kill()
                raise KnownError(ErrorCode.ENGINE_HUNG, why, engine=self.engine)
            try:
                reply = self._replies.get(timeout=POLL)
            except queue.Empty:
                continue
            if reply is None:
                raise self._died()
            watch.saw(reply)
            if self._settle(reply):
                return
            if not isinstance(reply, Heartbeat):
                self._pass_on(reply, on_message)

    def _pass_on(self, reply: Reply, on_message: Callable[[Reply], None]) -> None:
        """Hand a reply over; where that fails, the worker must not go on with the request.

        What it would still send would else be taken for replies to the next one.
        """
        try:
            on_message(reply)
        except BaseException:
            self._stop_politely()
            raise

    def _settle(self, reply: Reply) -> bool:
        """Whether this reply ends the request well; raises where it ends it badly."""
        if isinstance(reply, Failed):
            if reply.code:
                raise KnownError(ErrorCode(reply.code), reply.detail, **reply.params)
            raise KnownError(ErrorCode.ENGINE_FAILED, reply.detail, engine=self.engine)
        if isinstance(reply, Stopped):
            raise Cancelled
        return isinstance(reply, Finished)

    def _died(self) -> KnownError:
        self.kill()
        code = self._process.returncode
        return KnownError(ErrorCode.ENGINE_DIED, f"exit code {code}", engine=self.engine)

    def _stop_politely(self) -> None:
        """Ask, wait a moment, kill."""
        try:
            write_message(self._stdin, Cancel())
        except OSError:
            self.kill()
            return
        deadline = time.monotonic() + GRACE
        while (left := deadline - time.monotonic()) > 0:
            try:
                reply = self._replies.get(timeout=left)
            except queue.Empty:
                break
            if reply is None:
                break
            if isinstance(reply, (Stopped, Finished, Failed)):
                return
        self.kill()

    def kill(self) -> None:
        """End it at once and collect it."""
        if self.alive:
            self._process.kill()
        self._close()

    def stop(self) -> None:
        """End it by closing its stdin; kill it where that does not help."""
        if self.alive:
            self._stdin.close()
            try:
                self._process.wait(timeout=3.0)
            except subprocess.TimeoutExpired:
                self._process.kill()
        self._close()

    def _close(self) -> None:
        self._process.wait()
        self._reader.join()
        for stream in (self._stdin, self._stdout):
            try:
                stream.close()
            except OSError:  # what it had not read is lost with it
                log.debug("%s worker left unread requests", self.engine)


def _log_stream(path: Path) -> BinaryIO:
    """The log file, or nowhere where it cannot be written: that must not stop the work."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return path.open("ab")
    except OSError as error:
        log.warning("%s: %s", path, error)
        return open(os.devnull, "ab")


def _environment() -> dict[str, str]:
    environment = dict(os.environ)
    environment["PYTHONUTF8"] = "1"
    environment["PYANNOTE_METRICS_ENABLED"] = "0"
    environment.pop("CUDA_PATH", None)
    # Both engines work side by side on the same processors: threads that wait must not spin.
    environment["OMP_WAIT_POLICY"] = "PASSIVE"
    environment["KMP_BLOCKTIME"] = "0"
    return environment


class _Watch:
    """Knows when a worker has been without a sign for too long."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._message = self._work = self._progress = time.monotonic()
        self._cpu = 0.0

    def saw(self, reply: Reply) -> None:
        """Note a reply."""
        now = self._message = time.monotonic()
        if not isinstance(reply, Heartbeat):
            self._work = self._progress = now
        elif reply.cpu_seconds - self._cpu > 0.5:
            self._cpu, self._work = reply.cpu_seconds, now

    def hung(self) -> str:
        """Why the worker is taken for hung, or ""."""
        now = time.monotonic()
        if now - self._message > self._limits.silent:
            return "no heartbeat"
        if now - self._work > self._limits.idle:
            return "no progress and no processor time"
        if now - self._progress > self._limits.stuck:
            return "no progress"
        return ""
