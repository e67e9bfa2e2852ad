"""Talk time, shares and turns."""

import pytest

from voicerec_desktop.core.model import (
    DOUBTFUL,
    Meeting,
    Segment,
    Speaker,
    SpeakerTurn,
    Transcript,
    Word,
)
from voicerec_desktop.core.talk import talk

SPEAKERS = (Speaker("a", 1), Speaker("b", 2), Speaker("c", 3))


def meeting(*segments, turns=()):
    return Transcript(Meeting("m", "", "2026-01-01T00:00:00+00:00"), (), SPEAKERS, segments, turns)


def said(speaker_id, *times, flags=()):
    words = tuple(Word(start, end, " да", speaker_id=speaker_id) for start, end in times)
    ident = f"{speaker_id}{times[0][0]}"
    return Segment(ident, times[0][0], times[-1][1], "да", words, speaker_id, flags=flags)


def test_long_pauses_are_no_speech_and_short_ones_are():
    found = talk(meeting(said("a", (0, 1), (1.5, 2), (10, 12))))["a"]
    assert found.seconds == pytest.approx(4)
    assert found.longest == (0, 2) or found.longest == (10, 12)


def test_shares_are_of_all_speech_and_who_is_silent_has_none():
    found = talk(meeting(said("a", (0, 3)), said("b", (2, 3))))
    assert [round(found[i].share, 2) for i in "abc"] == [0.75, 0.25, 0.0]
    assert (found["c"].seconds, found["c"].turns) == (0, 0)


def test_segments_of_one_speaker_in_a_row_are_one_turn():
    found = talk(
        meeting(said("a", (0, 1)), said("a", (5, 6)), said("b", (7, 8)), said("a", (9, 10)))
    )
    assert (found["a"].turns, found["b"].turns) == (2, 1)


def test_words_that_overlap_count_once_for_a_speaker():
    assert talk(meeting(said("a", (0, 4), (2, 3))))["a"].seconds == pytest.approx(4)


def test_doubtful_text_is_not_talk():
    doubtful = said("b", (5, 9), flags=(DOUBTFUL + "loop",))
    found = talk(meeting(said("a", (0, 1)), doubtful, said("a", (10, 11))))
    assert found["b"].seconds == 0
    assert found["a"].turns == 1


def test_before_there_is_text_turns_tell():
    found = talk(meeting(turns=(SpeakerTurn(0, 2, "a"), SpeakerTurn(1, 3, "b"))))
    assert (found["a"].seconds, found["b"].turns) == (2, 1)
