"""`voicerec record`: begin a recording or find one, watch it, end it, keep it."""

import argparse
import sys
import time
from contextlib import closing

from voicerec_desktop.audio.devices import list_devices
from voicerec_desktop.audio.recorder_client import RecorderClient, attach, start_recorder
from voicerec_desktop.commands.devices import NONE, choose
from voicerec_desktop.commands.output import STDOUT, Output
from voicerec_desktop.commands.progress import TerminalProgress
from voicerec_desktop.commands.session import (
    cancelled_by_interrupt,
    chosen_options,
    open_catalogue,
    open_library,
)
from voicerec_desktop.core.cancel import CancelToken
from voicerec_desktop.core.errors import ErrorCode, KnownError
from voicerec_desktop.error_texts import error_text, system_language
from voicerec_desktop.export.labels import clock
from voicerec_desktop.paths import Home
from voicerec_desktop.pipeline.pipeline import Pipeline
from voicerec_desktop.pipeline.recording import (
    abandon_recording,
    begin_recording,
    finish_recording,
    living_recording,
    queue_recording,
)
from voicerec_desktop.pipeline.supervisor import Supervisor
from voicerec_desktop.recorder_messages import Mode, RecorderStatus, RecordOptions, TrackStatus
from voicerec_desktop.store.library import Library

POLL = 0.2  # s between two looks
BARS, FLOOR = 10, -60.0  # of a level meter, and dBFS at which it is empty
_TEXTS = {
    "title": ("Recording", "Запись"),
    "begun": ("Recording. Ctrl-C stops and keeps it.", "Идёт запись. Ctrl-C — остановить."),
    "kept": ("Recorded {length}: {id}", "Записано {length}: {id}"),
    "mic": ("microphone", "микрофон"),
    "system": ("system", "система"),
    "paused": ("paused", "пауза"),
    "left": ("disk for {hours} h", "диска на {hours} ч"),
    "lost": ("the device is gone", "устройство пропало"),
    "stalled": ("no sound comes", "звук не поступает"),
    "silent": ("only silence comes: is it muted?", "одна тишина: не выключен ли звук?"),
    "elsewhere": ("the sound is played elsewhere", "звук идёт на другое устройство"),
    "clipping": ("too loud", "слишком громко"),
    "disk_low": ("the disk is nearly full", "диск почти заполнен"),
    "disk_full": ("the disk is full: the recording ended", "диск заполнен: запись завершена"),
}


def _text(key: str, **params: object) -> str:
    return _TEXTS.get(key, (key, key))[system_language() == "ru"].format_map(params)


def record(arguments: argparse.Namespace, home: Home) -> int:
    """Record until Ctrl-C, the given time or the end of the disk; print the meeting's id."""
    with open_library(home) as library, cancelled_by_interrupt() as stopped:
        meeting_id, client = (
            _found(library, home) if arguments.attach else _begun(arguments, library, home)
        )
        broken: KnownError | None = None
        with closing(client):
            try:
                _watch(client, stopped, arguments.seconds)
                client.stop()
            except KnownError as error:  # the recorder died: what it wrote is kept
                broken = error
        _keep(library, home, meeting_id)
        print(meeting_id, flush=True)
        if broken is not None:
            raise broken
    if arguments.process:
        _process(home, meeting_id)
    return 0


def _found(library: Library, home: Home) -> tuple[str, RecorderClient]:
    meeting_id = living_recording(library, home)
    if meeting_id is None:
        raise KnownError(ErrorCode.NO_RECORDING)
    return meeting_id, attach(home.recording(meeting_id))


def _begun(
    arguments: argparse.Namespace, library: Library, home: Home
) -> tuple[str, RecorderClient]:
    if living_recording(library, home) is not None:
        raise KnownError(ErrorCode.RECORDING_RUNS)
    options = _options(arguments)
    title = arguments.title or f"{_text('title')} {time.strftime('%Y-%m-%d %H:%M')}"
    meeting_id = begin_recording(library, home, options.mode, title)
    try:
        return meeting_id, start_recorder(home.recording(meeting_id), options)
    except BaseException:
        abandon_recording(library, home, meeting_id)
        raise


def _options(arguments: argparse.Namespace) -> RecordOptions:
    """What to record, by the names that the user gave."""
    left_out = {kind: getattr(arguments, kind).lower() == NONE for kind in ("mic", "system")}
    mode: Mode = "system" if left_out["mic"] else "room" if left_out["system"] else "call"
    mode = arguments.mode or mode
    devices = list_devices()
    mic = choose(devices, "mic", arguments.mic) if mode != "system" else ""
    system = choose(devices, "system", arguments.system) if mode != "room" else ""
    return RecordOptions(mode, mic, system)


def _watch(client: RecorderClient, stopped: CancelToken, seconds: float | None) -> None:
    """Look on until it is to end, or has ended."""
    seen: set[str] = set()
    show = sys.stderr.isatty()
    print(_text("begun"), file=sys.stderr)
    while not stopped.cancelled:
        status = client.status()
        for notice in sorted(_notices(status) - seen):
            print(f"{chr(13) if show else ''}voicerec: {notice}", file=sys.stderr)
        seen = _notices(status)
        if show:
            print(f"\r{line(status)}\x1b[K", end="", file=sys.stderr, flush=True)
        if status.state == "done" or (seconds is not None and status.elapsed >= seconds):
            break
        time.sleep(POLL)
    if show:
        print(file=sys.stderr)


def _notices(status: RecorderStatus) -> set[str]:
    """What is wrong now, in words."""
    tracks = {f"{_text(t.kind)}: {_text(t.alert)}" for t in status.tracks if t.alert}
    return tracks | {_text(alert) for alert in status.alerts}


def line(status: RecorderStatus) -> str:
    """One line of a terminal: time, levels, room on the disk."""
    sign = {"recording": "●", "paused": "❚❚"}.get(status.state, "■")
    parts = [f"{sign} {clock(status.elapsed)}", *(_meter(track) for track in status.tracks)]
    if status.state == "paused":
        parts.append(_text("paused"))
    if status.disk_seconds_left:
        parts.append(_text("left", hours=round(status.disk_seconds_left / 3600)))
    return "  ".join(parts)


def _meter(track: TrackStatus) -> str:
    filled = round(BARS * (1 - max(FLOOR, min(0.0, track.rms)) / FLOOR))
    return f"{_text(track.kind)} {'█' * filled}{'░' * (BARS - filled)}"


def _keep(library: Library, home: Home, meeting_id: str) -> None:
    """Tracks of the library from what was recorded; what is not done now is done later."""
    options = chosen_options(home)
    try:
        finish_recording(library, home, meeting_id, CancelToken())
    except KnownError as error:
        if error.code == ErrorCode.NOTHING_RECORDED:
            abandon_recording(library, home, meeting_id)
            raise
        print(f"voicerec: {error_text(error, system_language())}", file=sys.stderr)
    queue_recording(library, meeting_id, options)
    length = clock(library.meeting(meeting_id).duration)
    print(_text("kept", length=length, id=meeting_id), file=sys.stderr)


def _process(home: Home, meeting_id: str) -> None:
    """Transcribe it now, as `voicerec transcribe` does, and print the text."""
    with (
        cancelled_by_interrupt() as cancel,
        open_library(home) as library,
        Supervisor(home.log) as supervisor,
    ):
        pipeline = Pipeline(library, home, open_catalogue(home), supervisor)
        with TerminalProgress(library.meeting(meeting_id).title) as progress:
            pipeline.process(meeting_id, chosen_options(home), cancel, progress.on_event)
        library.remove_job(meeting_id)
        Output(STDOUT, "txt", doubtful=False).write(library, meeting_id, "")
