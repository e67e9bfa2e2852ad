"""The queue of meetings: what is opened waits in the library until its turn, restarts included."""

import logging
import os
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from voicerec_desktop.audio.probe import check_sound
from voicerec_desktop.core.errors import ErrorCode, KnownError
from voicerec_desktop.core.model import Meeting, MeetingStatus
from voicerec_desktop.core.process_options import ProcessOptions
from voicerec_desktop.pipeline.estimate import Estimate, StageSoFar, estimate
from voicerec_desktop.pipeline.opening import UNFINISHED, add_file, checked, unfinished
from voicerec_desktop.store.jobs import Job
from voicerec_desktop.store.library import Library

__all__ = ["Added", "Estimate", "Job", "Queue", "Refused", "StageSoFar", "estimate", "sound_files"]

SUFFIXES = frozenset({  # of files that are taken from folders; ".ts" is mostly something else
    ".3gp", ".aac", ".ac3", ".aif", ".aiff", ".amr", ".ape", ".asf", ".au", ".avi", ".caf", ".flac",
    ".flv", ".m2ts", ".m4a", ".m4b", ".m4v", ".mka", ".mkv", ".mov", ".mp2", ".mp3", ".mp4",
    ".mpeg", ".mpg", ".mts", ".mxf", ".oga", ".ogg", ".ogv", ".opus", ".rm", ".spx", ".tta", ".voc",
    ".vob", ".w64", ".wav", ".webm", ".wma", ".wmv", ".wtv", ".wv",
})  # fmt: skip
_ENDED = (MeetingStatus.READY, MeetingStatus.FAILED)
_OPEN = (*UNFINISHED, MeetingStatus.PROCESSING)  # states in which a file need not be added again
_NUMBER = re.compile(r"(\d+)")
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Added:
    """A file that waits now, or that did so already."""

    path: Path
    meeting: Meeting


@dataclass(frozen=True, slots=True)
class Refused:
    """A file or folder that is not in the queue, and why."""

    path: Path
    error: KnownError


class Queue:
    """The meetings of a library that wait for their turn; several processes may take them."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def enqueue_files(
        self,
        paths: Sequence[Path],
        options: ProcessOptions,
        on_result: Callable[[Added | Refused], None] = lambda _: None,
    ) -> list[Added | Refused]:
        """Put files and the sound files of folders into library and queue, each durably.

        Args:
            on_result: told of each at once: many files take their time.
        """
        results: list[Added | Refused] = []
        seen: set[Path] = set()
        for path in paths:
            for found in _found(path):
                if isinstance(found, Path) and found in seen:
                    continue
                seen.add(found if isinstance(found, Path) else found.path)
                result = self._enqueue(found, options) if isinstance(found, Path) else found
                results.append(result)
                on_result(result)
        return results

    def _enqueue(self, path: Path, options: ProcessOptions) -> Added | Refused:
        try:
            path = checked(path)
            check_sound(path)
            known = unfinished(self._library, path, _OPEN)
            with self._library.transaction():
                meeting = known or add_file(self._library, path)
                if not self._library.under_way(meeting.id):
                    self._wait(meeting.id, options)
                return Added(path, self._library.meeting(meeting.id))
        except KnownError as error:
            return Refused(path, error)

    def retry(self, meeting_id: str, options: ProcessOptions | None = None) -> None:
        """Put a meeting into the queue again; None: with the options that it had.

        Raises:
            KnownError: MEETING_UNKNOWN, or MEETING_BUSY: it is being worked at.
        """
        with self._library.transaction():
            meeting = self._library.meeting(meeting_id)
            ended = meeting.status == MeetingStatus.RECORDING  # or the pipeline will refuse it
            if self._library.under_way(meeting.id) and not ended:
                raise KnownError(ErrorCode.MEETING_BUSY, id=meeting.id)
            known = options or self._library.last_options(meeting.id)
            self._wait(meeting.id, known or ProcessOptions())

    def _wait(self, meeting_id: str, options: ProcessOptions) -> None:
        self._library.add_job(meeting_id, options)
        self._library.update_meeting(meeting_id, status=MeetingStatus.QUEUED, error="")

    def next_job(self) -> Job | None:
        """Take the first job that is not held: it is this process's from now on.

        Meetings at which somebody else works are left alone; those that are done leave the queue.
        """
        with self._library.transaction():
            for job in self._library.jobs():
                status = self._library.meeting(job.meeting_id).status
                if status in _ENDED:  # by `voicerec transcribe`, say
                    self._library.remove_job(job.meeting_id)
                elif (
                    job.held
                    or status == MeetingStatus.RECORDING
                    or self._library.under_way(job.meeting_id)
                ):
                    continue
                elif self._library.claim(job.meeting_id):
                    return job
        return None

    def finish(self, meeting_id: str) -> None:
        """The work on a job ended: it leaves the queue, unless it was only interrupted.

        Interrupted jobs go on when they are let go again, or after a restart.
        """
        with self._library.transaction():
            if self._library.meeting(meeting_id).status in _ENDED:
                self._library.remove_job(meeting_id)

    def cancel(self, meeting_id: str) -> None:
        """Take a meeting out of the queue; whoever works at it is to be stopped besides.

        What has a whole transcript is ready again, all else interrupted.
        """
        with self._library.transaction():
            self._library.remove_job(meeting_id)
            meeting = self._library.meeting(meeting_id)
            if meeting.status in _ENDED or self._library.under_way(meeting_id):
                return
            whole = self._library.assembled(meeting_id) is not None
            status = MeetingStatus.READY if whole else MeetingStatus.INTERRUPTED
            self._library.update_meeting(meeting_id, status=status)

    def recover(self) -> list[str]:
        """Bring the queue in order when the program starts; the meetings that wait again.

        Jobs of finished meetings go. Meetings that wait without a job, and those at which a
        process died, get one.
        """
        gone = self._library.mark_interrupted()
        again = []
        with self._library.transaction():
            jobs = {job.meeting_id for job in self._library.jobs()}
            for meeting in reversed(self._library.meetings()):
                if meeting.status in _ENDED:
                    self._library.remove_job(meeting.id)
                elif self._is_to_wait(meeting, meeting.id in jobs, meeting.id in gone):
                    if meeting.id not in jobs:
                        options = self._library.last_options(meeting.id)
                        self._library.add_job(meeting.id, options or ProcessOptions())
                    self._library.update_meeting(meeting.id, status=MeetingStatus.QUEUED)
                    again.append(meeting.id)
        log.info("the queue: %s wait again", len(again))
        return again

    def _is_to_wait(self, meeting: Meeting, has_job: bool, died: bool) -> bool:
        if meeting.status == MeetingStatus.INTERRUPTED:  # without a job: the user cancelled it
            return has_job or died
        return meeting.status == MeetingStatus.QUEUED and not has_job


def sound_files(folder: Path) -> Iterator[Path | Refused]:
    """The sound and video files below a folder, in order; places that cannot be read."""
    failed: list[OSError] = []
    for place, folders, names in os.walk(folder, onerror=failed.append):
        folders[:] = sorted((f for f in folders if not f.startswith(".")), key=_natural)
        for name in sorted(names, key=_natural):
            path = Path(place, name)
            if path.suffix.lower() in SUFFIXES and not name.startswith("."):
                yield path
    for error in failed:
        place = str(error.filename or folder)
        known = KnownError(ErrorCode.FILE_UNREADABLE, str(error), path=place)
        yield Refused(Path(place), known)


def _found(path: Path) -> Iterator[Path | Refused]:
    path = path.absolute()
    if not path.is_dir():
        yield path
        return
    files = list(sound_files(path))
    yield from files
    if not files:
        yield Refused(path, KnownError(ErrorCode.NO_AUDIO_INSIDE, path=str(path)))


def _natural(name: str) -> list[tuple[int, str]]:
    """The key by which "2.wav" comes before "10.wav"."""
    parts = _NUMBER.split(name.casefold())
    return [(int(p), "") if p.isdecimal() else (-1, p) for p in parts]
