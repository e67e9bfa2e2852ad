"""Windows: cut the same way every time, and words that stay in theirs."""

from types import SimpleNamespace

import numpy as np
import pytest
import soundfile
from hypothesis import given
from hypothesis import strategies as st

from voicerec_desktop.core.cancel import CancelToken
from voicerec_desktop.messages import SegmentsFound, Transcribe
from voicerec_desktop.sound import SAMPLE_RATE
from voicerec_desktop.speech import windows
from voicerec_desktop.speech.whisper import WhisperTranscriber


@pytest.fixture(scope="module")
def conversation(sample):
    """The sample three times: three windows."""
    samples, _ = soundfile.read(sample, dtype="float32")
    return np.concatenate([samples] * 3)


@pytest.mark.model
def test_work_goes_on_after_any_window_as_if_it_had_not_been_interrupted(models, conversation):
    folder = models / "whisper-base"
    whisper = WhisperTranscriber(folder, "cpu", "int8")

    def found(start: float) -> list[list[tuple]]:
        request = Transcribe(audio="", model=str(folder), language="en", start=start)
        messages = whisper.transcribe(conversation, request, CancelToken())
        return [
            [(s.text, s.flags, s.end) for s in message.segments]
            for message in messages
            if isinstance(message, SegmentsFound) and message.segments
        ]

    whole = found(0.0)
    assert len(whole) == 3
    for known in range(1, len(whole) + 1):
        rest = found(whole[known - 1][-1][2])
        assert [[s[:2] for s in message] for message in rest] == [
            [s[:2] for s in message] for message in whole[known:]
        ]
        ends = [s[2] for message in whole[known:] for s in message]
        assert [s[2] for message in rest for s in message] == pytest.approx(ends, abs=0.1)


@pytest.mark.model
def test_windows_hold_all_speech_and_never_more_than_whisper_takes(conversation):
    cut = windows.cut_windows(conversation)
    assert sum(end - start for start, end in cut.speech) == len(cut.spoken)
    assert [clip[0] for clip in cut.clips] == [0, *(clip[1] for clip in cut.clips[:-1])]
    assert cut.clips[-1][1] == len(cut.spoken)
    assert all(b - a <= windows.WINDOW * SAMPLE_RATE for a, b in cut.clips)
    assert windows.cut_windows(np.zeros(5 * SAMPLE_RATE, np.float32)).after(0.0) == []


@given(st.integers(0, 2**40))
def test_the_samples_that_are_meant_survive_seconds(sample):
    clip = (sample, sample + 1)
    cut = windows.Windows((clip,), np.zeros(0, np.float32), (clip,), (0.0,))
    [seconds] = cut.after(0.0)
    assert (int(seconds["start"] * SAMPLE_RATE), int(seconds["end"] * SAMPLE_RATE)) == clip


def test_a_word_that_whisper_stretches_stays_in_its_window():
    second = SAMPLE_RATE
    speech = ((0, 2 * second), (10 * second, 12 * second))
    clips = ((0, 2 * second), (2 * second, 4 * second))
    cut = windows.Windows(speech, np.zeros(4 * second, np.float32), clips, (0.0, 10.0))
    word = SimpleNamespace(start=1.5, end=3.9, word=" да")
    last = SimpleNamespace(start=2.3, end=2.9, word=" нет")
    chunks = [
        SimpleNamespace(seek=0, words=[word], start=0, end=0),
        SimpleNamespace(seek=200, words=[last], start=0, end=0),
    ]
    list(cut.restored(chunks))
    assert (word.start, word.end) == (1.5, 2.0)
    assert (last.start, last.end) == (10.3, 10.9)
