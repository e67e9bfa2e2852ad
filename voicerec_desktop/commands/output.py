"""Where exports go: to stdout, into one file, or into a folder with a file for each meeting."""

import errno
import sys
from pathlib import Path

from voicerec_desktop.commands.streams import mute_stdout
from voicerec_desktop.core.errors import ErrorCode, KnownError
from voicerec_desktop.core.ids import new_id
from voicerec_desktop.core.minutes import Minutes
from voicerec_desktop.core.model import Transcript
from voicerec_desktop.export.minutes.registry import MINUTES_FORMATS, render_minutes
from voicerec_desktop.export.registry import FORMATS, ExportOptions, render, write_bytes
from voicerec_desktop.store.library import Library

STDOUT = "-"


class Output:
    """The target of one command's exports.

    Args:
        output: "-", a file or a folder.
        name: of the format.
        doubtful: export doubtful text, too.
        several: the command exports several meetings, so a path is that of a folder.
    """

    def __init__(self, output: str, name: str, doubtful: bool, several: bool = False) -> None:
        self._stdout = output == STDOUT
        self._path = Path(output)
        self._folder = several or self._path.is_dir() or output.endswith(("/", "\\"))
        self._name = name
        self._doubtful = doubtful
        self._written: set[Path] = set()

    def check(self) -> None:
        """Find out before hours of work whether it can be written; raises `KnownError`."""
        if self._stdout or (self._path.exists() and not self._folder and not self._path.is_file()):
            return
        folder = self._path if self._folder else self._path.parent
        probe = folder / f"{new_id()}.part"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            probe.touch(exist_ok=False)
            probe.unlink()
        except OSError as error:
            raise _failed(error, str(self._path)) from error

    def write(
        self, library: Library, meeting_id: str, stem: str, minutes: Minutes | None = None
    ) -> None:
        """Export a meeting; `stem` names its file in a folder. Raises `KnownError`.

        Args:
            minutes: stand before the text, in formats that can hold them.
        """
        transcript = library.transcript(meeting_id)
        language = "ru" if transcript.meeting.language == "ru" else "en"
        options = ExportOptions(doubtful=self._doubtful, language=language)
        if minutes and self._name in MINUTES_FORMATS:
            self._deliver(render_minutes(transcript, minutes, self._name, options, True), stem)
        else:
            self._deliver(render(transcript, self._name, options), stem)

    def write_minutes(
        self, transcript: Transcript, minutes: Minutes, stem: str, with_transcript: bool
    ) -> None:
        """Export minutes; raises `KnownError`."""
        self._deliver(render_minutes(transcript, minutes, self._name, None, with_transcript), stem)

    def _deliver(self, body: bytes, stem: str) -> None:
        if self._stdout:
            _print(body)
        else:
            write_bytes(body, self._target(stem))

    def _target(self, stem: str) -> Path:
        """The file for a meeting; those of the same command do not replace each other."""
        if not self._folder:
            return self._path
        known = FORMATS.get(self._name)
        suffix, number = known.suffix if known else MINUTES_FORMATS[self._name][0], 1
        target = self._path / f"{stem}{suffix}"
        while target in self._written:
            number += 1
            target = self._path / f"{stem} ({number}){suffix}"
        self._written.add(target)
        return target


def _print(body: bytes) -> None:
    try:
        sys.stdout.buffer.write(body)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        mute_stdout()
        raise _failed(error, "stdout") from error


def _failed(error: OSError, path: str) -> KnownError:
    full = error.errno in (errno.ENOSPC, errno.EDQUOT)
    return KnownError(
        ErrorCode.DISK_FULL if full else ErrorCode.OUTPUT_FAILED, str(error), path=path
    )
