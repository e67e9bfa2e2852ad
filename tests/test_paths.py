import subprocess
import sys
from pathlib import Path

import pytest

from voicerec_desktop import paths
from voicerec_desktop.paths import Home, embedded, resources


def all_folders(home: Home) -> list[Path]:
    return [home.data, home.models, home.cache, home.config, home.log]


@pytest.mark.parametrize("name", ["Иван Петров", "a b", "😀"])
def test_a_home_keeps_everything_under_one_folder(tmp_path, monkeypatch, name):
    root = tmp_path / name
    monkeypatch.setenv("VOICEREC_HOME", str(root))
    home = Home.default()
    assert home == Home.under(root)
    assert len(set(all_folders(home))) == 5
    inside = [home.library, home.backups, home.meeting("m"), home.decoded("t")]
    for path in (*all_folders(home), *inside):
        assert path == root or root in path.parents
    assert not root.exists()


def test_a_home_given_in_short_is_made_absolute(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path / "me"))
    monkeypatch.setenv("USERPROFILE", str(tmp_path / "me"))
    assert Home.under(Path("here")).data == tmp_path / "here"
    assert Home.under(Path("~/there")).data == tmp_path / "me" / "there"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="XDG folders")
def test_without_a_home_the_folders_of_the_platform_are_taken(tmp_path, monkeypatch):
    monkeypatch.setenv("VOICEREC_HOME", "")
    for name in ("DATA", "CACHE", "CONFIG", "STATE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name))
    home = Home.default()
    assert home.data == tmp_path / "DATA" / "voicerec-desktop"
    assert home.cache == tmp_path / "CACHE" / "voicerec-desktop"
    assert home.config == tmp_path / "CONFIG" / "voicerec-desktop"
    assert tmp_path / "STATE" in home.log.parents
    assert home.data in home.models.parents


def test_what_must_not_be_lost_is_not_in_the_cache(tmp_path):
    home = Home.under(tmp_path)
    for path in (home.library, home.backups, home.meeting("m"), home.models, home.config):
        assert home.cache not in path.parents
    assert home.cache in home.decoded("t").parents


def test_resources_come_with_the_program():
    assert (resources() / "models.toml").is_file()


def test_a_frozen_program_finds_its_files_beside_itself(tmp_path, monkeypatch):
    (tmp_path / "resources").mkdir()
    monkeypatch.delenv("VOICEREC_EMBEDDED", raising=False)
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert resources() == tmp_path / "resources"
    assert embedded() == tmp_path / "embedded"


def test_embedded_models_may_lie_elsewhere(tmp_path, monkeypatch):
    monkeypatch.setenv("VOICEREC_EMBEDDED", str(tmp_path))
    assert embedded() == tmp_path


def test_paths_need_no_library_to_be_imported():
    code = "import sys, voicerec_desktop.paths; print('platformdirs' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
    assert paths.APP == "voicerec-desktop"
