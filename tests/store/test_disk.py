"""Full disks, disks that cannot be written, and paths as people have them."""

import os

import pytest

from voicerec_desktop.core.errors import ErrorCode, KnownError
from voicerec_desktop.core.model import Segment
from voicerec_desktop.paths import Home
from voicerec_desktop.store.library import Library


def append_until_it_fails(library: Library) -> tuple[int, KnownError]:
    """How many segments were acknowledged before the disk was full."""
    for i in range(10_000):
        try:
            library.append_asr("m-t", [Segment(f"s{i}", float(i), i + 1.0, "слово " * 100)])
        except KnownError as error:
            return i, error
    raise AssertionError("the disk never got full")


def test_a_full_disk_loses_nothing_that_was_acknowledged(home, add_meeting, mounted):
    with mounted(home.data, "size=1m"):
        with Library(home.library, home.backups) as library:
            add_meeting(library, "m", "раз")
            filler = home.data / "filler"
            filler.write_bytes(b"x" * 200_000)
            stored, error = append_until_it_fails(library)
            assert error.code == ErrorCode.DISK_FULL
            assert error.params["path"] == str(home.data)
            assert len(library.asr_segments("m-t")) == stored + 1  # and the one from before
            filler.unlink()
            library.append_asr("m-t", [Segment("z", 1e6, 1e6, "дальше")])  # it goes on
            assert library.check() == []
        with Library(home.library, home.backups) as library:
            assert library.check() == []
            assert len(library.asr_segments("m-t")) == stored + 2


def test_a_new_library_on_a_full_disk_says_so(home, mounted):
    with mounted(home.data, "size=64k"):
        (home.data / "filler").write_bytes(b"x" * 60_000)
        with pytest.raises(KnownError) as caught:
            Library(home.library, home.backups)
        assert caught.value.code == ErrorCode.DISK_FULL
        (home.data / "filler").unlink()


@pytest.mark.parametrize("existing", [True, False])
def test_a_read_only_disk_says_so(home, add_meeting, mounted, existing):
    with mounted(home.data, "size=2m"):
        if existing:
            with Library(home.library, home.backups) as library:
                add_meeting(library, "m", "раз")
        mounted.read_only(home.data)
        with pytest.raises(KnownError) as caught:
            Library(home.library, home.backups)
        assert caught.value.code == ErrorCode.HOME_READ_ONLY
        assert caught.value.params["path"] == str(home.data)


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere"
)
def test_a_folder_without_permission_says_so(home):
    home.data.mkdir(mode=0o500)
    with pytest.raises(KnownError) as caught:
        Library(home.library, home.backups)
    assert caught.value.code == ErrorCode.HOME_READ_ONLY


def test_a_home_below_a_file_says_so(tmp_path):
    (tmp_path / "file").touch()
    home = Home.under(tmp_path / "file" / "home")
    with pytest.raises(KnownError) as caught:
        Library(home.library, home.backups)
    assert caught.value.code == ErrorCode.HOME_READ_ONLY


@pytest.mark.parametrize("name", ["Иван Петров", "встречи 🎙️ 2026", 'a\'b "c" %20 #1 ?x=1&y'])
def test_any_path_is_a_home(tmp_path, add_meeting, name):
    home = Home.under(tmp_path / name)
    with Library(home.library, home.backups) as library:
        add_meeting(library, "m", "Бюджет")
        home.backups.mkdir()
        assert library.backup(home.backups).parent == home.backups
    assert home.library.is_file()
    with Library(home.library, home.backups) as library:
        assert len(library.search("бюджета")) == 1
        assert library.check() == []
