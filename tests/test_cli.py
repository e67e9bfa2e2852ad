"""The command line before any work: usage, exit codes, streams, and what it loads."""

import os
import subprocess
import sys

import pytest

from voicerec_desktop import __version__
from voicerec_desktop.cli import main
from voicerec_desktop.commands.exit_codes import exit_code
from voicerec_desktop.commands.usage import LANGUAGES
from voicerec_desktop.core.errors import ErrorCode, KnownError

HEAVY = {
    *("numpy", "scipy", "torch", "av", "sqlite3", "sqlite_utils", "faster_whisper", "ctranslate2"),
    *("onnxruntime", "pyannote", "rich", "requests", "huggingface_hub", "docx", "jiwer", "PySide6"),
    *("openai", "httpx2", "pydantic", "rapidfuzz"),
}
DEVICES = {
    ErrorCode.NO_DEVICE,
    ErrorCode.NO_SOUND_DEVICE,
    ErrorCode.NOTHING_RECORDED,
    ErrorCode.RECORDER_DIED,
    ErrorCode.RECORDER_NOT_STARTED,
    ErrorCode.SOUND_SYSTEM_SILENT,
}


@pytest.mark.parametrize(
    "code",
    [
        "import voicerec_desktop.cli",
        "import voicerec_desktop.__main__ as m; sys.argv[1:] = ['--help']; m.run()",
        "import voicerec_desktop.__main__ as m; sys.argv[1:] = ['transcribe']; m.run()",
    ],
)
def test_the_command_line_loads_nothing_heavy(code):
    script = f"""
import sys
try:
    {code}
except SystemExit:
    pass
print(*sys.modules, file=sys.stderr)
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    loaded = {name.split(".")[0] for name in done.stderr.splitlines()[-1].split()}
    assert "voicerec_desktop" in loaded
    assert not loaded & HEAVY


def test_version(voicerec):
    done = voicerec("--version")
    assert (done.returncode, done.stdout.strip()) == (0, __version__)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "COMMAND"),
        (["dance"], "dance"),
        (["transcribe"], "FILE"),
        (["transcribe", "a", "--speakers", "0"], "--speakers"),
        (["transcribe", "a", "--speakers", "two"], "--speakers"),
        (["transcribe", "a", "--min-speakers", "3", "--max-speakers", "2"], "--min-speakers"),
        (["transcribe", "a", "--speakers", "2", "--max-speakers", "3"], "--speakers"),
        (["transcribe", "a", "--no-diarization", "--speakers", "2"], "--no-diarization"),
        (["transcribe", "a", "--device", "gpu"], "--device"),
        (["transcribe", "a", "--format", "pdf"], "--format"),
        (["transcribe", "a", "--language", "russian"], "russian"),
        (["transcribe", "a", "b", "--output", __file__], "--output"),
        (["evaluate"], "--hypothesis"),
        (["library"], "ACTION"),
        (["models", "fetch"], "ID"),
    ],
)
def test_wrong_usage_is_told_and_ends_with_2(arguments, words, capsys, home):
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert words in said.err.splitlines()[-1]
    assert not home.data.exists()


def test_the_languages_are_those_of_whisper():
    from faster_whisper.tokenizer import _LANGUAGE_CODES

    assert set(_LANGUAGE_CODES) == LANGUAGES


def test_every_known_error_has_the_exit_code_of_its_kind():
    """DESIGN.md 6: 3 is bad input, and whatever else the user can mend."""
    model = {code for code in ErrorCode if code.startswith("model_")}
    engine = {code for code in ErrorCode if code.startswith("engine_")} | {ErrorCode.OUT_OF_MEMORY}
    for code in ErrorCode:
        wanted = 4 if code in model else 5 if code in engine else 3
        wanted = 6 if code in DEVICES else 7 if code.startswith("llm_") else wanted
        assert exit_code(KnownError(code)) == wanted, code


@pytest.mark.parametrize("command", [["library", "list", "--json"], ["models", "list"]])
def test_a_reader_that_goes_away_is_no_error(command, home):
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [sys.executable, "-m", "voicerec_desktop", *command],
        stdout=writing,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": ""},
    )
    os.close(writing)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.skipif(sys.platform == "win32", reason="the shell closes streams")
def test_closed_streams_are_no_error(home):
    command = f'"{sys.executable}" -m voicerec_desktop library list --json'
    for closed in ("1>&-", "2>&-", "0<&-", "0<&- 1>&- 2>&-"):
        assert subprocess.run(f"{command} {closed}", shell=True).returncode == 0, closed


def test_output_is_utf_8_also_where_the_system_is_not(voicerec, home, tmp_path):
    path = tmp_path / "встреча 🎤.wav"
    done = voicerec("transcribe", path, PYTHONIOENCODING="cp1251", LANGUAGE="ru")
    assert f"Файла «{path}» нет" in done.stderr
