"""What cannot be done is refused: one clear sentence, the right exit code, a sound library."""

import os
import shutil
import wave

import pytest


def write_wav(path, samples: int) -> None:
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, 16000, 0, "NONE", ""))
        file.writeframes(b"\0\0" * samples)


def not_audio(path):
    path.write_text("это не звук " * 1000, encoding="utf-8")


def empty(path):
    path.touch()


def zero_samples(path):
    write_wav(path, 0)


def folder(path):
    path.mkdir()


def missing(path):
    path.with_name("something else").touch()


def pipe(path):
    os.mkfifo(path)


def loop(path):
    path.symlink_to(path)


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (not_audio, "not a sound"),
        (empty, "is empty"),
        (zero_samples, "is empty"),
        (folder, "is a folder"),
        (missing, "There is no file"),
        (pipe, "not a sound"),
        (loop, "cannot be read"),
    ],
)
def test_what_is_not_sound(tmp_path, voicerec, warm_home, refused, sound, make, words):
    path = tmp_path / "моя встреча 🎤.wav"
    make(path)
    refused(voicerec("transcribe", path), 3, path.name, words)
    sound()


def test_a_file_that_may_not_be_read(tmp_path, obeying, warm_home, refused, sound):
    path = tmp_path / "secret.wav"
    write_wav(path, 16000)
    path.chmod(0)
    refused(obeying("transcribe", path), 3, path, "cannot be read")
    closed = tmp_path / "closed"
    closed.mkdir()
    shutil.move(path, closed / "a.wav")
    closed.chmod(0)
    refused(obeying("transcribe", closed / "a.wav"), 3, closed, "cannot be read")
    closed.chmod(0o700)
    sound()


def test_a_name_that_is_no_text_or_too_long(tmp_path, voicerec, warm_home, refused, sound):
    path = os.fsencode(tmp_path) + "/встреча.wav".encode("cp1251")
    write_wav(os.fsdecode(path), 16000)
    refused(voicerec("transcribe", os.fsdecode(path)), 3, "cannot be read")
    refused(voicerec("transcribe", tmp_path / ("я" * 300)), 3, "cannot be read")
    sound()


def test_sentences_are_russian_where_the_system_is(tmp_path, voicerec, warm_home, refused):
    done = voicerec("transcribe", tmp_path / "нет.wav", LANGUAGE="ru")
    refused(done, 3, f"Файла «{tmp_path / 'нет.wav'}» нет")


@pytest.mark.parametrize(
    ("model", "words"),
    [
        ("whisper-huge", "no model called"),
        ("whisper-small", "voicerec models fetch whisper-small"),
    ],
)
def test_a_model_that_is_not_there(sample, voicerec, warm_home, refused, sound, model, words):
    refused(voicerec("transcribe", sample, "--model", model), 4, model, words)
    done = voicerec("transcribe", sample, "--diarization-model", "pyannote-3.1")
    refused(done, 4, "pyannote-3.1")
    sound()


@pytest.mark.model
@pytest.mark.parametrize("damage", ["cut short", "garbage", "no vocabulary"])
def test_a_damaged_model(dialogue, models, voicerec, home, refused, sound, meetings, damage):
    """Then the model is put right, and the same command goes on with the same meeting."""
    model = home.models / "my-whisper"
    shutil.copytree(models / "whisper-base", model)
    weights = model / "model.bin"
    if damage == "cut short":
        os.truncate(weights, 10_000_000)
    elif damage == "garbage":
        weights.write_bytes(os.urandom(100_000))
    else:
        (model / "tokenizer.json").write_text("{}")
    command = ["transcribe", dialogue, "--model", "my-whisper", "--no-diarization"]
    refused(voicerec(*command), 4, "my-whisper", "damaged")
    [failed] = meetings()
    assert (failed["status"], failed["error"]) == ("failed", "model_corrupt")
    sound()
    for file in (models / "whisper-base").iterdir():
        shutil.copy(file, model / file.name)
    done = voicerec(*command)
    assert done.returncode == 0, done.stderr
    assert "New Jersey" in done.stdout
    [ready] = meetings()
    assert (ready["id"], ready["status"], ready["error"]) == (failed["id"], "ready", "")


def test_a_device_that_is_not_there(sample, voicerec, warm_home, refused, sound):
    if shutil.which("nvidia-smi"):
        pytest.skip("there is an NVIDIA card")
    refused(voicerec("transcribe", sample, "--device", "cuda"), 6, "cuda", "--device auto")
    sound()


def test_a_damaged_library(sample, voicerec, home, refused, sound):
    assert voicerec("library", "list").returncode == 0
    home.library.write_bytes(b"SQLite format 3\0" + os.urandom(50_000))
    for command in (["transcribe", sample], ["library", "list"], ["library", "check"]):
        refused(voicerec(*command), 3, home.library, "voicerec library restore")
    assert voicerec("library", "restore").returncode == 0
    sound()


def test_a_bad_glossary_is_refused_before_any_work(sample, tmp_path, voicerec, home, refused):
    path = tmp_path / "словарь.txt"
    path.write_text("RUMA = рума\n\n= рум\n", encoding="utf-8")
    refused(voicerec("transcribe", sample, "--glossary", path), 3, "словарь.txt", "line 3")
    refused(voicerec("transcribe", sample, "--glossary", tmp_path / "no"), 3, "There is no file")
    path.write_bytes("RUMA = рума".encode("cp1251"))
    refused(voicerec("transcribe", sample, "--glossary", path), 3, "cannot be read")
    assert not home.library.exists()


def test_an_output_that_cannot_be_written_is_refused_before_any_work(
    sample, tmp_path, voicerec, obeying, home, refused
):
    in_file = tmp_path / "file" / "out.txt"
    in_file.parent.touch()
    refused(voicerec("transcribe", sample, "--output", in_file), 3, in_file, "cannot be written")
    locked = tmp_path / "locked"
    locked.mkdir(0o500)
    for output in (locked / "out.txt", locked, f"{locked}/new/"):
        refused(obeying("transcribe", sample, "--output", output), 3, locked, "cannot be written")
    assert not home.library.exists()
