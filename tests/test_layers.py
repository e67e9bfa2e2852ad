"""The direction of imports is a failing check (pyproject.toml), and it really fails."""

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]


def check(folder: Path) -> subprocess.CompletedProcess:
    script = "from importlinter.cli import lint_imports_command as c; c(['--no-cache'])"
    return subprocess.run(
        [sys.executable, "-c", script], cwd=folder, capture_output=True, text=True
    )


@pytest.fixture
def copy(tmp_path):
    """The package with its contracts, for breaking."""
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    left_out = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "voicerec_desktop", tmp_path / "voicerec_desktop", ignore=left_out)
    return tmp_path


@pytest.mark.parametrize(
    ("module", "line", "contract"),
    [
        ("core/model.py", "import voicerec_desktop.store.library", "one direction"),
        ("audio/decode.py", "import voicerec_desktop.speech.device", "one direction"),
        ("store/library.py", "import voicerec_desktop.pipeline.events", "one direction"),
        ("pipeline/pipeline.py", "import torch", "engines only under speech"),
        ("commands/transcribe.py", "import faster_whisper", "engines only under speech"),
        ("commands/transcribe.py", "import sqlite3", "sqlite only under store"),
        ("pipeline/pipeline.py", "import openai", "the LLM only under minutes"),
        ("minutes/__init__.py", "import voicerec_desktop.store.search", "one direction"),
    ],
)
def test_an_import_against_the_direction_breaks_a_contract(copy, module, line, contract):
    path = copy / "voicerec_desktop" / module
    path.write_text(f"{path.read_text('utf-8')}\n{line}\n", encoding="utf-8")
    done = check(copy)
    assert done.returncode == 1, done.stdout + done.stderr
    assert f"{contract} BROKEN" in done.stdout


def test_every_part_of_the_package_has_its_layer():
    layers = next(c for c in CONTRACTS["contracts"] if c["type"] == "layers")["layers"]
    named = {name.strip() for layer in layers for name in layer.replace(":", "|").split("|")}
    parts = {
        f"voicerec_desktop.{path.stem}"
        for path in (ROOT / "voicerec_desktop").iterdir()
        if path.suffix == ".py" or (path / "__init__.py").is_file()
    }
    assert parts - named <= {"voicerec_desktop.__init__", "voicerec_desktop.__main__"}
