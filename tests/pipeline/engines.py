"""Both engines by a plan: `engines.py FOLDER`, with FOLDER/plan.json and a note of every request.

Speech is a word a second; the plan gives what happens to the requests of an engine in their order
(the last again and again): `answer`, `die`, `fail CODE`, `wait`. The real engines do the same in
tests/test_main_job.py and tests/commands.
"""

import json
import os
import sys
from pathlib import Path

import msgspec

from voicerec_desktop.core.model import Diarization, Segment, Speaker, SpeakerTurn, Word
from voicerec_desktop.messages import (
    Cancel,
    Failed,
    Finished,
    LanguageDetected,
    Progress,
    SegmentsFound,
    SpeakersFound,
    Stopped,
    Transcribe,
    read_request,
    write_message,
)

SECONDS = 4
folder = Path(sys.argv[1])
stdin, stdout = sys.stdin.buffer, sys.stdout.buffer


def send(message) -> None:
    write_message(stdout, message)


def next_behaviour(request) -> str:
    engine = type(request).__name__.lower()
    notes = folder / f"{engine}.jsonl"
    with notes.open("a") as file:
        file.write(json.dumps(msgspec.to_builtins(request)) + "\n")
    plan = json.loads((folder / "plan.json").read_text()).get(engine, ["answer"])
    return plan[min(len(notes.read_text().splitlines()), len(plan)) - 1]


def transcribe(request, until: int) -> None:
    if not request.language:
        send(LanguageDetected("ru", 0.9))
    for second in range(round(request.start), until):
        word = Word(second, second + 1.0, f" рум{second}", 0.9)
        segment_id = f"{request.track_id}-{os.getpid()}-{second}"
        segment = Segment(
            segment_id, second, second + 1.0, word.text.strip(), (word,), None, request.track_id
        )
        send(SegmentsFound((segment,), second + 1.0))
        send(Progress((second + 1) / SECONDS))


def diarize(request) -> None:
    ids = [f"{request.track_id}-s{i}" for i in range(1, max(1, request.min_speakers) + 1)]
    length = SECONDS / len(ids)
    turns = tuple(SpeakerTurn(i * length, (i + 1) * length, one) for i, one in enumerate(ids))
    speakers = tuple(Speaker(one, i, colour=i) for i, one in enumerate(ids, 1))
    send(Progress(0.5))
    send(SpeakersFound(Diarization(turns, turns, speakers)))


def serve(request) -> None:
    what, _, detail = next_behaviour(request).partition(" ")
    if what == "answer":
        transcribe(request, SECONDS) if isinstance(request, Transcribe) else diarize(request)
        send(Finished())
        return
    if isinstance(request, Transcribe):
        transcribe(request, 2)
    if what == "die":
        os._exit(9)
    elif what == "fail":
        send(Failed(detail, {"engine": "x"}, "as planned"))
    elif what == "wait":
        while not isinstance(read_request(stdin), Cancel):
            pass
        send(Stopped())


while (asked := read_request(stdin)) is not None:
    if not isinstance(asked, Cancel):
        serve(asked)
os._exit(0)
