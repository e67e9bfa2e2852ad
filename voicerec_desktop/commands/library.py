"""`voicerec library`."""

import argparse
import json
import re
import sys
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from voicerec_desktop.commands.output import STDOUT, Output
from voicerec_desktop.commands.session import open_library
from voicerec_desktop.core.model import Meeting
from voicerec_desktop.error_texts import system_language
from voicerec_desktop.export.labels import clock, nameless
from voicerec_desktop.paths import Home
from voicerec_desktop.store.deletion import delete_meeting
from voicerec_desktop.store.library import Library
from voicerec_desktop.store.recovery import recover
from voicerec_desktop.store.search import SearchHit

EXIT_UNSOUND = 3
_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f]')
_TEXTS = {
    "empty": (
        "There are no meetings yet. Make one with: voicerec transcribe FILE",
        "Встреч пока нет. Добавьте первую: voicerec transcribe ФАЙЛ",
    ),
    "nothing": ("Nothing was found.", "Ничего не найдено."),
    "deleted": ("Deleted {id} {title}", "Удалено: {id} {title}"),
    "left": (
        "This file may still hold words of it: {path}",
        "В этом файле могли остаться слова из неё: {path}",
    ),
    "sound": ("The library is sound.", "Библиотека в порядке."),
    "aside": ("The damaged library is kept as {path}", "Повреждённая библиотека — в {path}"),
    "backup": ("Its place was taken by the backup {path}", "Вместо неё взята копия {path}"),
    "restored": ("Restored {id} from its file", "Восстановлено из файла: {id}"),
}


def library(arguments: argparse.Namespace, home: Home) -> int:
    """Look at, search, export, delete and care for what is in the library."""
    if arguments.action == "restore":
        return _restore(arguments, home)
    with open_library(home) as store:
        return _ACTIONS[arguments.action](arguments, home, store)


def _text(key: str, **params: object) -> str:
    return _TEXTS[key][system_language() == "ru"].format_map(params)


def _print(arguments: argparse.Namespace, value: Any, lines: list[str]) -> int:
    if arguments.json:
        print(json.dumps(value, ensure_ascii=False, indent=1))
    for line in [] if arguments.json else lines:
        print(line)
    return 0


def _note(arguments: argparse.Namespace, key: str, **params: object) -> None:
    """A sentence beside the result, on stderr."""
    if not arguments.json:
        print(_text(key, **params), file=sys.stderr)


def _line(meeting: Meeting) -> str:
    return "  ".join(
        (
            meeting.id,
            _local(meeting.started_at),
            f"{clock(meeting.duration):>7}",
            f"{meeting.status.value:11}",
            _one_line(meeting.title),
        )
    )


def _local(started_at: str) -> str:
    return f"{datetime.fromisoformat(started_at).astimezone():%Y-%m-%d %H:%M}"


def _one_line(title: str) -> str:
    """A title as one line of printable characters, whatever a file is called."""
    return "".join(c if c.isprintable() else " " for c in title)


def _list(arguments: argparse.Namespace, _home: Home, store: Library) -> int:
    meetings = store.meetings()
    if not meetings:
        _note(arguments, "empty")
    return _print(arguments, [asdict(m) for m in meetings], [_line(m) for m in meetings])


def _show(arguments: argparse.Namespace, _home: Home, store: Library) -> int:
    meeting = store.meeting(arguments.id)
    name = "json" if arguments.json else "txt"
    if not arguments.json:
        print(_line(meeting))
        for run in store.transcript(meeting.id).stages:
            print(f"  {run.stage.value:12} {run.state.value:9} {run.seconds:8.1f} s  {run.error}")
        sys.stdout.flush()  # exports are bytes and go past print's buffer
    Output(STDOUT, name, doubtful=False).write(store, meeting.id, "")
    return 0


def _search(arguments: argparse.Namespace, _home: Home, store: Library) -> int:
    hits = store.search(" ".join(arguments.query))
    if not hits:
        _note(arguments, "nothing")
    return _print(arguments, [asdict(hit) for hit in hits], [_found(hit) for hit in hits])


def _found(hit: SearchHit) -> str:
    label = hit.speaker_name or ""
    if not label and hit.speaker_number is not None:
        label = nameless(hit.speaker_number, system_language())
    said = f"{label}: {hit.text.strip()}" if label else hit.text.strip()
    where = f"{_local(hit.meeting_started_at)}  {_one_line(hit.meeting_title)}"
    return f"{hit.meeting_id}  {where}  {clock(hit.start)}  {said}"


def _export(arguments: argparse.Namespace, _home: Home, store: Library) -> int:
    meeting = store.meeting(arguments.id)
    name = "json" if arguments.json else arguments.format
    stem = _NOT_IN_NAMES.sub("_", meeting.title).strip(" .") or meeting.id
    Output(arguments.output, name, arguments.doubtful).write(store, meeting.id, stem)
    return 0


def _delete(arguments: argparse.Namespace, home: Home, store: Library) -> int:
    meeting = store.meeting(arguments.id)
    left = delete_meeting(store, home, meeting.id)
    for path in left:
        _note(arguments, "left", path=path)
    return _print(
        arguments,
        {"deleted": meeting.id, "left": [str(path) for path in left]},
        [_text("deleted", id=meeting.id, title=_one_line(meeting.title))],
    )


def _check(arguments: argparse.Namespace, _home: Home, store: Library) -> int:
    problems = store.check()
    value = {"sound": not problems, "problems": problems}
    _print(arguments, value, problems or [_text("sound")])
    return EXIT_UNSOUND if problems else 0


def _backup(arguments: argparse.Namespace, _home: Home, store: Library) -> int:
    copy = store.backup(Path(arguments.path))
    return _print(arguments, {"backup": str(copy)}, [str(copy)])


def _restore(arguments: argparse.Namespace, home: Home) -> int:
    done = recover(home.library, home.backups, home.meetings)
    with open_library(home) as store:
        problems = store.check()
    lines = [_text("restored", id=meeting_id) for meeting_id in done.restored]
    if done.backup:
        lines.insert(0, _text("backup", path=done.backup))
    if done.aside:
        lines.insert(0, _text("aside", path=done.aside))
    value = {
        "sound": not problems,
        "problems": problems,
        "aside": done.aside and str(done.aside),
        "backup": done.backup and str(done.backup),
        "restored": done.restored,
    }
    _print(arguments, value, [*lines, *(problems or [_text("sound")])])
    return EXIT_UNSOUND if problems else 0


_ACTIONS: dict[str, Callable[[argparse.Namespace, Home, Library], int]] = {
    "list": _list,
    "show": _show,
    "search": _search,
    "export": _export,
    "delete": _delete,
    "check": _check,
    "backup": _backup,
}
