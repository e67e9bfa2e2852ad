"""From the click to tracks in the library: a recording's row, its stage, its recovery.

The recorder writes files and knows nothing of the library. So a row says from the first second that
something is recorded; everything else is read from the files when the recorder is gone.
"""

import contextlib
import logging
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from voicerec_desktop.audio.journal import NAME as JOURNAL
from voicerec_desktop.audio.recording_files import (
    CONTROL,
    LOCK,
    RESERVE,
    RecordedSegment,
    RecordedTrack,
    Recording,
    read_recording,
    recorder_lives,
)
from voicerec_desktop.core.cancel import CancelToken
from voicerec_desktop.core.errors import ErrorCode, KnownError
from voicerec_desktop.core.glossary import Glossary
from voicerec_desktop.core.ids import new_id
from voicerec_desktop.core.model import (
    Gap,
    Mark,
    Meeting,
    MeetingStatus,
    Source,
    Stage,
    Track,
)
from voicerec_desktop.core.process_options import ProcessOptions
from voicerec_desktop.paths import RECORDING as FOLDER
from voicerec_desktop.paths import Home
from voicerec_desktop.pipeline import events
from voicerec_desktop.pipeline.job import Job
from voicerec_desktop.store.failures import translated
from voicerec_desktop.store.library import Library
from voicerec_desktop.store.sidecar import write_sidecar

TITLE = "Recording"
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Recovered:
    """A recording whose recorder died, or that nobody finished: it is in the queue now."""

    meeting_id: str
    title: str
    seconds: float


def begin_recording(library: Library, home: Home, mode: str, title: str) -> str:
    """A row for what is about to be recorded into `home.recording(id)`; the meeting's id.

    Args:
        mode: "call", "room" or "system".

    Raises:
        KnownError: the library or the disk refuses.
    """
    meeting = Meeting(
        new_id(),
        title or TITLE,
        datetime.now(UTC).isoformat(timespec="seconds"),
        status=MeetingStatus.RECORDING,
        source=Source.RECORDING,
    )
    library.add_meeting(meeting, [])
    try:
        with translated(home.meeting(meeting.id)):
            home.meeting(meeting.id).mkdir(parents=True, exist_ok=True)
    except KnownError:
        library.forget_meeting(meeting.id)
        raise
    log.info("recording %s: %s", meeting.id, mode)
    return meeting.id


def abandon_recording(library: Library, home: Home, meeting_id: str) -> None:
    """Forget a recording whose recorder did not start; nothing where something was recorded."""
    recording = read_recording(home.recording(meeting_id))
    if recording is None or not recording.seconds:
        library.forget_meeting(meeting_id)
        with contextlib.suppress(OSError):
            shutil.rmtree(home.meeting(meeting_id))


def is_recorded(home: Home, meeting_id: str) -> bool:
    """Whether a recorder works at a meeting now."""
    folder = home.recording(meeting_id)
    if not recorder_lives(folder):
        return False
    recording = read_recording(folder)
    return recording is None or not recording.ended


def living_recording(library: Library, home: Home) -> str | None:
    """The meeting that is being recorded now, by whomever, or None.

    What nobody records any more is recovered first.
    """
    recover_recordings(library, home)
    return recorded_now(library, home)


def recorded_now(library: Library, home: Home) -> str | None:
    """The meeting that is being recorded now, by whomever, or None."""
    for meeting in library.meetings():
        if meeting.status == MeetingStatus.RECORDING and is_recorded(home, meeting.id):
            return meeting.id
    return None


def finish_recording(
    library: Library,
    home: Home,
    meeting_id: str,
    cancel: CancelToken,
    on_event: Callable[[events.Event], None] = lambda _: None,
) -> None:
    """The stage RECORD: what the recorder left becomes tracks, gaps and marks of the library.

    Nothing where that has been done. Each track is one FLAC file that was compared with the pieces,
    sample by sample, before they are deleted. It goes on where it was cut short.

    Raises:
        KnownError: MEETING_BUSY: it is still being recorded; NOTHING_RECORDED; DISK_FULL.
        Cancelled: at once.
    """
    recording = read_recording(home.recording(meeting_id))
    have_tracks = bool(library.tracks(meeting_id))
    if recording is None or not any(track.segments for track in recording.tracks):
        if not have_tracks:
            raise KnownError(ErrorCode.NOTHING_RECORDED, id=meeting_id)
        return
    if is_recorded(home, meeting_id):
        raise KnownError(ErrorCode.MEETING_BUSY, id=meeting_id)
    if not have_tracks:
        nothing = Glossary((), str)
        job = Job(
            meeting_id, [], ProcessOptions(), nothing, library, home, CancelToken(cancel), on_event
        )
        with job.stage(Stage.RECORD, {"mode": recording.mode}):
            _make_tracks(job, recording)
    _clear(recording)


def _make_tracks(job: Job, recording: Recording) -> None:
    """FLAC files first, then all rows at once."""
    runs = [(track, number, run) for track in recording.tracks for number, run in _numbered(track)]
    tracks: list[Track] = []
    gaps: list[Gap] = []
    for at, (side, number, run) in enumerate(runs):
        track = _track(job, side, number, run, (at, len(runs)))
        tracks.append(track)
        gaps.extend(_gaps(side, number, track.id))
    with job.library.transaction():
        for track in tracks:
            job.library.add_track(track)
        for gap in gaps:
            job.library.add_gap(gap)
        for mark in recording.marks:
            job.library.add_mark(job.meeting_id, Mark(new_id(), mark.at, mark.note))
        job.library.update_meeting(job.meeting_id, duration=recording.seconds)
        write_sidecar(job.library, job.meeting_id, job.home.meeting(job.meeting_id))


def _numbered(track: RecordedTrack) -> list[tuple[int, tuple[RecordedSegment, ...]]]:
    return list(enumerate(track.runs, 1))


def _track(
    job: Job,
    side: RecordedTrack,
    number: int,
    run: tuple[RecordedSegment, ...],
    place: tuple[int, int],
) -> Track:
    """One run of a side as a file that begins at second 0."""
    from voicerec_desktop.audio.flac import FlacDiffersError, write_flac  # numpy: not at each start

    name = side.kind.value if number == 1 else f"{side.kind.value}-{number}"
    target = job.home.meeting(job.meeting_id) / f"{name}.flac"
    target.unlink(missing_ok=True)  # of an attempt that was cut short before its row was there
    at, of = place

    def told(done: float) -> None:
        share = (at + done) / of
        job.on_event(events.StageProgress(job.meeting_id, Stage.RECORD, share))

    try:
        with translated(target):
            frames = write_flac(run, target, job.cancel, told)
    except FlacDiffersError as error:  # the pieces stay; another attempt may be luckier
        raise KnownError(ErrorCode.FILE_UNREADABLE, str(error), path=str(target)) from error
    return Track(
        f"{job.meeting_id}-{name}",
        job.meeting_id,
        side.kind,
        str(target),
        sample_rate=run[0].sample_rate,
        channels=run[0].channels,
        frames=frames,
        clock_rate=run[0].clock_rate,
    )


def _gaps(side: RecordedTrack, number: int, track_id: str) -> list[Gap]:
    """The holes that begin in a run; the first one has those before it, too."""
    starts = [run[0].at for run in side.runs]
    begin = 0.0 if number == 1 else starts[number - 1]
    end = starts[number] if number < len(starts) else float("inf")
    return [
        Gap(track_id, hole.start, hole.duration, hole.reason)
        for hole in side.holes
        if begin <= hole.start < end
    ]


def _clear(recording: Recording) -> None:
    """Delete the pieces, whose samples are all in the tracks; the journal stays."""
    files = [segment.path for track in recording.tracks for segment in track.segments]
    for path in (*files, *(recording.folder / name for name in (CONTROL, RESERVE, LOCK))):
        try:
            path.unlink(missing_ok=True)
        except OSError as error:  # somebody looks at it; the next start tries again
            log.warning("%s: %s", path, error)


def recover_recordings(
    library: Library, home: Home, title: str = TITLE, options: ProcessOptions | None = None
) -> list[Recovered]:
    """Find what nobody records any more, and queue it; what was found, oldest first.

    Recordings whose recorder lives are left alone; their rows name this process from now on if the
    one that began them is gone. Folders of recordings without a row get one.

    Args:
        title: of those without a row.
        options: how they are processed; None: by default.
    """
    found = []
    left = [
        meeting
        for meeting in reversed(library.meetings())
        if meeting.status == MeetingStatus.RECORDING and not library.under_way(meeting.id)
    ]
    for meeting in (*left, *_without_rows(library, home, title)):
        if is_recorded(home, meeting.id):
            library.update_meeting(meeting.id, status=MeetingStatus.RECORDING)
        elif (recovered := _queue(library, home, meeting, options)) is not None:
            found.append(recovered)
    return found


def queue_recording(library: Library, meeting_id: str, options: ProcessOptions) -> None:
    """Let a recording that has ended wait for its turn."""
    with library.transaction():
        library.add_job(meeting_id, options)
        library.update_meeting(meeting_id, status=MeetingStatus.QUEUED)


def _queue(
    library: Library, home: Home, meeting: Meeting, options: ProcessOptions | None
) -> Recovered | None:
    recording = read_recording(home.recording(meeting.id))
    seconds = recording.seconds if recording else 0.0
    if not seconds and not library.tracks(meeting.id):
        library.update_meeting(
            meeting.id, status=MeetingStatus.FAILED, error=ErrorCode.NOTHING_RECORDED.value
        )
        return None
    library.update_meeting(meeting.id, duration=seconds or meeting.duration)
    queue_recording(library, meeting.id, options or ProcessOptions())
    log.info("recovered %s: %.1f s", meeting.id, seconds)
    return Recovered(meeting.id, meeting.title, seconds or meeting.duration)


def _without_rows(library: Library, home: Home, title: str) -> Iterator[Meeting]:
    """Recordings whose rows were lost with a library; they get new ones."""
    known = {meeting.id for meeting in library.meetings()}
    for journal in sorted(home.meetings.glob(f"*/{FOLDER}/{JOURNAL}")):
        meeting_id = journal.parent.parent.name
        recording = None if meeting_id in known else read_recording(journal.parent)
        if recording is not None and recording.seconds:
            meeting = Meeting(
                meeting_id,
                title,
                recording.started_at,
                status=MeetingStatus.INTERRUPTED,
                source=Source.RECORDING,
            )
            library.add_meeting(meeting, [])
            yield meeting
