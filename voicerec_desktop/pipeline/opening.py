"""A sound file becomes a meeting of the library."""

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from voicerec_desktop.audio.stream import check_readable, unreadable
from voicerec_desktop.core.errors import ErrorCode, KnownError
from voicerec_desktop.core.ids import new_id
from voicerec_desktop.core.model import Meeting, MeetingStatus, Track, TrackKind
from voicerec_desktop.store.library import Library

UNFINISHED = (MeetingStatus.QUEUED, MeetingStatus.INTERRUPTED, MeetingStatus.FAILED)


def open_file(library: Library, path: Path) -> Meeting:
    """Put a sound file into the library: meeting and track, before anything else is done.

    A meeting of the same file that is not finished is taken up again.

    Raises:
        KnownError: there is no such file, or it cannot be read.
    """
    path = checked(path)
    return unfinished(library, path) or add_file(library, path)


def checked(path: Path) -> Path:
    """The absolute path of a file that can be read; raises `KnownError`."""
    path = path.absolute()
    check_readable(path)
    if not _is_text(str(path)):  # bytes of another encoding; neither database nor JSON hold them
        raise KnownError(ErrorCode.FILE_UNREADABLE, "not Unicode", path=ascii(str(path))[1:-1])
    return path


def add_file(library: Library, path: Path) -> Meeting:
    """A new meeting of a file."""
    now = datetime.now(UTC).isoformat(timespec="seconds")
    meeting = Meeting(new_id(), path.stem, now)
    library.add_meeting(meeting, [Track(new_id(), meeting.id, TrackKind.FILE, str(path))])
    return meeting


def _is_text(path: str) -> bool:
    try:
        path.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def unfinished(
    library: Library, path: Path, states: Sequence[MeetingStatus] = UNFINISHED
) -> Meeting | None:
    """The newest meeting of this very file that is not finished, or None."""
    for meeting, known in library.meetings_of(str(path)):
        if meeting.status in states and _unchanged(path, known):
            return meeting
    return None


def _unchanged(path: Path, known: str) -> bool:
    """Whether the file still holds what was decoded from it; `known` is "" before that."""
    if not known:
        return True
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == known
    except OSError as error:
        raise unreadable(error, path) from error
