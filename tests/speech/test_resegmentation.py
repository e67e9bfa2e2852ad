"""Stretches go to the speaker whose voice they have, and only where that is clear."""

import numpy as np
import pytest

from voicerec_desktop.core.model import Diarization, Speaker, SpeakerTurn
from voicerec_desktop.speech.resegmentation import resegment, speech_and_changes

ANNA, BORIS = (1.0, 0.0), (0.0, 1.0)
TURN = SpeakerTurn


def found(*turns, exclusive=None):
    speakers = (Speaker("a", 1, embedding=ANNA), Speaker("b", 2, embedding=BORIS))
    return Diarization(tuple(turns), tuple(exclusive or turns), speakers)


def heard(*boris, share=1.0):
    """Anna's voice everywhere but in these spans, where it is Boris's by this share."""

    def voice(start, end):
        middle = (start + end) / 2
        if any(a <= middle <= b for a, b in boris):
            vector = np.array([1 - share, share])
            return vector / np.linalg.norm(vector)
        return np.array(ANNA)

    return voice


def test_a_sentence_that_went_to_the_wrong_person_is_given_back():
    result = resegment(
        found(TURN(0, 10, "a"), TURN(12, 15, "b")), [4.0, 7.0], heard((4, 7), (12, 15))
    )
    expected = [TURN(0, 4, "a"), TURN(4, 7, "b"), TURN(7, 10, "a"), TURN(12, 15, "b")]
    assert list(result.exclusive) == expected
    assert list(result.turns) == expected


def test_what_is_not_clearly_another_voice_stays():
    before = found(TURN(0, 10, "a"), TURN(12, 15, "b"))
    unsure = heard((4, 7), (12, 15), share=0.51)
    assert resegment(before, [4.0, 7.0], unsure) == before


@pytest.mark.parametrize("changes", [[4.0, 4.1], [0.1], [9.9]])
def test_stretches_too_short_to_tell_are_not_cut_off(changes):
    before = found(TURN(0, 10, "a"), TURN(12, 15, "b"))
    result = resegment(before, changes, heard((4, 4.1), (0, 0.1), (9.9, 10), (12, 15)))
    assert result.turns == before.turns


def test_overlapping_speech_is_left_as_it_is():
    overlap = found(TURN(0, 5, "a"), TURN(1, 5, "b"), exclusive=[TURN(0, 1, "a"), TURN(1, 5, "a")])
    result = resegment(overlap, [], heard((1, 5)))
    assert result.turns == overlap.turns
    assert {turn.speaker_id for turn in result.exclusive} == {"a"}


def test_a_speaker_who_loses_every_word_is_gone():
    result = resegment(found(TURN(0, 5, "a"), TURN(6, 9, "b")), [], heard())
    assert [speaker.id for speaker in result.speakers] == ["a"]
    assert {turn.speaker_id for turn in result.turns} == {"a"}


def test_one_voice_or_none_is_left_alone():
    alone = Diarization((TURN(0, 5, "a"),), (TURN(0, 5, "a"),), (Speaker("a", 1, embedding=ANNA),))
    assert resegment(alone, [2.0], heard((0, 5))) == alone
    assert resegment(Diarization(), [], heard()) == Diarization()


def windows(*spans, count=4, step=2.0, duration=10.0, per_second=10):
    """What windows of 10 s every 2 s say of one speaker who speaks in these spans."""
    data = np.zeros((count, int(duration * per_second), 2), np.float32)
    for at in range(count):
        times = at * step + np.arange(data.shape[1]) / per_second
        for start, end in spans:
            data[at, (times >= start - 1e-9) & (times < end - 1e-9), 0] = 1
    return data


def test_windows_that_agree_give_the_speech_and_its_changes():
    speech, changes = speech_and_changes(windows((3.0, 6.0), (8.0, 9.0)), 2.0, 10.0)
    assert changes == pytest.approx([3.0, 6.0, 8.0, 9.0], abs=0.11)
    spoken = np.flatnonzero(speech) / 10
    assert set(np.round(spoken, 1)) == {
        *np.round(np.arange(3.0, 6.0, 0.1), 1),
        *np.round(np.arange(8.0, 9.0, 0.1), 1),
    }


def test_a_change_that_only_one_window_of_many_sees_is_none():
    data = windows((3.0, 14.0), count=20, step=0.5)
    data[4, 40, 0] = 0  # 6.0 s, in one window only
    _, changes = speech_and_changes(data, 0.5, 10.0)
    assert changes == pytest.approx([3.0, 14.0], abs=0.11)


def test_silence_has_neither():
    speech, changes = speech_and_changes(windows(), 2.0, 10.0)
    assert not speech.any()
    assert changes == []
