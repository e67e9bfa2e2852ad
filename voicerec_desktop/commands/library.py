"""`voicerec library`."""

import argparse
import json
import shutil
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from voicerec_desktop.commands.session import open_library
from voicerec_desktop.commands.transcribe import export_meeting
from voicerec_desktop.core.model import Meeting
from voicerec_desktop.paths import Home
from voicerec_desktop.store.backup import recover
from voicerec_desktop.store.library import Library

EXIT_UNSOUND = 3


def library(arguments: argparse.Namespace, home: Home) -> int:
    """Look at, search, export, delete and care for what is in the library."""
    if arguments.action == "restore":
        recover(home.library, home.backups, home.meetings)
        arguments.action = "check"
    with open_library(home) as store:
        return _ACTIONS[arguments.action](arguments, home, store)


def _print(arguments: argparse.Namespace, value: Any, lines: list[str]) -> int:
    print(json.dumps(value, ensure_ascii=False, indent=1) if arguments.json else "\n".join(lines))
    return 0


def clock(seconds: float) -> str:
    """Hours, minutes and seconds: 1:02:03."""
    minutes, second = divmod(int(seconds), 60)
    hour, minute = divmod(minutes, 60)
    return f"{hour}:{minute:02}:{second:02}"


def _line(meeting: Meeting) -> str:
    return "  ".join(
        (
            meeting.id,
            meeting.started_at[:16].replace("T", " "),
            clock(meeting.duration),
            f"{meeting.status.value:11}",
            meeting.title,
        )
    )


def _list(arguments: argparse.Namespace, _home: Home, store: Library) -> int:
    meetings = store.meetings()
    return _print(arguments, [asdict(m) for m in meetings], [_line(m) for m in meetings])


def _show(arguments: argparse.Namespace, _home: Home, store: Library) -> int:
    meeting = store.meeting(arguments.id)
    name = "json" if arguments.json else "txt"
    if not arguments.json:
        print(_line(meeting))
        for run in store.transcript(meeting.id).stages:
            print(f"  {run.stage.value:12} {run.state.value:9} {run.seconds:8.1f} s  {run.error}")
    export_meeting(store, meeting.id, name, "-", doubtful=False, stem="")
    return 0


def _search(arguments: argparse.Namespace, _home: Home, store: Library) -> int:
    hits = store.search(" ".join(arguments.query))
    lines = [f"{h.meeting_id}  {clock(h.start)}  {h.meeting_title}: {h.text}" for h in hits]
    return _print(arguments, [asdict(hit) for hit in hits], lines)


def _export(arguments: argparse.Namespace, _home: Home, store: Library) -> int:
    meeting = store.meeting(arguments.id)
    export_meeting(
        store,
        meeting.id,
        "json" if arguments.json else arguments.format,
        arguments.output,
        arguments.doubtful,
        meeting.title,
    )
    return 0


def _delete(arguments: argparse.Namespace, home: Home, store: Library) -> int:
    meeting = store.meeting(arguments.id)
    tracks = store.tracks(meeting.id)
    store.delete_meeting(meeting.id)
    for track in tracks:
        home.decoded(track.id).unlink(missing_ok=True)
    if home.meeting(meeting.id).is_dir():
        shutil.rmtree(home.meeting(meeting.id))
    return _print(arguments, {"deleted": meeting.id}, [f"deleted {meeting.id} {meeting.title}"])


def _check(arguments: argparse.Namespace, _home: Home, store: Library) -> int:
    problems = store.check()
    _print(arguments, {"sound": not problems, "problems": problems}, problems or ["sound"])
    return EXIT_UNSOUND if problems else 0


def _backup(arguments: argparse.Namespace, _home: Home, store: Library) -> int:
    target = Path(arguments.path)
    store.backup(target)
    return _print(arguments, {"backup": str(target)}, [str(target)])


_ACTIONS: dict[str, Callable[[argparse.Namespace, Home, Library], int]] = {
    "list": _list,
    "show": _show,
    "search": _search,
    "export": _export,
    "delete": _delete,
    "check": _check,
    "backup": _backup,
}
