"""What the parser cannot see: arguments that are well formed and yet make no sense together."""

import argparse
import os
import sys
from pathlib import Path

# What Whisper knows; a test compares it with faster-whisper.
_LANGUAGES = """
    af am ar as az ba be bg bn bo br bs ca cs cy da de el en es et eu fa fi fo fr gl gu ha haw he
    hi hr ht hu hy id is it ja jw ka kk km kn ko la lb ln lo lt lv mg mi mk ml mn mr ms mt my ne
    nl nn no oc pa pl ps pt ro ru sa sd si sk sl sn so sq sr su sv sw ta te tg th tk tl tr tt uk
    ur uz vi yi yo zh yue
"""
LANGUAGES = frozenset(_LANGUAGES.split())


def wrong_usage(arguments: argparse.Namespace) -> str:
    """Why a command line cannot be meant so, or ""."""
    if arguments.command == "transcribe":
        return _speakers(arguments) or _language(arguments) or _output(arguments)
    if arguments.command == "minutes":
        return _terminal(arguments)
    if arguments.command == "record":
        return _devices(arguments)
    return ""


def _devices(arguments: argparse.Namespace) -> str:
    no_mic, no_system = (name.lower() == "none" for name in (arguments.mic, arguments.system))
    if no_mic and no_system:
        return "there is nothing to record with --mic none and --system none"
    if arguments.mode == "call" and (no_mic or no_system):
        return "--mode call records both sides: leave out none"
    if (arguments.mode == "room" and no_mic) or (arguments.mode == "system" and no_system):
        return f"--mode {arguments.mode} records just what is to be left out"
    return ""


def _speakers(arguments: argparse.Namespace) -> str:
    exact, least, most = arguments.speakers, arguments.min_speakers, arguments.max_speakers
    if arguments.no_diarization and (exact or least or most):
        return "--no-diarization does not count speakers: leave out their number"
    if exact and (least or most):
        return "--speakers is exact: leave out --min-speakers and --max-speakers"
    if least and most and least > most:
        return "--min-speakers is larger than --max-speakers"
    return ""


def _language(arguments: argparse.Namespace) -> str:
    if arguments.language.lower() in {"auto", *LANGUAGES}:
        return ""
    return (
        f"--language: Whisper does not know {arguments.language!r}; known are auto, "
        + ", ".join(sorted(LANGUAGES))
    )


def _output(arguments: argparse.Namespace) -> str:
    output = arguments.output
    if output == "-":
        return _terminal(arguments)
    if len(arguments.files) > 1 and os.path.exists(output) and not Path(output).is_dir():
        return "--output must be a folder for several files"
    return ""


def _terminal(arguments: argparse.Namespace) -> str:
    wordy = arguments.output == "-" and arguments.format == "docx"
    if wordy and sys.stdout is not None and sys.stdout.isatty():
        return "--format docx is not for a terminal: name a file with --output"
    return ""
