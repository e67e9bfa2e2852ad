"""Transcripts to export: built from what is said, by whom and when."""

from collections.abc import Callable

import pytest

from voicerec_desktop.core.model import (
    Meeting,
    Segment,
    Speaker,
    SpeakerTurn,
    Stage,
    StageRun,
    StageState,
    Transcript,
    Word,
)

Said = tuple[float, float, str | None, str]
HOSTILE = [
    "# не заголовок",
    "<b>жирно</b> & <script>alert(1)</script>",
    "| a | b |",
    "- пункт",
    "1. пункт",
    "2024) год",
    "+ да",
    "> цитата",
    "*важно* _очень_ **весьма** __да__",
    "`код` ```блок```",
    "[ссылка](http://a.b) ![рисунок](x)",
    "https://example.org/a_b_c?d=1&amp;e",
    "a --> b",
    "--- ===",
    "===",
    "\\* \\ путь C:\\Users\\Иван",
    "{\\an8} <i>x</i> &nbsp; ~нет~",
    "😀👩‍👩‍👧 «ёлка» — naïve 日本語",
    "    четыре пробела",
    "42",
]


@pytest.fixture
def transcript() -> Callable[..., Transcript]:
    """Makes a transcript; a fifth item of a line holds the flags of its segment."""

    def make(*said, names=None, title="Встреча", language="ru", start="2026-03-01T09:30:00+00:00"):
        ids = list(dict.fromkeys(line[2] for line in said if line[2]))
        speakers = tuple(
            Speaker(one, number, (names or {}).get(one), colour=number - 1)
            for number, one in enumerate(ids, 1)
        )
        segments = tuple(_segment(f"s{i}", *line) for i, line in enumerate(said))
        end = max((line[1] for line in said), default=0.0)
        turns = tuple(SpeakerTurn(line[0], line[1], line[2]) for line in said if line[2])
        stages = (StageRun("m1", Stage.ASR, StageState.DONE, {"model": "whisper-base"}, 1.5),)
        meeting = Meeting("m1", title, start, end, language)
        return Transcript(meeting, (), speakers, segments, turns, stages)

    return make


def _segment(name, start, end, speaker, text, flags=()):
    parts = text.split()
    step = (end - start) / max(1, len(parts))
    words = tuple(
        Word(start + i * step, start + (i + 1) * step, f" {part}", 0.9, speaker)
        for i, part in enumerate(parts)
    )
    return Segment(name, start, end, text, words, speaker, "t1", tuple(flags))


@pytest.fixture(params=HOSTILE)
def hostile(request) -> str:
    """Text that some format could take for its own signs."""
    return request.param
