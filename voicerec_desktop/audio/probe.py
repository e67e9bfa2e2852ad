"""Whether there is sound in a file, before anything is done with it."""

from pathlib import Path

from voicerec_desktop.audio.stream import SoundStream, check_readable
from voicerec_desktop.core.cancel import CancelToken
from voicerec_desktop.core.errors import ErrorCode, KnownError


def check_sound(source: Path, cancel: CancelToken | None = None) -> None:
    """Decode the first second of a file; raises `KnownError` as decoding all of it would."""
    check_readable(source)
    stream = SoundStream(source, cancel or CancelToken())
    if next(stream.blocks(), None) is None:
        code = ErrorCode.NOT_AUDIO if stream.warning else ErrorCode.EMPTY_AUDIO
        raise KnownError(code, path=str(source))
