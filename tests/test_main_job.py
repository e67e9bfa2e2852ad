"""The main job, as a user runs it: real decoder, real Whisper, real pyannote, real SQLite."""

import json

import pytest

pytestmark = pytest.mark.model


def test_a_conversation_becomes_speaker_labelled_text(sample, tmp_path, voicerec, home):
    """On a home that does not exist yet; and it is as good as it must be."""
    done = voicerec("transcribe", sample, "--format", "json")
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    result = json.loads(done.stdout)
    assert result["meeting"]["language"] == "en"
    assert len(result["speakers"]) == 2
    said = {s["speaker"]: "" for s in result["segments"]}
    for segment in result["segments"]:
        said[segment["speaker"]] += " " + segment["text"].lower()
    assert "new jersey" in said["Speaker 1"]
    assert "sheila" in said["Speaker 2"]
    listed = json.loads(voicerec("library", "list", "--json").stdout)
    assert [meeting["status"] for meeting in listed] == ["ready"]
    assert voicerec("library", "check").returncode == 0
    hypothesis = tmp_path / "h.json"
    hypothesis.write_text(done.stdout, encoding="utf-8")
    references = ["--stm", sample.with_suffix(".stm"), "--rttm", sample.with_suffix(".rttm")]
    scored = voicerec("evaluate", "--hypothesis", hypothesis, *references)
    assert scored.returncode == 0, scored.stderr
    scores = json.loads(scored.stdout)
    assert scores["speaker_count_error"] == 0
    assert 0.0 < scores["cpwer"] <= 0.20
    assert 0.0 < scores["der"] <= 0.08


def test_what_is_not_sound_is_refused_in_one_sentence(tmp_path, voicerec):
    path = tmp_path / "встреча 🎤.wav"
    path.write_text("not a sound")
    done = voicerec("transcribe", path)
    assert done.returncode == 3
    assert done.stdout == ""
    assert len(done.stderr.strip().splitlines()) == 1
    assert path.name in done.stderr
