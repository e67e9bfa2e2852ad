"""Keeps the worker processes: started on demand, warm between jobs, replaced after a crash."""

import logging
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path

from voicerec_desktop.core.cancel import CancelToken
from voicerec_desktop.core.errors import ErrorCode, KnownError
from voicerec_desktop.messages import Devices, Probe, Reply, Request
from voicerec_desktop.speech.client import POLL, Limits, WorkerProcess, worker_command
from voicerec_desktop.speech.device import Step, next_step

IDLE_SECONDS = 300.0
log = logging.getLogger(__name__)
Command = Callable[[str], Sequence[str]]


@contextmanager
def _taken(lock: threading.Lock, cancel: CancelToken) -> Iterator[None]:
    """Hold a lock; waiting for whoever has it ends when somebody cancels."""
    while not lock.acquire(timeout=POLL):
        cancel.check()
    try:
        yield
    finally:
        lock.release()


class _Slot:
    """One engine's worker and the timer that ends it when nobody needs it."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.worker: WorkerProcess | None = None
        self.timer: threading.Timer | None = None


class Supervisor:
    """Runs requests on the worker of their engine, one at a time per engine.

    Args:
        log_folder: takes the workers' stderr.
        idle_seconds: how long a worker stays warm.
        limits: when a worker is taken for hung.
        command: how a worker is started.
    """

    def __init__(
        self,
        log_folder: Path,
        idle_seconds: float = IDLE_SECONDS,
        limits: Limits | None = None,
        command: Command = worker_command,
    ) -> None:
        self._log_folder = log_folder
        self._idle_seconds = idle_seconds
        self._limits = limits or Limits()
        self._command = command
        self._slots = {"asr": _Slot(), "diarization": _Slot()}
        self._gpu = threading.Lock()

    def __enter__(self) -> "Supervisor":
        """Nothing is started yet."""
        return self

    def __exit__(self, *_: object) -> None:
        """Stop all workers."""
        self.close()

    def warm_up(self, engine: str) -> None:
        """Start a worker whose work will come soon: imports take seconds."""
        slot = self._slots[engine]
        with slot.lock:
            self._worker(engine)
            self._rest(engine)

    def run(
        self,
        engine: str,
        steps: Sequence[Step],
        make_request: Callable[[Step], Request],
        on_message: Callable[[Reply], None],
        cancel: CancelToken,
        on_degraded: Callable[[Step, KnownError], None],
    ) -> Step:
        """Run a request down the ladder and return the rung that worked.

        A worker that dies or hangs is replaced, and the same rung tried once more, before the next.

        Args:
            make_request: called for each attempt; resumes where the one before ended.

        Raises:
            KnownError: of the last attempt.
            Cancelled: within about a second of `cancel`.
        """
        at, again = 0, True
        while True:
            step = steps[at]
            try:
                self._attempt(engine, step, make_request, on_message, cancel)
                return step
            except KnownError as error:
                crashed = error.code in (ErrorCode.ENGINE_DIED, ErrorCode.ENGINE_HUNG)
                if crashed and again:
                    log.warning("%s; once more on %s", error, step)
                    again = False
                    continue
                following = next_step(steps, at, error)
                if following is None:
                    raise
                at, again = following, True
                log.warning("%s; going on with %s", error, steps[at])
                on_degraded(steps[at], error)

    def _attempt(
        self,
        engine: str,
        step: Step,
        make_request: Callable[[Step], Request],
        on_message: Callable[[Reply], None],
        cancel: CancelToken,
    ) -> None:
        turn = _taken(self._gpu, cancel) if step.device == "cuda" else nullcontext()
        slot = self._slots[engine]
        with _taken(slot.lock, cancel), turn:
            worker = self._worker(engine)
            try:
                worker.call(make_request(step), on_message, cancel, self._limits)
            finally:
                self._rest(engine)

    def _worker(self, engine: str) -> WorkerProcess:
        slot = self._slots[engine]
        if slot.timer:
            slot.timer.cancel()
        if slot.worker is not None and not slot.worker.alive:
            slot.worker.kill()  # it died by itself; its pipes are still open
            slot.worker = None
        if slot.worker is None:
            log_file = self._log_folder / f"{engine}.log"
            slot.worker = WorkerProcess(engine, log_file, self._command(engine))
        return slot.worker

    def _rest(self, engine: str) -> None:
        slot = self._slots[engine]
        slot.timer = threading.Timer(self._idle_seconds, self._stop, (engine,))
        slot.timer.daemon = True
        slot.timer.start()

    def _stop(self, engine: str) -> None:
        slot = self._slots[engine]
        with slot.lock:
            if slot.timer:
                slot.timer.cancel()
            if slot.worker:
                slot.worker.stop()
            slot.worker = slot.timer = None

    def running(self) -> dict[str, int]:
        """Process ids of the living workers."""
        return {
            engine: slot.worker.pid
            for engine, slot in self._slots.items()
            if slot.worker and slot.worker.alive
        }

    def probe(self, engine: str) -> Devices:
        """What this engine can use here; raises `KnownError`."""
        found: list[Devices] = []

        def keep(message: Reply) -> None:
            if isinstance(message, Devices):
                found.append(message)

        step = Step("cpu", "default", 1)
        self._attempt(engine, step, lambda _: Probe(), keep, CancelToken())
        return found[0]

    def close(self) -> None:
        """Stop all workers."""
        for engine in self._slots:
            self._stop(engine)
