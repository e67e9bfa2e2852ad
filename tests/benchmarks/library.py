"""How fast a large library is: `python tests/benchmarks/library.py [FOLDER]`.

1,000 meetings with 2,000,000 words (Russian-like, frequencies by Zipf's law), and one meeting of
20,000 segments. A FOLDER that already holds such a library is measured as it is.
"""

import random
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import accumulate
from pathlib import Path

from voicerec_desktop.core.model import (
    Meeting,
    MeetingStatus,
    Segment,
    Speaker,
    SpeakerTurn,
    Track,
    TrackKind,
    Word,
)
from voicerec_desktop.store.library import Library

MEETINGS, SEGMENTS, WORDS = 1000, 200, 10
LONG = 20_000  # segments of the long meeting
COMMON = (
    "и в не на я что с это он как но по мы к у так вот же да то а за бы от был все "
    "бюджет отчёт счёт договор проект задача решение срок клиент встреча"
)
QUERIES = (
    "бюджета",
    "отчетность",
    "и",
    "что",
    "и в не",
    "в",
    "бюдж",
    "пр",
    '"на я что"',
    "и в не на я что с это",
    "договор проект решение",
    "нетакогослова",
)
_ENDINGS = ["", "а", "у", "ом", "е", "ы", "ов", "ами", "ный", "ного", "ться", "ет", "али"]


def vocabulary(rng: random.Random) -> list[str]:
    """30,000 words, the commonest first."""

    def syllable() -> str:
        return rng.choice("бвгджзклмнпрстфхцчш") + rng.choice("аеиоуя")

    made = {
        "".join(syllable() for _ in range(rng.randint(2, 3))) + rng.choice(_ENDINGS)
        for _ in range(32_000)
    }
    return [*COMMON.split(), *sorted(made)[:30_000]]


def segments(words: list[str], weights: list[float], count: int, track: str, rng: random.Random):
    """So many segments of WORDS words."""
    for number in range(count):
        said = rng.choices(words, cum_weights=weights, k=WORDS)
        at = number * 4.0
        yield Segment(
            f"{track}-{number:06}",
            at,
            at + 3.9,
            " ".join(said),
            tuple(
                Word(at + i * 0.39, at + i * 0.39 + 0.3, " " + w, 0.9, f"{track}-a")
                for i, w in enumerate(said)
            ),
            f"{track}-a",
            track,
        )


def fill(library: Library) -> None:
    """Put the meetings in."""
    rng = random.Random(1)
    words = vocabulary(rng)
    weights = list(accumulate(1 / (rank + 3) for rank in range(len(words))))
    for number in range(MEETINGS + 1):
        count = LONG if number == MEETINGS else SEGMENTS
        meeting = f"m{number:05}"
        track = Track(f"t{number:05}", meeting, TrackKind.FILE, f"/звук/{number}.wav")
        started = f"2026-{1 + number // 90:02}-{1 + number % 28:02}T10:00:00+00:00"
        library.add_meeting(
            Meeting(meeting, f"Встреча {number}", started, 3600.0, "ru", MeetingStatus.READY),
            [track],
        )
        said = list(segments(words, weights, count, track.id, rng))
        library.append_asr(track.id, said)
        began = time.perf_counter()
        library.replace_segments(
            meeting,
            [Speaker(f"{track.id}-a", 1, embedding=(0.1,) * 192)],
            said,
            [SpeakerTurn(s.start, s.end, f"{track.id}-a") for s in said],
        )
        if number == MEETINGS:
            print(f"store {LONG} segments: {time.perf_counter() - began:.2f} s")


def timed(name: str, work: Callable[[], object], times: int = 5) -> None:
    """Print the first and the best time of some work."""
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        found = work()
        taken.append((time.perf_counter() - began) * 1000)
    size = len(found) if isinstance(found, list) else ""
    print(f"{name:45} first {taken[0]:8.1f} ms   best {min(taken):8.1f} ms   {size}", flush=True)


def main() -> None:
    """Measure."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(sys.argv[1] if len(sys.argv) > 1 else made)
        path = folder / "library.db"
        filled = path.exists()
        with Library(path, folder / "backups") as library:
            if not filled:
                began = time.perf_counter()
                fill(library)
                print(f"fill: {time.perf_counter() - began:.1f} s")
        print(f"size: {path.stat().st_size / 2**20:.0f} MiB")
        timed("open", lambda: Library(path, folder / "backups").close())
        with Library(path, folder / "backups") as library:
            timed("list", library.meetings)
            timed("transcript of 200 segments", lambda: library.transcript("m00500"))
            timed("transcript of 20,000 segments", lambda: library.transcript(f"m{MEETINGS:05}"))
            for query in QUERIES:
                timed(f"search {query}", lambda q=query: library.search(q))
            timed("check", library.check, 1)
            timed("backup", lambda: library.backup(folder / "copy.db"), 1)
            (folder / "copy.db").unlink()
            if not filled:
                timed("delete one of 200 segments", lambda: library.delete_meeting("m00500"), 1)


if __name__ == "__main__":
    main()
