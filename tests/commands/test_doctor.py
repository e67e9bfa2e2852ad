"""`voicerec doctor`: what would be used here and why, also where something is broken."""

import json
import shutil

import pytest

pytestmark = pytest.mark.model


def test_scripts_get_json(voicerec, home):
    done = voicerec("doctor", "--json")
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["library"] == str(home.library)
    assert found["library_problem"] == ""
    assert found["models"]["whisper-base"] == "embedded"
    assert "faster-whisper" in found["asr"]["engine"]
    assert "pyannote" in found["diarization"]["engine"]
    if not shutil.which("nvidia-smi"):
        assert (found["asr"]["device"], found["asr"]["why"]) == ("cpu", "no_cuda")
        assert found["asr"]["compute_type"] == "int8"
    assert not home.library.exists()  # it only looks


def test_people_get_sentences_in_their_language(voicerec, disk, home):
    """On a damaged library that lies on a read-only disk."""
    with disk(home.data, "4m"):
        home.library.write_bytes(b"SQLite format 3\0" + b"damage" * 1000)
        disk.read_only(home.data)
        done = voicerec("doctor", LANGUAGE="ru")
        assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    assert f"Библиотека: {home.library}" in done.stdout
    assert "voicerec library restore" in done.stdout
    assert "Распознавание речи: на " in done.stdout
    assert "Разделение говорящих: на " in done.stdout
    assert "whisper-base" in done.stdout
    assert "{" not in done.stdout
