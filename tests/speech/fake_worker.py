"""A worker that follows a plan: `fake_worker.py FOLDER`, one behaviour of plan.json a request.

Its twin with the real engine is in test_worker.py and tests/pipeline/test_supervisor.py.
"""

import json
import os
import sys
import threading
import time
from pathlib import Path

from voicerec_desktop.core.model import Segment
from voicerec_desktop.messages import (
    Cancel,
    Failed,
    Finished,
    Heartbeat,
    Probe,
    Progress,
    SegmentsFound,
    Stopped,
    Transcribe,
    read_request,
    write_message,
)

SECONDS = 3  # of speech in every recording, a segment each
folder = Path(sys.argv[1])
stdin, stdout = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
lock = threading.Lock()
beating = threading.Event()
beating.set()
cpu = [0.0, 0.0]  # seconds used, seconds a beat


def send(message) -> None:
    with lock:
        write_message(stdout, message)


def beat() -> None:
    while True:
        if beating.is_set():
            cpu[0] += cpu[1]
            send(Heartbeat(cpu[0]))
        time.sleep(0.02)


def next_behaviour(request) -> str:
    seen = folder / "seen.jsonl"
    number = len(seen.read_text().splitlines()) if seen.is_file() else 0
    note = {"pid": os.getpid()}
    if isinstance(request, Transcribe):
        note |= {"device": request.device, "batch_size": request.batch_size, "start": request.start}
        note |= {"compute_type": request.compute_type}
    with seen.open("a") as file:
        file.write(json.dumps(note) + "\n")
    return json.loads((folder / "plan.json").read_text())[number]


def say(first: int, last: int) -> None:
    for second in range(first, last):
        segment = Segment(f"s{second}", second, second + 1.0, f"word {second}")
        send(SegmentsFound((segment,), second + 1.0))
        send(Progress((second + 1) / SECONDS))


def wait_for_cancel() -> None:
    while not isinstance(read_request(stdin), Cancel):
        pass


def serve(request, behaviour: str) -> None:
    what, _, detail = behaviour.partition(":")
    start = int(getattr(request, "start", 0))
    if what == "answer":
        say(start, SECONDS)
        send(Finished())
    elif what == "die":  # after a second's worth of work
        say(start, start + 1)
        os._exit(9)
    elif what == "fail":
        send(Failed(detail, {"device": "cuda"}, "as planned"))
    elif what == "garbage":
        with lock:
            os.write(1, b"Loading model... 100%\n" * 50)
    elif what == "silent":
        beating.clear()
    elif what == "busy":
        cpu[1] = 1.0
    elif what == "polite":
        say(start, start + 1)
        wait_for_cancel()
        send(Stopped())
    elif what == "deaf":
        say(start, start + 1)
        wait_for_cancel()  # and do not care


threading.Thread(target=beat, daemon=True).start()
while (asked := read_request(stdin)) is not None:
    if isinstance(asked, (Transcribe, Probe)):
        serve(asked, next_behaviour(asked))
os._exit(0)
