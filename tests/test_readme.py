"""The README's commands are real ones."""

import re
import shlex
from argparse import ArgumentParser, _SubParsersAction
from pathlib import Path

import pytest

from voicerec_desktop import app
from voicerec_desktop.cli import build_parser
from voicerec_desktop.commands.usage import wrong_usage

README = Path(__file__).parents[1] / "README.md"
TEXT = README.read_text(encoding="utf-8")
BLOCKS = re.findall(r"```console\n(.*?)```", TEXT, re.DOTALL)
LINES = [line for block in BLOCKS for line in block.splitlines() if line.strip()]
OTHERS = {"--require-hashes", "--no-deps"}  # pip's


def options(parser: ArgumentParser) -> set[str]:
    """All long options of a parser and those below it."""
    found = {s for action in parser._actions for s in action.option_strings if s.startswith("--")}
    for action in parser._actions:
        if isinstance(action, _SubParsersAction):
            found |= set().union(*(options(one) for one in action.choices.values()))
    return found


def test_there_are_commands_for_both_programs():
    assert any(line.startswith("voicerec transcribe") for line in LINES)
    assert {"python3 dev.py run", "python3 dev.py test"} <= set(LINES)


@pytest.mark.parametrize("line", LINES)
def test_a_command_of_the_readme_is_understood(line):
    program, *arguments = shlex.split(line, comments=True)
    if program == "python3":
        assert arguments[0] == "dev.py"
        _, command, *arguments = arguments
        assert f"python3 dev.py {command}" in (README.parent / "dev.py").read_text("utf-8")
        if not arguments:
            return
        assert (command, arguments.pop(0)) == ("run", "--")
    else:
        assert program in ("voicerec", "voicerec-desktop")
    assert not wrong_usage(build_parser().parse_args(arguments))


def test_options_that_the_readme_speaks_of_exist():
    named = set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", TEXT))
    assert named - OTHERS <= options(build_parser()) | options(app.build_parser())
