"""`voicerec transcribe` on real speech: languages, speakers, glossary, formats, paths, several."""

import json
import os
import subprocess
import sys

import numpy as np
import pytest
import soundfile

pytestmark = pytest.mark.model


def text_of(result: dict) -> str:
    return " ".join(segment["text"] for segment in result["segments"]).lower()


def said_by(result: dict) -> dict[str, str]:
    said = {}
    for segment in result["segments"]:
        said[segment["speaker"]] = said.get(segment["speaker"], "") + " " + segment["text"].lower()
    return said


def test_the_number_of_speakers_is_as_told(dialogue, voicerec, warm_home):
    done = voicerec(
        *("transcribe", dialogue, "--min-speakers", "3", "--max-speakers", "3", "--format", "json")
    )
    assert done.returncode == 0, done.stderr
    result = json.loads(done.stdout)
    assert len(result["speakers"]) == 3
    assert len({turn["speaker"] for turn in result["turns"]}) == 3
    assert "new jersey" in text_of(result)


def test_one_speaker_is_one_speaker(eval_data, voicerec, warm_home):
    done = voicerec("transcribe", eval_data / "en" / "jfk.flac", "--format", "json")
    result = json.loads(done.stdout)
    assert [speaker["label"] for speaker in result["speakers"]] == ["Speaker 1"]
    assert "ask not what your country can do for you" in text_of(result)


def test_russian_speech_with_a_glossary(cut, eval_data, tmp_path, voicerec, warm_home):
    sound = eval_data / "ru_meeting" / "ru_meeting_a.flac"
    cut(sound, tmp_path / "планёрка.wav", 0.0, 9.5)
    glossary = tmp_path / "словарь.txt"
    glossary.write_text(
        "# продукт\nRUMA ~ рума, рум, рома\nслужба заботы ~ команда поддержки\n", encoding="utf-8"
    )
    arguments = ["--language", "ru", "--glossary", glossary, "--output", tmp_path / "текст.txt"]
    done = voicerec("transcribe", tmp_path / "планёрка.wav", *arguments)
    assert done.returncode == 0, done.stderr
    assert done.stdout == ""
    text = (tmp_path / "текст.txt").read_text(encoding="utf-8")
    assert "Спикер 1: " in text
    assert "добрый день" in text
    assert "RUMA" in text
    assert "рума" not in text.lower()
    assert "служба заботы" in text
    [meeting] = json.loads(voicerec("library", "list", "--json").stdout)
    exported = json.loads(voicerec("library", "export", meeting["id"], "--json").stdout)
    assert exported["meeting"]["language"] == "ru"
    words = [word for segment in exported["segments"] for word in segment["words"]]
    originals = {w["text"].strip(" .,"): w["original"] for w in words if "original" in w}
    assert originals["служба заботы"].strip(" .,").lower() == "команду поддержки"


def test_the_sides_of_a_call_are_told_apart(eval_data, tmp_path, voicerec, warm_home):
    """Each channel is a recording of its own; both speakers talk at the same time."""
    left, rate = soundfile.read(eval_data / "en" / "librivox_austen-0870.wav")
    right, other = soundfile.read(eval_data / "en" / "librispeech_61-70968-0000.flac")
    assert rate == other
    both = np.zeros((max(len(left), len(right)), 2))
    both[: len(left), 0], both[: len(right), 1] = left, right
    soundfile.write(tmp_path / "call.wav", both, rate)
    done = voicerec("transcribe", tmp_path / "call.wav", "--format", "json")
    assert done.returncode == 0, done.stderr
    said = said_by(json.loads(done.stdout))
    assert sorted(said) == ["Speaker 1", "Speaker 2"]
    austen, wizard = sorted(said.values(), key=lambda text: "dashwood" not in text)
    assert "considering how much" in austen or "consider how much" in austen
    assert "behind the curtain" in wizard
    assert "curtain" not in austen
    assert "dashwood" not in wizard


def test_silence_and_noise_give_no_text(eval_data, tmp_path, voicerec, warm_home):
    files = sorted((eval_data / "nospeech").glob("*.flac"))
    done = voicerec("transcribe", *files, "--output", f"{tmp_path}/out/")
    assert done.returncode == 0, done.stderr
    texts = {file.stem: (tmp_path / "out" / f"{file.stem}.txt").read_text() for file in files}
    assert texts == dict.fromkeys(texts, "")


def test_spaces_cyrillic_and_emoji_in_every_path(dialogue, tmp_path, voicerec, models):
    home = tmp_path / "Иван Петров 🏠"
    home.mkdir()
    (home / "models").symlink_to(models, target_is_directory=True)
    sound = tmp_path / "Мои встречи" / "планёрка № 1 🎤.wav"
    sound.parent.mkdir()
    dialogue.rename(sound)
    out = tmp_path / "выход 📄"
    arguments = ["transcribe", sound, "--format", "srt", "--output", f"{out}/"]
    done = voicerec("--home", home, *arguments)
    assert done.returncode == 0, done.stderr
    assert "New Jersey" in (out / "планёрка № 1 🎤.srt").read_text(encoding="utf-8")
    [meeting] = json.loads(voicerec("--home", home, "library", "list", "--json").stdout)
    assert meeting["title"] == "планёрка № 1 🎤"
    assert (home / "meetings" / meeting["id"] / "meeting.json").is_file()


def test_a_bad_file_does_not_stop_the_others(dialogue, tmp_path, voicerec, warm_home, sound):
    bad, same_name = tmp_path / "bad.wav", tmp_path / "b" / dialogue.name
    bad.write_bytes(b"not a sound" * 100)
    same_name.parent.mkdir()
    same_name.write_bytes(dialogue.read_bytes())
    out = tmp_path / "out"
    done = voicerec("transcribe", dialogue, bad, same_name, "--output", out, "--format", "md")
    assert done.returncode == 3
    assert [line for line in done.stderr.splitlines() if "bad.wav" in line] == [done.stderr.strip()]
    assert sorted(path.name for path in out.iterdir()) == ["dialogue (2).md", "dialogue.md"]
    assert all("New Jersey" in path.read_text() for path in out.iterdir())
    listed = json.loads(voicerec("library", "list", "--json").stdout)
    assert sorted(meeting["status"] for meeting in listed) == ["failed", "ready", "ready"]
    sound()


def test_two_at_the_same_time_share_a_home(dialogue, tmp_path, warm_home, meetings, sound):
    """Also of the same file: neither takes the other's meeting."""
    command = [sys.executable, "-m", "voicerec_desktop", "transcribe", str(dialogue)]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    both = [subprocess.Popen(command, **pipes) for _ in range(2)]
    ended = [process.communicate(timeout=300) for process in both]
    assert [process.returncode for process in both] == [0, 0], ended
    assert ended[0][0] == ended[1][0]
    assert [meeting["status"] for meeting in meetings()] == ["ready", "ready"]
    sound()


def test_whoever_reads_the_output_may_stop_reading(dialogue, warm_home, meetings):
    command = [sys.executable, "-m", "voicerec_desktop", "transcribe", str(dialogue)]
    reading, writing = os.pipe()
    process = subprocess.Popen(command, stdout=writing, stderr=subprocess.PIPE, text=True)
    os.close(writing)
    os.close(reading)
    _, errors = process.communicate(timeout=300)
    assert process.returncode == 0
    assert errors == ""
    assert [meeting["status"] for meeting in meetings()] == ["ready"]


def test_what_was_transcribed_can_be_exported_in_every_format(
    dialogue, tmp_path, voicerec, warm_home
):
    arguments = ["--speakers", "1", "--format", "docx", "--output", tmp_path / "a.docx"]
    done = voicerec("transcribe", dialogue, *arguments)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "a.docx").read_bytes()[:2] == b"PK"
    [meeting] = json.loads(voicerec("library", "list", "--json").stdout)
    marks = {
        "txt": "] Speaker 1: ",
        "md": "New Jersey",
        "srt": " --> ",
        "vtt": "WEBVTT",
        "rttm": "SPEAKER ",
        "json": '"segments"',
    }
    for name, mark in marks.items():
        exported = voicerec("library", "export", meeting["id"], "--format", name).stdout
        assert mark in exported
        assert "Speaker 2" not in exported  # one, as was told
