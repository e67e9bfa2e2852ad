"""`voicerec models`: what it prints and how it ends."""

import json
import shutil

import pytest

from voicerec_desktop.paths import resources
from voicerec_desktop.speech.model_files import read_catalogue

KNOWN = read_catalogue(resources() / "models.toml")


@pytest.fixture
def own(tmp_path):
    """A folder that looks like a Whisper model."""
    folder = tmp_path / "Моя модель"
    folder.mkdir()
    for name in ("model.bin", "config.json", "tokenizer.json", "vocabulary.txt"):
        (folder / name).write_text(name)
    return folder


def test_list_shows_every_model_and_whether_it_is_here(voicerec, home, own):
    assert voicerec("models", "import", own).returncode == 0
    (home.models / "whisper-small").mkdir()
    rows = json.loads(voicerec("models", "list", "--json").stdout)
    states = {row["id"]: row["state"] for row in rows}
    assert set(states) == {*KNOWN, "моя-модель"}
    assert states["whisper-base"] == "embedded"
    assert states["whisper-small"] == "incomplete"
    assert states["whisper-large-v3"] == "missing"
    assert states["моя-модель"] == "installed"
    assert [row["id"] for row in rows if row["gated"]] == ["pyannote-community-1", "pyannote-3.1"]
    lines = voicerec("models", "list").stdout.splitlines()
    assert len(lines) == len(rows)
    assert any(line.split()[:2] == ["whisper-large-v3", "missing"] for line in lines)


def test_path_makes_an_embedded_model_and_prints_its_folder(voicerec, home):
    done = voicerec("models", "path", "diarization-embedded")
    assert done.returncode == 0
    assert done.stdout.strip() == str(home.models / "diarization-embedded")
    assert (home.models / "diarization-embedded" / "campplus.pt").is_file()
    as_json = json.loads(voicerec("models", "path", "diarization-embedded", "--json").stdout)
    assert as_json == {"id": "diarization-embedded", "path": done.stdout.strip()}


def test_verify_finds_what_is_damaged_and_fetch_mends_it(voicerec, home, own):
    voicerec("models", "path", "diarization-embedded")
    voicerec("models", "import", own)
    sound = voicerec("models", "verify")
    assert sound.returncode == 0
    assert "diarization-embedded: sound" in sound.stdout.splitlines()
    (home.models / "diarization-embedded" / "campplus.pt").write_bytes(b"damaged")
    (home.models / "моя-модель" / "model.bin").write_bytes(b"damaged")
    damaged = voicerec("models", "verify", "--json")
    assert damaged.returncode == 4
    found = json.loads(damaged.stdout)
    assert found["diarization-embedded"] == ["campplus.pt"]
    assert found["моя-модель"] == ["model.bin"]
    assert voicerec("models", "fetch", "diarization-embedded").returncode == 0
    shutil.rmtree(home.models / "моя-модель")
    assert voicerec("models", "verify").returncode == 0


@pytest.mark.parametrize(
    ("arguments", "code", "named"),
    [
        (("path", "whisper-large-v3"), 4, "voicerec models fetch whisper-large-v3"),
        (("path", "whisper-gigantic"), 4, "whisper-large-v3-turbo"),
        (("fetch", "whisper-gigantic"), 4, "whisper-gigantic"),
        (("fetch", "whisper-small", "--mirror", "http://127.0.0.1:9"), 4, "whisper-small"),
        (("import", "нет такой папки"), 3, "нет такой папки"),
        (("import", "."), 4, "Whisper"),
    ],
)
def test_what_cannot_be_done_is_told_in_one_sentence(
    voicerec, tmp_path, monkeypatch, arguments, code, named
):
    monkeypatch.chdir(tmp_path)
    done = voicerec("models", *arguments)
    assert done.returncode == code
    assert done.stdout == ""
    assert named in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


@pytest.mark.parametrize("arguments", [(), ("fetch",), ("steal", "whisper-base")])
def test_wrong_usage_ends_in_2(voicerec, arguments):
    assert voicerec("models", *arguments).returncode == 2


def test_a_mirror_can_be_set_in_the_environment(voicerec):
    done = voicerec("models", "fetch", "whisper-small", VOICEREC_MIRROR="http://127.0.0.1:9/m")
    assert done.returncode == 4
    assert "no connection" in done.stderr
