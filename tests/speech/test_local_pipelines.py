"""Folders of pyannote pipelines (3.1, community-1), built here of pyannote's own classes.

Segmentation weights are the real ones; voices come from a network of random weights, so who
speaks is chance, but everything from the files to the result runs as with the published folders.
"""

import os

import numpy as np
import pytest

from voicerec_desktop.core.cancel import CancelToken
from voicerec_desktop.core.errors import ErrorCode, KnownError
from voicerec_desktop.messages import Diarize
from voicerec_desktop.sound import SAMPLE_RATE
from voicerec_desktop.speech.diarization import PyannoteDiarizer

pytestmark = [
    pytest.mark.model,
    pytest.mark.filterwarnings("ignore::UserWarning", "ignore::RuntimeWarning"),
]

V31 = """
version: 3.1.0
pipeline:
  name: pyannote.audio.pipelines.SpeakerDiarization
  params:
    clustering: AgglomerativeClustering
    embedding: pyannote/wespeaker-voxceleb-resnet34-LM
    embedding_batch_size: 32
    embedding_exclude_overlap: true
    segmentation: pyannote/segmentation-3.0
    segmentation_batch_size: 32
params:
  clustering:
    method: centroid
    min_cluster_size: 12
    threshold: 0.7045654963945799
  segmentation:
    min_duration_off: 0.0
"""
COMMUNITY = """
dependencies:
  pyannote.audio: 4.0.0
pipeline:
  name: pyannote.audio.pipelines.SpeakerDiarization
  params:
    clustering: VBxClustering
    segmentation: $model/segmentation
    segmentation_batch_size: 32
    embedding: $model/embedding
    embedding_batch_size: 32
    embedding_exclude_overlap: true
    plda: $model/plda
params:
  clustering:
    threshold: 0.6
    Fa: 0.07
    Fb: 0.8
  segmentation:
    min_duration_off: 0.0
"""


@pytest.fixture(scope="module")
def voices(tmp_path_factory):
    """A checkpoint of WeSpeaker's network as pyannote publishes it, with random weights."""
    import torch
    from pyannote.audio.core.task import Problem, Resolution, Specifications
    from pyannote.audio.models.embedding import WeSpeakerResNet34

    torch.manual_seed(0)
    model = WeSpeakerResNet34()
    model.specifications = Specifications(
        problem=Problem.REPRESENTATION, resolution=Resolution.CHUNK, duration=5.0
    )
    checkpoint = {
        "state_dict": model.state_dict(),
        "hyper_parameters": dict(model.hparams),
        "pytorch-lightning_version": "2.0.0",
    }
    model.on_save_checkpoint(checkpoint)
    path = tmp_path_factory.mktemp("voices") / "pytorch_model.bin"
    torch.save(checkpoint, path)
    return path


def write_plda(folder, dimension=256, lda=128):
    """A projection and a model of voices that are valid, and no more."""
    random = np.random.default_rng(0)
    basis, _ = np.linalg.qr(random.normal(size=(dimension, lda)))
    folder.mkdir()
    np.savez(
        folder / "xvec_transform.npz", mean1=np.zeros(dimension), mean2=np.zeros(lda), lda=basis
    )
    np.savez(folder / "plda.npz", mu=np.zeros(lda), tr=np.eye(lda), psi=np.linspace(2, 0.1, lda))


@pytest.fixture
def build(models, voices, tmp_path):
    def make(config, name="Конвейер nvidia wespeaker"):
        folder = tmp_path / name
        for role in ("segmentation", "embedding"):
            (folder / role).mkdir(parents=True)
        (folder / "config.yaml").write_text(config, encoding="utf-8")
        segmentation = models / "diarization-embedded" / "segmentation.bin"
        os.link(segmentation, folder / "segmentation" / "pytorch_model.bin")
        os.link(voices, folder / "embedding" / "pytorch_model.bin")
        if "VBx" in config:
            write_plda(folder / "plda")
        return folder

    return make


@pytest.fixture
def audio(sample):
    """14 s of the sample in which both speak."""
    import soundfile

    return soundfile.read(sample, dtype="float32")[0][6 * SAMPLE_RATE : 20 * SAMPLE_RATE]


@pytest.mark.parametrize("config", [V31, COMMUNITY], ids=["3.1", "community-1"])
def test_a_pipeline_runs_from_its_folder_alone(build, audio, config):
    """Whatever words its path has, and with every connection refused but to this computer."""
    told = []
    diarizer = PyannoteDiarizer(build(config), "cpu")
    request = Diarize(audio="", model="", track_id="t", max_speakers=3)
    found = diarizer.diarize(audio, request, told.append, CancelToken())
    assert 1 <= len(found.speakers) <= 3
    spoken = sum(turn.end - turn.start for turn in found.exclusive)
    assert spoken > 9, "the segmentation is real, so nearly all speech is found"
    assert all(len(s.embedding) in (0, 256) for s in found.speakers)
    assert {turn.speaker_id for turn in found.turns} <= {s.id for s in found.speakers}
    assert told == sorted(told)
    assert told[-1] == 1.0


def lose(folder, name):
    (folder / name).unlink()


def spoil(folder, name):
    (folder / name).unlink()  # it is linked to the good one
    (folder / name).write_bytes(b"PK\x03\x04 damaged")


@pytest.mark.parametrize("damage", [lose, spoil])
@pytest.mark.parametrize(
    "name",
    [
        "config.yaml",
        "segmentation/pytorch_model.bin",
        "embedding/pytorch_model.bin",
        "plda/plda.npz",
        "plda/xvec_transform.npz",
    ],
)
def test_a_damaged_folder_is_told_and_nothing_is_fetched_for_it(build, name, damage):
    folder = build(COMMUNITY)
    damage(folder, name)
    with pytest.raises(KnownError) as raised:
        PyannoteDiarizer(folder, "cpu")
    assert raised.value.code == ErrorCode.MODEL_CORRUPT


@pytest.mark.parametrize(
    "config",
    [
        "pipeline: 7",
        "pipeline: {name: pyannote.audio.pipelines.SpeakerDiarization}",
        COMMUNITY.replace("SpeakerDiarization", "NoSuchPipeline"),
        COMMUNITY.replace("pyannote.audio.pipelines", "no.such.module"),
        COMMUNITY.replace("VBxClustering", "NoSuchClustering"),
        "\tpipeline: {",
    ],
)
def test_a_config_that_makes_no_sense_is_told(build, config):
    with pytest.raises(KnownError) as raised:
        PyannoteDiarizer(build(config), "cpu")
    assert raised.value.code == ErrorCode.MODEL_CORRUPT
