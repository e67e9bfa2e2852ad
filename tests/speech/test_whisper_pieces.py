"""What becomes of Whisper's windows: segments, doubts, second looks and errors."""

from pathlib import Path

import pytest
from faster_whisper.transcribe import Segment as Chunk
from faster_whisper.transcribe import Word as Said
from hypothesis import given
from hypothesis import strategies as st

from voicerec_desktop.core.errors import ErrorCode
from voicerec_desktop.core.model import DOUBTFUL, Word
from voicerec_desktop.speech import whisper

TALK = " We meet again on Monday. Please bring the numbers for the second quarter."


def chunk(
    text: str = TALK,
    start: float = 0.0,
    *,
    step: float = 0.3,
    logprob: float = -0.3,
    compression: float = 1.2,
    no_speech: float = 0.05,
    probability: float = 0.9,
) -> Chunk:
    """A window as faster-whisper gives it, a word every `step` seconds."""
    words = [
        Said(start + i * step, start + i * step + step * 0.9, f" {word}", probability)
        for i, word in enumerate(text.split())
    ]
    return Chunk(
        id=1, seek=0, start=start, end=start + 30, text=text, tokens=[], avg_logprob=logprob,
        compression_ratio=compression, no_speech_prob=no_speech, words=words, temperature=0.0,
    )  # fmt: skip


LOOP = " and then we go" * 12


def test_a_window_is_cut_into_sentences_at_the_times_of_their_words():
    first, second = whisper._segments([chunk(start=2.0)], [(0, 30)], 600.0, "track")
    assert first.text == "We meet again on Monday."
    assert second.text == "Please bring the numbers for the second quarter."
    assert (first.start, first.end) == pytest.approx((602.0, 602.0 + 4 * 0.3 + 0.27))
    assert second.start == pytest.approx(602.0 + 5 * 0.3)
    assert [word.text for word in first.words] == [" We", " meet", " again", " on", " Monday."]
    assert first.words[1].start == pytest.approx(602.3)
    assert {first.track_id, second.track_id} == {"track"}
    assert (first.avg_logprob, first.no_speech_prob) == (-0.3, 0.05)
    assert first.id != second.id
    assert first.flags == second.flags == ()


def test_a_pause_ends_a_segment():
    early, late = chunk(" so far so good"), chunk(" and now the rest", 10.0)
    joined = chunk()
    joined.words = [*early.words, *late.words]
    texts = [s.text for s in whisper._segments([joined], [(0, 30)], 0, "t")]
    assert texts == ["so far so good", "and now the rest"]


def test_segments_of_a_second_look_come_in_their_place():
    found = whisper._segments(
        [chunk(" the end of it", 20.0), chunk(" the start of it", 3.0)], [(0, 30)], 0, "t"
    )
    assert [segment.text for segment in found] == ["the start of it", "the end of it"]


def test_credits_behind_speech_are_flagged_and_the_speech_is_not():
    text = " We meet again on Monday. Субтитры сделал DimaTorzok"
    spoken, made_up = whisper._segments([chunk(text)], [(0, 30)], 0, "t")
    assert spoken.flags == ()
    assert made_up.text == "Субтитры сделал DimaTorzok"
    assert made_up.flags == (DOUBTFUL + "credits",)


def test_text_without_speech_under_it_is_flagged_and_kept():
    (heard, made_up) = whisper._segments([chunk()], [(0.0, 1.5)], 0, "t")
    assert heard.flags == ()
    assert made_up.flags == (DOUBTFUL + "no_speech",)
    assert made_up.text.startswith("Please bring")


def test_a_loop_is_flagged_whole():
    found = whisper._segments([chunk(LOOP, compression=5.0)], [(0, 30)], 0, "t")
    assert found
    assert {segment.flags for segment in found} == {(DOUBTFUL + "loop",)}


def test_a_window_without_words_gives_nothing():
    assert whisper._segments([chunk("")], [(0, 30)], 0, "t") == []


@pytest.mark.parametrize(
    ("window", "bad"),
    [
        (chunk(), False),
        (chunk(logprob=-1.5), True),
        (chunk(logprob=-1.5, no_speech=0.9), False),  # silence: nothing to understand
        (chunk(LOOP, compression=5.0), True),
        (chunk(compression=5.0), False),  # a list of numbers compresses, too
        (chunk(LOOP, compression=2.0), False),
    ],
)
def test_loops_and_speech_that_was_not_understood_are_decoded_again(window, bad):
    assert whisper._bad(window) is bad


@pytest.mark.parametrize(
    ("window", "sure"),
    [(chunk(), True), (chunk(logprob=-0.9), False), (chunk(compression=3.0), False)],
)
def test_a_second_look_is_believed_only_when_sure(window, sure):
    assert whisper._sure(window) is sure


def test_a_part_decoded_alone_moves_to_its_place():
    moved = whisper._shifted(chunk(start=1.0), 40.0)
    assert (moved.start, moved.end) == (41.0, 71.0)
    assert (moved.words[1].start, moved.words[1].end) == pytest.approx((41.3, 41.57))
    assert moved.text == TALK


def words(*spans: tuple[float, float]) -> list[Word]:
    return [Word(start, end, " x", 0.9) for start, end in spans]


@pytest.mark.parametrize(
    ("until", "said", "spans", "last", "missed"),
    [
        pytest.param(0, [(5, 5.5)], [(0, 10)], False, [(0, 5)], id="before the first word"),
        pytest.param(0, [(5, 5.5)], [(0, 10)], True, [(0, 5), (5.5, 10)], id="after the last"),
        pytest.param(0, [(0, 1), (1.5, 2)], [(0, 2)], True, [], id="a pause between words"),
        pytest.param(4, [(4.5, 5)], [(0, 5)], True, [], id="heard before"),
        pytest.param(0, [], [(3, 5), (7, 7.5)], True, [(3, 5)], id="no words at all"),
        pytest.param(0, [], [(3, 5)], False, [], id="more words may come"),
        pytest.param(0, [(0, 9), (9, 10)], [(0, 10)], True, [(1.5, 9)], id="a stretched word"),
        pytest.param(0, [(0, 1), (8, 9)], [(0, 3), (5, 9)], True, [(1, 3), (5, 8)], id="two"),
        pytest.param(0, [], [(0, 60)], True, [(0, 30), (30, 60)], id="longer than a window"),
    ],
)
def test_speech_without_words_is_found(until, said, spans, last, missed):
    end = max(b for _, b in spans)
    assert whisper._missed(until, words(*said), end, spans, last) == missed


times = st.lists(st.floats(0, 500), min_size=2, max_size=30, unique=True).map(sorted)


@given(spoken=times, said=times)
def test_second_looks_are_at_speech_only_and_fit_whisper_s_window(spoken, said):
    spans = list(zip(spoken[::2], spoken[1::2], strict=False))
    pairs = list(zip(said[::2], said[1::2], strict=False))
    found = whisper._missed(0.0, words(*pairs), 500.0, spans, True)
    for start, end in found:
        assert 0 < end - start <= whisper.WINDOW + 1e-6
        assert whisper.overlap(start, end, spans) == pytest.approx(end - start)
        for word in words(*pairs):
            assert whisper.overlap(start, end, [(word.start, whisper._said(word))]) < 1e-6
    left = sorted([*found, *((word.start, whisper._said(word)) for word in words(*pairs))])
    for (_, before), (after, _) in zip([(0.0, 0.0), *left], [*left, (500.0, 500.0)], strict=True):
        gaps = [(max(a, before), min(b, after)) for a, b in spans]
        assert all(b - a < whisper.MISSED + 1e-6 for a, b in gaps)


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (RuntimeError("CUDA failed with error out of memory"), ErrorCode.OUT_OF_MEMORY),
        (
            RuntimeError("cuDNN failed with status CUDNN_STATUS_ALLOC_FAILED"),
            ErrorCode.OUT_OF_MEMORY,
        ),
        (MemoryError(), ErrorCode.OUT_OF_MEMORY),
        (RuntimeError("CUDA driver version is insufficient"), ErrorCode.NO_DEVICE),
        (RuntimeError("Library libcublas.so.12 is not found"), ErrorCode.NO_DEVICE),
        (RuntimeError("Unsupported model binary version"), ErrorCode.MODEL_CORRUPT),
        (RuntimeError("something else"), ErrorCode.ENGINE_FAILED),
    ],
)
def test_an_engine_s_error_is_told_by_its_kind(error, code):
    known = whisper._translate(error, Path("models/whisper-base"))
    assert known.code == code


def test_whatever_goes_wrong_with_a_model_while_it_loads_is_the_model():
    known = whisper._translate(ValueError("no vocabulary"), Path("models/base"), loading=True)
    assert known.code == ErrorCode.MODEL_CORRUPT
    assert known.params["id"] == "base"
