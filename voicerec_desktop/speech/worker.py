"""Entry point of the inference processes: `voicerec-worker asr` or `voicerec-worker diarization`.

Requests come in on stdin, replies go out on stdout (messages.py). Whatever else writes to
stdout (native libraries do) is sent to stderr. The end of stdin ends the process at once.
"""

import argparse
import logging
import os
import queue
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from voicerec_desktop.core.cancel import CancelToken
from voicerec_desktop.core.errors import Cancelled, KnownError
from voicerec_desktop.messages import (
    Cancel,
    Devices,
    Diarize,
    Failed,
    Finished,
    Heartbeat,
    Probe,
    Progress,
    Reply,
    Request,
    SegmentsFound,
    SpeakersFound,
    Stopped,
    Transcribe,
    read_request,
    write_message,
)
from voicerec_desktop.sound import SAMPLE_RATE, open_decoded

HEARTBEAT = 2.0  # s
log = logging.getLogger(__name__)
Send = Callable[[Reply], None]


class AsrEngine:
    """Whisper, kept warm between requests."""

    def __init__(self) -> None:
        from voicerec_desktop.speech.device import preload_cublas

        self._notes = preload_cublas()
        self._key: tuple[str, str, str] | None = None
        self._transcriber: object = None

    def probe(self) -> Devices:
        """What CTranslate2 can use here."""
        import ctranslate2

        count = ctranslate2.get_cuda_device_count()
        names = ["cpu", *(["cuda"] if count else [])]
        types = {n: tuple(sorted(ctranslate2.get_supported_compute_types(n))) for n in names}
        version = f"faster-whisper (CTranslate2 {ctranslate2.__version__})"
        return Devices(version, count, types, tuple(self._notes))

    def run(self, request: Request, send: Send, cancel: CancelToken) -> None:
        """Transcribe a track, sending segments as they come."""
        from voicerec_desktop.speech.whisper import WhisperTranscriber

        assert isinstance(request, Transcribe)
        key = (request.model, request.device, request.compute_type)
        if key != self._key:
            self._key, self._transcriber = None, None  # free the old model first
            self._transcriber = WhisperTranscriber(Path(request.model), *key[1:])
            self._key = key
        assert isinstance(self._transcriber, WhisperTranscriber)
        audio = open_decoded(Path(request.audio))
        seconds = max(len(audio) / SAMPLE_RATE, 1e-9)
        for message in self._transcriber.transcribe(audio, request, cancel):
            send(message)
            if isinstance(message, SegmentsFound):
                send(Progress(min(1.0, message.until / seconds)))


class DiarizationEngine:
    """pyannote, kept warm between requests."""

    def __init__(self) -> None:
        self._key: tuple[str, str] | None = None
        self._diarizer: object = None

    def probe(self) -> Devices:
        """What torch can use here."""
        import torch

        count = torch.cuda.device_count() if torch.cuda.is_available() else 0
        names = tuple(torch.cuda.get_device_name(i) for i in range(count))
        return Devices(f"pyannote.audio (torch {torch.__version__})", count, notes=names)

    def run(self, request: Request, send: Send, cancel: CancelToken) -> None:
        """Diarize a track."""
        from voicerec_desktop.speech.diarization import PyannoteDiarizer

        assert isinstance(request, Diarize)
        key = (request.model, request.device)
        if key != self._key:
            self._key, self._diarizer = None, None
            self._diarizer = PyannoteDiarizer(Path(request.model), request.device)
            self._key = key
        assert isinstance(self._diarizer, PyannoteDiarizer)
        audio = open_decoded(Path(request.audio))
        progress = _throttled(lambda done: send(Progress(done)))
        send(SpeakersFound(self._diarizer.diarize(audio, request, progress, cancel)))


Engine = AsrEngine | DiarizationEngine
ENGINES: dict[str, Callable[[], Engine]] = {"asr": AsrEngine, "diarization": DiarizationEngine}


def _throttled(report: Callable[[float], None], seconds: float = 0.1) -> Callable[[float], None]:
    last = -seconds

    def call(done: float) -> None:
        nonlocal last
        if (now := time.monotonic()) - last >= seconds:
            last = now
            report(done)

    return call


class _Channel:
    """The pipe to the parent: reads requests in its own thread, writes replies under a lock."""

    def __init__(self, stdin: BinaryIO, stdout: BinaryIO) -> None:
        self._stdin, self._stdout = stdin, stdout
        self._lock = threading.Lock()
        self._requests: queue.SimpleQueue[tuple[Request, CancelToken]] = queue.SimpleQueue()
        self._newest = CancelToken()
        for target in (self._read, self._beat):
            threading.Thread(target=target, daemon=True).start()

    def send(self, message: Reply) -> None:
        """Write a reply; a parent that is gone ends this process."""
        try:
            with self._lock:
                write_message(self._stdout, message)
        except OSError:
            os._exit(0)

    def next_request(self) -> tuple[Request, CancelToken]:
        """Wait for a request; it comes with its own cancel token."""
        return self._requests.get()

    def _read(self) -> None:
        try:
            while (request := read_request(self._stdin)) is not None:
                if isinstance(request, Cancel):
                    self._newest.cancel()
                else:
                    self._newest = CancelToken()
                    self._requests.put((request, self._newest))
        finally:
            os._exit(0)  # no interpreter shutdown: CUDA libraries crash there (ENGINEERING.md 0.1)

    def _beat(self) -> None:
        while True:
            self.send(Heartbeat(time.process_time()))
            time.sleep(HEARTBEAT)


def _answer(engine: Engine, request: Request, channel: _Channel, cancel: CancelToken) -> Reply:
    """Run one request; the one place of this process that turns exceptions into messages."""
    try:
        if isinstance(request, Probe):
            channel.send(engine.probe())
        else:
            engine.run(request, channel.send, cancel)
    except Cancelled:
        return Stopped()
    except KnownError as error:
        log.warning("%s", error)
        return Failed(error.code, dict(error.params), error.detail)
    except MemoryError as error:
        log.exception("out of memory")
        return Failed("out_of_memory", {}, repr(error))
    except Exception as error:
        log.exception("request failed")
        return Failed("", {}, repr(error))
    return Finished()


def _private_stdout() -> BinaryIO:
    """The real stdout for messages; file descriptor 1 becomes stderr for everybody else."""
    stream = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    sys.stdout = sys.stderr
    return stream


def quiet_engines() -> None:
    """No telemetry, no network, before any engine is imported (DESIGN.md 8)."""
    os.environ["PYANNOTE_METRICS_ENABLED"] = "0"
    os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"
    os.environ["HF_HUB_OFFLINE"] = "1"
    os.environ["DO_NOT_TRACK"] = "1"


def main() -> None:
    """Serve requests until stdin ends."""
    parser = argparse.ArgumentParser(prog="voicerec-worker")
    parser.add_argument("engine", choices=sorted(ENGINES))
    arguments = parser.parse_args()
    quiet_engines()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    stdout = _private_stdout()
    channel = _Channel(sys.stdin.buffer, stdout)
    engine = ENGINES[arguments.engine]()
    while True:
        request, cancel = channel.next_request()
        channel.send(_answer(engine, request, channel, cancel))


if __name__ == "__main__":
    main()
