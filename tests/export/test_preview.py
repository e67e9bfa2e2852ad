"""What the dialog shows is what the file begins with."""

import io
from dataclasses import replace

import docx
import pytest

from voicerec_desktop.core.model import Segment, Word
from voicerec_desktop.export.preview import LINES, preview
from voicerec_desktop.export.registry import FORMATS, ExportOptions, render


def lines_of(body, name):
    if name == "docx":
        return [p.text for p in docx.Document(io.BytesIO(body)).paragraphs]
    return body.decode().splitlines()


def lengthened(transcript, count):
    """The transcript with more segments and turns of one speaker after the other."""
    people = transcript.speakers
    segments = tuple(
        Segment(
            f"long-{i:05}", 4.0 * i, 4.0 * i + 3, f"Слово {i}.",
            (Word(4.0 * i, 4.0 * i + 1, f" Слово {i}.", 0.9, people[i % 2].id),),
            people[i % 2].id, "t1",
        )
        for i in range(count)
    )  # fmt: skip
    turns = tuple(
        replace(transcript.turns[0], start=s.start, end=s.end, speaker_id=s.speaker_id)
        for s in segments
    )
    return replace(transcript, segments=segments, turns=turns)


@pytest.fixture
def meeting(transcript):
    """Two people, a word each."""
    return transcript((0, 1, "A", "Да."), (1, 2, "B", "Нет."))


@pytest.mark.parametrize("name", FORMATS)
def test_a_short_meeting_is_shown_whole(meeting, name):
    options = ExportOptions(language="ru")
    made = preview(meeting, name, options)
    lines = lines_of(render(meeting, name, options), name)
    assert made.text == "\n".join(lines[:LINES])
    assert made.whole == (len(lines) <= LINES)


@pytest.mark.parametrize("name", FORMATS)
def test_of_a_long_meeting_the_beginning_is_shown(meeting, name):
    long = lengthened(meeting, 5000)
    made = preview(long, name, ExportOptions())
    lines = lines_of(render(long, name, ExportOptions()), name)
    assert not made.whole
    assert made.text == "\n".join(lines[:LINES])
