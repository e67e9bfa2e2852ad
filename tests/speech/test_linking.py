"""The same person in two blocks of a long recording is one speaker."""

import numpy as np
import pytest

from voicerec_desktop.core.model import Diarization, Speaker, SpeakerTurn
from voicerec_desktop.speech.linking import link

ANNA, BORIS, VERA = np.eye(3)


def voice(*parts):
    vector = np.sum(parts, axis=0)
    return tuple(float(x) for x in vector / np.linalg.norm(vector))


def block(*voices, start=0.0):
    """Speakers of a block, one second each in order."""
    speakers, turns = [], []
    for number, embedding in enumerate(voices, 1):
        speakers.append(Speaker(f"t-s{number}", number, colour=number - 1, embedding=embedding))
        turns.append(SpeakerTurn(start + number - 1, start + number, f"t-s{number}"))
    return Diarization(tuple(turns), tuple(turns), tuple(speakers))


def order(found):
    return [(turn.start, turn.speaker_id) for turn in found.turns]


def test_speakers_are_known_again_by_their_voices_and_times_count_from_the_start():
    first = block(voice(ANNA), voice(BORIS))
    second = block(voice(BORIS, 0.2 * ANNA), voice(ANNA, 0.2 * VERA))
    found = link([(0.0, first), (100.0, second)], "t")
    assert order(found) == [(0, "t-s1"), (1, "t-s2"), (100, "t-s2"), (101, "t-s1")]
    assert found.exclusive == found.turns
    assert [(s.id, s.number, s.colour) for s in found.speakers] == [("t-s1", 1, 0), ("t-s2", 2, 1)]


def test_a_voice_like_none_before_is_a_new_speaker():
    found = link([(0.0, block(voice(ANNA))), (9.0, block(voice(VERA), voice(ANNA)))], "t")
    assert order(found) == [(0, "t-s1"), (9, "t-s2"), (10, "t-s1")]
    assert len(found.speakers) == 2


def test_two_speakers_of_a_block_never_become_one():
    """Both are most like Anna; the better one is Anna, the other one takes what is left."""
    first = block(voice(ANNA, 0.3 * BORIS), voice(BORIS, 0.9 * ANNA))
    second = block(voice(ANNA, 0.2 * BORIS), voice(ANNA, 0.5 * BORIS))
    found = link([(0.0, first), (10.0, second)], "t")
    assert order(found)[2:] == [(10, "t-s1"), (11, "t-s2")]


def test_the_best_pairs_are_those_that_fit_best_together():
    """Greedily the first would take speaker 2 (0.8 against 0.6) and leave the second one alone."""
    first = block((1.0, 0.0, 0.0), (0.0, 1.0, 0.0))
    second = block((0.6, 0.8, 0.0), (0.0, 0.9, 0.43588989))
    found = link([(0.0, first), (10.0, second)], "t")
    assert order(found)[2:] == [(10, "t-s1"), (11, "t-s2")]


def test_a_speaker_without_a_voice_is_kept_apart():
    found = link([(0.0, block(voice(ANNA))), (5.0, block((), voice(ANNA)))], "t")
    assert order(found) == [(0, "t-s1"), (5, "t-s2"), (6, "t-s1")]


@pytest.mark.parametrize("others", [(), voice(BORIS), voice(VERA, 0.1 * BORIS)])
def test_no_more_speakers_than_there_are_said_to_be(others):
    first = block(voice(ANNA), voice(BORIS))
    found = link([(0.0, first), (10.0, block(others))], "t", most=2)
    assert len(found.speakers) == 2
    assert {turn.speaker_id for turn in found.turns} == {"t-s1", "t-s2"}


def test_the_voice_of_a_speaker_is_the_mean_of_all_blocks():
    blocks = [(10.0 * i, block(voice(ANNA, 0.3 * x))) for i, x in enumerate((BORIS, VERA, BORIS))]
    (anna,) = link(blocks, "t").speakers
    mean = np.sum([found.speakers[0].embedding for _, found in blocks], axis=0)
    assert np.dot(anna.embedding, mean / np.linalg.norm(mean)) > 0.999
    assert np.linalg.norm(anna.embedding) == pytest.approx(1)


def test_blocks_in_which_nobody_speaks_change_nothing():
    found = link([(0.0, Diarization()), (10.0, block(voice(ANNA))), (20.0, Diarization())], "t")
    assert order(found) == [(10, "t-s1")]
    assert link([], "t") == Diarization()
