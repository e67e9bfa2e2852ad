"""The sound that is played for a meeting: the user's own files, or what is decoded from them."""

import contextlib
import os
from collections.abc import Sequence
from pathlib import Path

from voicerec_desktop.audio.decode import decode
from voicerec_desktop.audio.listening import DecodedSound, FileSound, Sound
from voicerec_desktop.core.cancel import CancelToken
from voicerec_desktop.core.model import Track
from voicerec_desktop.paths import Home

BUDGET = 4 * 2**30  # bytes that sound decoded for listening may take: some 18 hours
_SUFFIX = "-play"  # what the pipeline decodes is gone when it has finished; this stays for a while


def open_sounds(
    home: Home, tracks: Sequence[Track], seconds: float, cancel: CancelToken, *, own_too: bool
) -> list[Sound]:
    """The sound of all tracks, to be closed by whoever gets it.

    Args:
        seconds: length of the meeting, 0 where it is not known yet.
        own_too: the user's files are all right; else all of them are decoded first.

    Raises:
        KnownError: a file is not there, cannot be read, or the disk is full.
        Cancelled: at once.
    """
    if own_too and all(Path(track.path).is_file() for track in tracks):
        found: list[Sound] = []
        try:
            for track in tracks:
                length = _length(track) or seconds
                found.append(FileSound(Path(track.path), track.channel, length, track.clock_rate))
            if not any(sound.broken for sound in found):
                return found
        except BaseException:
            _close(found)
            raise
        _close(found)
    return [DecodedSound(path) for path in prepare(home, tracks, cancel)]


def _length(track: Track) -> float:
    return track.frames / track.sample_rate if track.sample_rate else 0.0


def _close(sounds: Sequence[Sound]) -> None:
    for sound in sounds:
        sound.close()


def decoded_files(home: Home, tracks: Sequence[Track]) -> tuple[Path, ...] | None:
    """The decoded sound of all tracks, where it is there."""
    found = []
    for track in tracks:
        places = (_prepared(home, track), home.decoded(track.id))
        if (here := next((place for place in places if place.is_file()), None)) is None:
            return None
        found.append(here)
    return tuple(found)


def prepare(home: Home, tracks: Sequence[Track], cancel: CancelToken) -> tuple[Path, ...]:
    """Decode what is not decoded yet; what was listened to long ago makes room for it.

    Raises:
        KnownError: a file is not there, cannot be read, or the disk is full.
        Cancelled: at once.
    """
    missing = [track for track in tracks if decoded_files(home, [track]) is None]
    for track in missing:
        decode(
            Path(track.path),
            _prepared(home, track),
            cancel=cancel,
            on_progress=_nobody_waits,
            channel=track.channel if track.channel >= 0 else None,
            clock_rate=track.clock_rate,
        )
    found = decoded_files(home, tracks)
    assert found is not None
    for path in found:
        with contextlib.suppress(OSError):  # it was removed just now, or the disk is read-only
            os.utime(path)
    _make_room(home, found)
    return found


def _nobody_waits(_share: float) -> None:
    """Decoding is quick enough to show no progress."""


def _prepared(home: Home, track: Track) -> Path:
    decoded = home.decoded(track.id)
    return decoded.with_name(decoded.name + _SUFFIX)


def _make_room(home: Home, kept: Sequence[Path]) -> None:
    """Remove what was listened to longest ago while all of it takes more than its share."""
    with contextlib.suppress(OSError):  # another window removes them, too, or plays one of them
        found = [(path, path.stat()) for path in home.decoded("").parent.glob(f"*{_SUFFIX}")]
        total = sum(status.st_size for _, status in found)
        for path, status in sorted(found, key=lambda pair: pair[1].st_mtime):
            if total > BUDGET and path not in kept:
                total -= status.st_size
                path.unlink()
