"""What minutes of long meetings cost: calls, tokens, memory, time beside the model's own.

    PYTHONPATH=. python tests/benchmarks/minutes.py

The server is scripted and answers at once with the facts of each block, so quality and the
model's own time are not measured here: that needs the company's LLM.
"""

import tempfile
import threading
import time
import tracemalloc
from dataclasses import replace
from pathlib import Path

import common

from tests.minutes.conftest import SET, Scripted
from tests.minutes.meetings import MEETING, meeting_of
from tests.minutes.model import Reader
from voicerec_desktop.core.cancel import CancelToken
from voicerec_desktop.core.model import Track, TrackKind
from voicerec_desktop.minutes.context import bound
from voicerec_desktop.minutes.prompts import template
from voicerec_desktop.minutes.server import Server
from voicerec_desktop.paths import Home
from voicerec_desktop.pipeline.llm_server import prompt_folders
from voicerec_desktop.pipeline.minutes import MinutesJob
from voicerec_desktop.store.library import Library

LENGTHS = {"4 minutes": 1, "1 hour": 16, "3 hours": 49, "9 hours": 146}  # repetitions of 223 s
STM = common.DATA / "ru_meeting" / "ru_meeting_a.stm"


def fill(library: Library, times: int) -> int:
    """A meeting that says the same again and again; the tokens of its text."""
    once = meeting_of(STM, "ru", MEETING)
    length = once.meeting.duration
    segments = [
        replace(
            one,
            id=f"{i}-{one.id}",
            start=one.start + i * length,
            end=one.end + i * length,
            text=one.text if one.id != "l2" else f"{one.text} Это раз {i}.",  # no block twice
        )
        for i in range(times)
        for one in once.segments
    ]
    library.add_meeting(
        replace(once.meeting, duration=times * length),
        [Track("t1", MEETING, TrackKind.FILE, "/a.wav")],
    )
    library.replace_segments(MEETING, once.speakers, segments, ())
    return bound("\n".join(one.text for one in segments))


def expected() -> list[dict]:
    """What the model answers with where the place of it is in a block."""
    texts = [one.text for one in meeting_of(STM, "ru").segments]
    true = [one for one in SET if one["true"] and one["source"] == "ru_meeting_a"]
    return [
        one | {"place": texts[one["lines"][0] - 1], "length": len(one["lines"])} for one in true
    ]


def measured(times: int, context: int) -> list[object]:
    """A row of the table."""
    server = Scripted()
    server.answers = Reader(expected())
    server.models.body = {"data": [{"id": "qwen", "max_model_len": context}]}
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        with tempfile.TemporaryDirectory() as folder:
            home = Home.under(Path(folder))
            with Library(home.library, home.backups) as library:
                return _row(library, home, server, times)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _row(library: Library, home: Home, server: Scripted, times: int) -> list[object]:
    tokens = fill(library, times)
    job = MinutesJob(
        library,
        MEETING,
        Server(server.url, "qwen"),
        template(prompt_folders(home), "general", "ru"),
        CancelToken(),
        lambda _event: None,
    )
    tracemalloc.start()
    began = time.monotonic()
    minutes = job.run()
    seconds, peak = time.monotonic() - began, tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    sent = sum(bound(m["content"]) for body in server.requests for m in body["messages"])
    confirmed = sum(fact.confirmed for fact in minutes.facts)
    return [
        len(server.requests),
        tokens,
        f"{sent / tokens:.3f}",
        f"{peak / 2**20:.0f}",
        f"{seconds:.1f}",
        f"{confirmed} of {len(minutes.facts)}",
    ]


def main() -> None:
    """Measure and report."""
    rows = [
        [name, context, *measured(times, context)]
        for name, times in LENGTHS.items()
        for context in ((32768, 8192) if times < 100 else (32768,))
    ]
    head = ["meeting", "context", "calls", "tokens of its text", "sent over that", "MB", "seconds"]
    common.report(
        "Minutes",
        common.table([*head, "confirmed"], rows)
        + "\n\nA Russian meeting of 223 s again and again, answered by a scripted server at once;"
        " tokens by our bound, JSON schemas aside; memory by tracemalloc, which also slows it down."
        " Target for 3 hours: 1.35.",
    )


if __name__ == "__main__":
    main()
