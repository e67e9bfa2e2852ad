"""A JSON beside each meeting's sound, from which a lost library can be made again."""

import logging
import sqlite3
from dataclasses import replace
from pathlib import Path

import msgspec

from voicerec_desktop.core.minutes import Minutes
from voicerec_desktop.core.model import Diarization, Gap, MeetingStatus, Segment, Transcript
from voicerec_desktop.files import write_whole
from voicerec_desktop.store.failures import translated
from voicerec_desktop.store.library import Library
from voicerec_desktop.store.meetings import UNDER_WAY

NAME = "meeting.json"
VERSION = 1
log = logging.getLogger(__name__)


class Sidecar(msgspec.Struct, frozen=True):
    """All that the library knows of a meeting; the mappings are by track."""

    version: int
    transcript: Transcript
    asr: dict[str, list[Segment]]
    diarization: dict[str, Diarization]
    gaps: dict[str, list[Gap]] = {}
    peaks: dict[str, bytes] = {}
    minutes: list[Minutes] = []


def write_sidecar(library: Library, meeting_id: str, folder: Path) -> Path:
    """Write a meeting's sidecar into its folder, whole or not at all.

    Raises:
        KnownError: MEETING_UNKNOWN, DISK_FULL, HOME_READ_ONLY.
    """
    version = library.due_sidecars().get(meeting_id)
    body = msgspec.json.format(msgspec.json.encode(_sidecar(library, meeting_id)), indent=1)
    target, part = folder / NAME, folder / (NAME + ".part")
    with translated(target):
        folder.mkdir(parents=True, exist_ok=True)
        write_whole(body, target, part)
    if version is not None:
        library.sidecar_written(meeting_id, version)
    return target


def write_due_sidecars(library: Library, meetings: Path) -> list[str]:
    """Bring the sidecars of edited meetings up to date; the ids of those meetings.

    Args:
        meetings: the folder of all meetings.

    Raises:
        KnownError: DISK_FULL, HOME_READ_ONLY; what is not written stays due.
    """
    due = list(library.due_sidecars())
    for meeting_id in due:
        write_sidecar(library, meeting_id, meetings / meeting_id)
    return due


def _sidecar(library: Library, meeting_id: str) -> Sidecar:
    transcript = library.transcript(meeting_id)
    ids = [track.id for track in transcript.tracks]
    return Sidecar(
        VERSION,
        replace(transcript, minutes=None),
        {i: library.asr_segments(i) for i in ids},
        {i: found for i in ids if (found := library.diarization(i)) is not None},
        {i: library.gaps(i) for i in ids},
        {i: library.peaks(i) for i in ids},
        library.minutes_versions(meeting_id),
    )


def restore(library: Library, folder: Path, also_unfinished: bool = False) -> list[str]:
    """Put meetings that the library lacks back from the sidecars below a folder; their ids.

    Args:
        library: gets them.
        folder: of the meetings.
        also_unfinished: replace meetings that the library, an old copy, knows only unfinished.
    """
    ready = MeetingStatus.READY
    known = {m.id for m in library.meetings() if m.status == ready or not also_unfinished}
    restored = []
    for path in sorted(folder.glob(f"*/{NAME}")):
        if (sidecar := _read(path)) is None or path.parent.name in known:
            continue
        try:
            with library.transaction():
                library.forget_meeting(path.parent.name)
                _put_back(library, sidecar)
        except sqlite3.IntegrityError as error:
            log.warning("%s: %s", path, error)
            continue
        restored.append(path.parent.name)
    return restored


def _read(path: Path) -> Sidecar | None:
    """A sidecar, or None where it is broken, newer than we are or in another meeting's folder."""
    try:
        sidecar = msgspec.json.decode(path.read_bytes(), type=Sidecar)
    except (OSError, msgspec.MsgspecError) as error:
        log.warning("%s: %s", path, error)
        return None
    if sidecar.version > VERSION or sidecar.transcript.meeting.id != path.parent.name:
        log.warning("%s: version %s of %s", path, sidecar.version, sidecar.transcript.meeting.id)
        return None
    return sidecar


def _put_back(library: Library, sidecar: Sidecar) -> None:
    transcript = sidecar.transcript
    meeting_id = transcript.meeting.id
    meeting = transcript.meeting
    if meeting.status in UNDER_WAY:  # nobody is at it now
        meeting = replace(meeting, status=MeetingStatus.QUEUED)
    library.add_meeting(meeting, transcript.tracks)
    for track_id, peaks in sidecar.peaks.items():
        library.set_peaks(track_id, peaks)
    for track_id, segments in sidecar.asr.items():
        library.append_asr(track_id, segments)
    for track_id, diarization in sidecar.diarization.items():
        library.replace_diarization(track_id, diarization)
    for gaps in sidecar.gaps.values():
        for gap in gaps:
            library.add_gap(gap)
    for mark in transcript.marks:
        library.add_mark(meeting_id, mark)
    for minutes in sidecar.minutes:
        library.add_minutes(minutes)
    library.replace_segments(meeting_id, transcript.speakers, transcript.segments, transcript.turns)
    for run in transcript.stages:
        row = library.start_stage(meeting_id, run.stage, run.options)
        library.finish_stage(row, run.state, run.seconds, run.error)
