"""A JSON beside each meeting's sound, from which a lost library can be made again."""

import logging
import os
from pathlib import Path

import msgspec

from voicerec_desktop.core.errors import ErrorCode, KnownError
from voicerec_desktop.core.model import Diarization, Gap, Segment, Transcript
from voicerec_desktop.store.library import Library

NAME = "meeting.json"
VERSION = 1
log = logging.getLogger(__name__)


class Sidecar(msgspec.Struct, frozen=True):
    """All that the library knows of a meeting."""

    version: int
    transcript: Transcript
    asr: dict[str, list[Segment]]
    diarization: dict[str, Diarization]
    gaps: dict[str, list[Gap]] = {}


def write_sidecar(library: Library, meeting_id: str, folder: Path) -> Path:
    """Write a meeting's sidecar into its folder, whole or not at all."""
    transcript = library.transcript(meeting_id)
    ids = [track.id for track in transcript.tracks]
    found = {i: d for i in ids if (d := library.diarization(i)) is not None}
    sidecar = Sidecar(
        VERSION,
        transcript,
        {i: library.asr_segments(i) for i in ids},
        found,
        {i: library.gaps(i) for i in ids},
    )
    target, part = folder / NAME, folder / (NAME + ".part")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with part.open("wb") as file:
            file.write(msgspec.json.format(msgspec.json.encode(sidecar), indent=1))
            file.flush()
            os.fsync(file.fileno())
        part.replace(target)
    except OSError as error:
        raise KnownError(ErrorCode.DISK_FULL, str(error), path=str(folder)) from error
    return target


def restore(library: Library, folder: Path) -> list[str]:
    """Put meetings that the library lacks back from the sidecars below a folder; their ids."""
    known = {meeting.id for meeting in library.meetings()}
    restored = []
    for path in sorted(folder.glob(f"*/{NAME}")):
        try:
            sidecar = msgspec.json.decode(path.read_bytes(), type=Sidecar)
        except (OSError, msgspec.MsgspecError) as error:
            log.warning("%s: %s", path, error)
            continue
        if sidecar.transcript.meeting.id not in known:
            _put_back(library, sidecar)
            restored.append(sidecar.transcript.meeting.id)
    return restored


def _put_back(library: Library, sidecar: Sidecar) -> None:
    transcript = sidecar.transcript
    meeting_id = transcript.meeting.id
    library.add_meeting(transcript.meeting, transcript.tracks)
    for track_id, segments in sidecar.asr.items():
        library.append_asr(track_id, segments)
    for track_id, diarization in sidecar.diarization.items():
        library.replace_diarization(track_id, diarization)
    for gaps in sidecar.gaps.values():
        for gap in gaps:
            library.add_gap(gap)
    library.replace_segments(meeting_id, transcript.speakers, transcript.segments, transcript.turns)
    for run in transcript.stages:
        row = library.start_stage(meeting_id, run.stage, run.options)
        library.finish_stage(row, run.state, run.seconds, run.error)
