"""Voices pooled from shared frames are those that the network gives for the same frames."""

import numpy as np
import pytest
import torch

from voicerec_desktop.sound import SAMPLE_RATE
from voicerec_desktop.speech.campplus import DIMENSION, FEATURES, CamPlusPlus
from voicerec_desktop.speech.embedding import FRAMES_PER_SECOND, MIN_FRAMES, CamPlusPlusEmbedding

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def weights(models):
    return models / "diarization-embedded" / "campplus.pt"


@pytest.fixture(scope="module")
def embedding(weights):
    return CamPlusPlusEmbedding(weights)


@pytest.fixture(scope="module")
def audio(sample):
    import soundfile

    data, rate = soundfile.read(sample, dtype="float32")
    assert rate == SAMPLE_RATE
    return torch.from_numpy(data)


@pytest.fixture(scope="module")
def frames(embedding, audio):
    """All frames of the sample, with everything taken for speech."""
    return torch.cat(list(embedding.frames(audio, np.ones(300, bool), 10.0)), dim=-1)


def cosine(a, b):
    return float(np.dot(a, b) / np.linalg.norm(a) / np.linalg.norm(b))


def test_there_are_fifty_frames_a_second_to_the_end(frames, audio):
    assert frames.shape[1] == len(audio) // (SAMPLE_RATE // 50)


def test_pooling_all_frames_is_running_the_network(weights):
    features = torch.from_numpy(np.random.default_rng(0).normal(size=(1, 400, FEATURES))).float()
    network = CamPlusPlus.load(weights)
    with torch.inference_mode():
        whole = network(features)[0].numpy()
        shared = network.frames(features)[0]
    embedding = CamPlusPlusEmbedding(weights)
    pooled = embedding.pool(shared, np.ones(77, np.float32))
    assert pooled.shape == (DIMENSION,)
    np.testing.assert_allclose(pooled, whole, rtol=1e-4, atol=1e-4)


def test_a_mask_chooses_the_frames_whatever_its_resolution(embedding, frames):
    mask = np.zeros(293, np.float32)
    mask[100:200] = 1
    part = frames[:, :500]
    at = (np.arange(500) * 293 / 500).astype(int)
    with torch.inference_mode():
        expected = embedding._network.pool(part[:, torch.from_numpy(mask[at] > 0.5)][None])[0]
    np.testing.assert_allclose(embedding.pool(part, mask), expected.numpy(), rtol=1e-4, atol=1e-4)


@pytest.mark.parametrize(
    ("owned", "known"), [(0, False), (MIN_FRAMES - 1, False), (MIN_FRAMES, True)]
)
def test_too_few_frames_say_nothing_about_a_voice(embedding, frames, owned, known):
    mask = np.zeros(500, np.float32)
    mask[:owned] = 1
    assert np.isfinite(embedding.pool(frames[:, :500], mask)).all() == known


def test_one_person_is_more_like_themself_than_like_the_other(embedding, frames):
    """Who speaks when is in the sample's rttm."""

    def voice(start, end):
        first, last = int(start * FRAMES_PER_SECOND), int(end * FRAMES_PER_SECOND)
        return embedding.pool(frames[:, first:last], np.ones(10, np.float32))

    him, him_later = voice(10.7, 14.4), voice(18.7, 21.4)
    her, her_later = voice(14.8, 17.9), voice(22.0, 27.7)
    same = min(cosine(him, him_later), cosine(her, her_later))
    assert same > max(cosine(him, her), cosine(him_later, her_later)) + 0.1


def test_cells_of_a_tenth_of_a_second_give_the_same_voice_as_all_frames(embedding, frames):
    cells = embedding.cells(frames.shape[1] / FRAMES_PER_SECOND)
    for at in range(0, frames.shape[1], 333):  # pieces that are no whole number of cells
        cells.append(frames[:, at : at + 333])
    for start, end in ((0.0, 10.0), (12.3, 14.1), (20.0, 29.9)):
        part = frames[:, round(start * FRAMES_PER_SECOND) : round(end * FRAMES_PER_SECOND)]
        exact = embedding.pool(part, np.ones(10, np.float32))
        voice = cells.voice(start, end)
        assert np.linalg.norm(voice) == pytest.approx(1, abs=1e-4)
        assert cosine(voice, exact) > 0.999


def test_a_stretch_beyond_the_end_has_no_voice(embedding, frames):
    cells = embedding.cells(frames.shape[1] / FRAMES_PER_SECOND)
    assert cells.voice(0, 1) is None
    cells.append(frames)
    assert cells.voice(1000, 1001) is None


@pytest.mark.parametrize("seconds", [0.1, 0.2, 1.0, 10.0, 14.9])
def test_recordings_of_any_length_have_frames(embedding, audio, seconds):
    part = audio[: int(seconds * SAMPLE_RATE)]
    speech = np.ones(max(1, int(seconds * 10)), bool)
    total = sum(frames.shape[-1] for frames in embedding.frames(part, speech, 10.0))
    assert total == len(part) // 320
