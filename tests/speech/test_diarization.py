"""The real pyannote pipeline over the embedded weights."""

import itertools
import os

import numpy as np
import pytest

from voicerec_desktop.core.cancel import CancelToken
from voicerec_desktop.core.errors import Cancelled, ErrorCode, KnownError
from voicerec_desktop.messages import Diarize
from voicerec_desktop.sound import SAMPLE_RATE
from voicerec_desktop.speech import diarization
from voicerec_desktop.speech.diarization import PyannoteDiarizer, device_error

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def diarizer(models):
    return PyannoteDiarizer(models / "diarization-embedded", "cpu")


@pytest.fixture(scope="module")
def audio(sample):
    import soundfile

    return soundfile.read(sample, dtype="float32")[0]


def run(diarizer, audio, on_progress=lambda _: None, cancel=None, **hints):
    request = Diarize(audio="", model="", track_id="t", **hints)
    return diarizer.diarize(audio, request, on_progress, cancel or CancelToken())


def truth(sample):
    rows = [line.split() for line in sample.with_suffix(".rttm").read_text().splitlines()]
    return [(float(row[3]), float(row[3]) + float(row[4]), row[7]) for row in rows]


def agreement(turns, truth):
    """Share of the reference's speech given to its speakers, under the best naming of two."""
    ours = sorted({turn.speaker_id for turn in turns})
    theirs = sorted({name for *_, name in truth})
    best = 0.0
    for names in itertools.permutations(ours, min(len(ours), len(theirs))):
        called = dict(zip(names, theirs, strict=False))
        best = max(
            best,
            sum(
                max(0.0, min(turn.end, end) - max(turn.start, start))
                for turn in turns
                for start, end, name in truth
                if called.get(turn.speaker_id) == name
            ),
        )
    return best / sum(end - start for start, end, _ in truth)


@pytest.fixture(scope="module")
def conversation(diarizer, audio):
    """The sample's diarization and the progress that was told."""
    told = []
    return run(diarizer, audio, told.append), told


def test_a_conversation_of_two_has_two_speakers_where_they_are(conversation, sample):
    found, _ = conversation
    assert [(s.number, s.colour) for s in found.speakers] == [(1, 0), (2, 1)]
    assert found.turns[0].speaker_id == found.speakers[0].id
    assert agreement(found.turns, truth(sample)) > 0.9


def test_overlapping_speech_is_kept_and_the_exclusive_turns_have_none(conversation):
    found, _ = conversation

    def overlaps(turns):
        return sum(
            b.start < a.end - 1e-6
            for a, b in itertools.pairwise(sorted(turns, key=lambda t: t.start))
        )

    assert overlaps(found.turns) > 0
    assert overlaps(found.exclusive) == 0


def test_each_speaker_has_a_voice_of_unit_length(conversation):
    found, _ = conversation
    voices = np.array([speaker.embedding for speaker in found.speakers])
    assert voices.shape == (2, 192)
    assert np.linalg.norm(voices, axis=1) == pytest.approx([1, 1])
    assert voices[0] @ voices[1] < 0.7


def test_progress_rises_to_one(conversation):
    _, told = conversation
    assert told == sorted(told)
    assert len({round(done, 2) for done in told}) > 3
    assert told[0] < 0.5
    assert told[-1] == 1.0


@pytest.mark.parametrize("exact", [1, 3])
def test_an_exact_number_of_speakers_is_kept(diarizer, audio, exact):
    found = run(diarizer, audio, min_speakers=exact, max_speakers=exact)
    assert len(found.speakers) == exact
    assert {turn.speaker_id for turn in found.turns} == {s.id for s in found.speakers}


def test_cancelling_stops_it_where_it_is(diarizer, audio):
    cancel = CancelToken()
    told = []

    def on_progress(done):
        told.append(done)
        cancel.cancel()

    with pytest.raises(Cancelled):
        run(diarizer, audio, on_progress, cancel)
    assert len(told) == 1


@pytest.mark.parametrize(
    "sound",
    [
        np.zeros(0, np.float32),
        np.zeros(int(0.2 * SAMPLE_RATE), np.float32),
        np.zeros(12 * SAMPLE_RATE, np.float32),
    ],
    ids=["nothing", "a fifth of a second", "silence"],
)
def test_where_nobody_speaks_there_is_no_speaker(diarizer, sound):
    found = run(diarizer, sound)
    assert found.speakers == ()
    assert found.turns == ()


@pytest.mark.filterwarnings("ignore::RuntimeWarning")  # pyannote's, about the mean of no voice
def test_a_word_of_a_fifth_of_a_second_is_no_trouble(diarizer, audio):
    found = run(diarizer, audio[int(11.0 * SAMPLE_RATE) : int(11.2 * SAMPLE_RATE)])
    assert len(found.speakers) <= 1
    assert all(0 <= turn.start < turn.end <= 0.2 for turn in found.turns)


def test_no_turn_goes_on_beyond_the_end(diarizer, audio):
    """He is cut off in the middle of a word, far from the end of a window."""
    found = run(diarizer, audio[: 13 * SAMPLE_RATE])
    assert max(turn.end for turn in found.turns) == pytest.approx(13.0, abs=0.1)
    assert max(turn.end for turn in (*found.turns, *found.exclusive)) <= 13.0


def test_blocks_of_a_long_recording_have_the_same_two_speakers(
    diarizer, audio, conversation, sample, monkeypatch
):
    """What only folders of pyannote pipelines need: clustering with bounded memory."""
    monkeypatch.setattr(diarization, "BLOCK", 40.0)
    monkeypatch.setattr(diarizer, "_streams", False)
    told = []
    found = run(diarizer, np.concatenate([audio, audio]), told.append)
    assert len(found.speakers) == 2
    twice = truth(sample)
    twice += [(start + 30, end + 30, name) for start, end, name in twice]
    assert agreement(found.turns, twice) > 0.85
    assert told == sorted(told)
    assert told[-1] == pytest.approx(1.0)


@pytest.mark.parametrize("file", ["segmentation.bin", "campplus.pt"])
@pytest.mark.parametrize("how", ["cut short", "garbage", "empty"])
def test_damaged_weights_are_told_as_a_damaged_model(models, tmp_path, file, how):
    good = models / "diarization-embedded"
    folder = tmp_path / "diarization-embedded"
    folder.mkdir()
    for path in good.iterdir():
        os.link(path, folder / path.name)
    data = (good / file).read_bytes()
    (folder / file).unlink()
    bad = {"cut short": data[: len(data) // 2], "garbage": b"\x13garbage" * 999, "empty": b""}
    (folder / file).write_bytes(bad[how])
    with pytest.raises(KnownError) as raised:
        PyannoteDiarizer(folder, "cpu")
    assert raised.value.code == ErrorCode.MODEL_CORRUPT
    assert raised.value.params["id"] == "diarization-embedded"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("CUDA out of memory. Tried to allocate 2.00 GiB", ErrorCode.OUT_OF_MEMORY),
        ("DefaultCPUAllocator: can't allocate memory: you tried to", ErrorCode.OUT_OF_MEMORY),
        ("DefaultCPUAllocator: not enough memory: you tried to", ErrorCode.OUT_OF_MEMORY),
        ("CUDA error: no kernel image is available for execution", ErrorCode.NO_DEVICE),
        ("Found no NVIDIA driver on your system. CUDA", ErrorCode.NO_DEVICE),
        ("cuDNN error: CUDNN_STATUS_EXECUTION_FAILED", ErrorCode.NO_DEVICE),
        ("The size of tensor a (3) must match the size of tensor b (4)", None),
    ],
)
def test_what_torch_says_of_a_device(text, code):
    known = device_error(RuntimeError(text))
    assert (known and known.code) == code


def test_memory_that_really_is_not_there_is_told():
    import torch

    with pytest.raises(RuntimeError) as raised:
        torch.empty(2**50, dtype=torch.float32)
    assert device_error(raised.value).code == ErrorCode.OUT_OF_MEMORY
