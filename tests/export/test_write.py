import errno
import os
from pathlib import Path

import pytest

from voicerec_desktop.core.errors import ErrorCode, KnownError
from voicerec_desktop.export.registry import FORMATS, ExportOptions, render, write

OPTIONS = ExportOptions()


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_is_written_whole_under_any_name(transcript, tmp_path, name):
    said = transcript((1, 3, "a", "Добрый день."))
    folder = tmp_path / "Иван Петров 😀" / "ещё"
    path = folder / f"{'я' * 120}{FORMATS[name].suffix}"
    write(said, name, OPTIONS, path)
    assert path.stat().st_size > 0
    if name != "docx":  # which holds the time of writing
        assert path.read_bytes() == render(said, name, OPTIONS)
    assert list(folder.iterdir()) == [path]


def test_an_export_takes_the_place_of_an_older_one(transcript, tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("старое")
    write(transcript((1, 3, "a", "новое")), "txt", OPTIONS, path)
    assert "новое" in path.read_text("utf-8")


@pytest.mark.parametrize("place", ["file/a.txt", "folder", "file/deep/a.txt", "я" * 200 + ".txt"])
def test_a_place_that_cannot_be_written_is_named(transcript, tmp_path, place):
    (tmp_path / "file").write_text("x")
    (tmp_path / "folder").mkdir()
    with pytest.raises(KnownError) as caught:
        write(transcript((1, 3, "a", "Да.")), "txt", OPTIONS, tmp_path / place)
    assert caught.value.code == ErrorCode.OUTPUT_FAILED
    assert caught.value.params == {"path": str(tmp_path / place)}
    assert sorted(p.name for p in tmp_path.iterdir()) == ["file", "folder"]


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT])
def test_a_full_disk_leaves_the_older_export_as_it_was(transcript, tmp_path, monkeypatch, number):
    path = tmp_path / "a.txt"
    path.write_text("старое", "utf-8")

    def full(_file):
        raise OSError(number, "full")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(KnownError) as caught:
        write(transcript((1, 3, "a", "новое")), "txt", OPTIONS, path)
    assert caught.value.code == ErrorCode.DISK_FULL
    assert [p.name for p in tmp_path.iterdir()] == ["a.txt"]
    assert path.read_text("utf-8") == "старое"


@pytest.mark.skipif(os.name != "posix", reason="no named pipes in folders")
def test_a_device_or_pipe_is_written_to_and_not_replaced(transcript, tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        write(transcript((1, 3, "a", "Да.")), "txt", OPTIONS, pipe)
        assert os.read(reader, 1000).decode() == "[00:01] Speaker 1: Да.\n"
    finally:
        os.close(reader)
    assert pipe.is_fifo()


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no /dev/full")
def test_a_device_that_is_full_says_so(transcript):
    with pytest.raises(KnownError) as caught:
        write(transcript((1, 3, "a", "Да.")), "txt", OPTIONS, Path("/dev/full"))
    assert caught.value.code == ErrorCode.DISK_FULL


@pytest.mark.parametrize("name", ["txt", "md", "srt", "vtt"])
def test_doubtful_text_is_left_out_of_what_people_read(transcript, name):
    said = transcript((1, 3, "a", "Да."), (4, 6, "a", "DimaTorzok", ["doubtful:credits"]))
    assert b"DimaTorzok" not in render(said, name, OPTIONS)
    assert b"DimaTorzok" in render(said, name, ExportOptions(doubtful=True))


@pytest.mark.parametrize("name", FORMATS)
def test_a_meeting_without_a_word_can_be_exported(transcript, name):
    assert isinstance(render(transcript(), name, OPTIONS), bytes)
