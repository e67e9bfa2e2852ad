"""The sound track of any file as blocks of 16 kHz samples whose time is the file's own.

The time of a sample is what players show: seconds since the file starts, by its time stamps. So
sound that starts later than the picture, or was left out by a live recorder or by damage, becomes
silence; what damage takes from a stream without time stamps (mp3) moves the rest, as in players.
"""

import logging
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from voicerec_desktop.core.cancel import CancelToken
from voicerec_desktop.core.errors import ErrorCode, KnownError
from voicerec_desktop.sound import SAMPLE_RATE

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Block = NDArray[np.float32]  # [channels, n]

TRUNCATED = "truncated"
GAP = 0.2  # s: a later frame is a hole, an earlier one jitter or the delay of a decoder (wma: 0.13)
LONGEST_GAP = 3600.0  # s: a longer one is no hole but a damaged time stamp
RESTART = 1.0  # s: stamps that fall back by more start anew, as in files that were put together
UNHEARD = 0.5  # s: a larger hole is reported; live codecs may leave out up to 0.4 s of silence
SHORT = 0.5  # s that may be missing at the end of a whole file
CLOCK_UNITS = 10  # of rates, in Hz: 0.05 Hz at 48 kHz are 4 ms in an hour
BLOCK = SAMPLE_RATE  # samples, at least, but for the last
RIFF_LIMIT = 2**32  # bytes
OGG_PAGE = 65_307  # bytes of the largest
CONTAINERS = (  # that hold their sound themselves: playlists would make FFmpeg open other addresses
    "wav,w64,aiff,au,caf,flac,mp3,aac,ac3,eac3,amr,ape,wv,tta,ogg,matroska,mov,asf,avi,flv,mpeg,"
    "mpegts,voc,dts,mxf,nut,rm,wtv"
)
MEASURED = ("wav", "aiff", "flac", "matroska", "mov")  # containers that say how long they are
log = logging.getLogger(__name__)


def in_clock_units(rate: int, clock_rate: float) -> int:
    """A rate as it is told to a resampler whose frames are `true_to_clock`."""
    return rate * CLOCK_UNITS if clock_rate else rate


def true_to_clock(frame: Any, clock_rate: float) -> None:
    """Let a frame have the rate of its device's clock, which no whole number of Hz is."""
    if clock_rate:
        frame.sample_rate = round(clock_rate * CLOCK_UNITS)


def check_readable(source: Path) -> None:
    """Raise `KnownError` for what is no readable, non-empty file; never waits for a pipe."""
    try:
        status = source.stat()
        if stat.S_ISDIR(status.st_mode):
            raise KnownError(ErrorCode.IS_DIRECTORY, path=str(source))
        if not stat.S_ISREG(status.st_mode):
            raise KnownError(ErrorCode.NOT_AUDIO, "no regular file", path=str(source))
        with source.open("rb") as file:
            if not file.read(1):
                raise KnownError(ErrorCode.EMPTY_AUDIO, path=str(source))
    except OSError as error:
        raise unreadable(error, source) from error


def unreadable(error: OSError, source: Path) -> KnownError:
    """The error for a source that the system does not give."""
    missing = isinstance(error, (FileNotFoundError, NotADirectoryError))
    code = ErrorCode.FILE_MISSING if missing else ErrorCode.FILE_UNREADABLE
    return KnownError(code, str(error), path=str(source))


class SoundStream:
    """The sound track of one file.

    Args:
        clock_rate: frames that its device really delivered per second; 0: what the file says.

    Attributes:
        sample_rate: of the source, Hz; known once the first block is there.
        channels: of the source.
        warning: "" or "truncated"; known after the last block.
    """

    def __init__(
        self,
        source: Path,
        cancel: CancelToken,
        on_progress: Callable[[float], None] = lambda _: None,
        clock_rate: float = 0.0,
    ) -> None:
        self._source = source
        self._clock_rate = clock_rate
        self._cancel = cancel
        self._on_progress = on_progress
        self._container = ""
        self._length = self._reached = 0.0  # s: what the file says, what its packets came to
        self._start = self._at = 0.0  # s: the stamp of the first sample, the time of the next one
        self.sample_rate = self.channels = 0
        self.warning = ""

    def blocks(self) -> "Iterator[Block]":
        """The sound in blocks of about a second.

        Raises:
            KnownError: there is no sound that can be read.
            Cancelled: at once.
        """
        found = False
        options = _wav_options(self._source)
        for block in self._blocks(options):
            found = True
            yield block
        if not found and self._container == "wav":  # an RF64 header that says 0: a killed recorder
            for block in self._blocks({**options, "ignore_length": "1"}):
                self.warning = TRUNCATED
                yield block

    def _blocks(self, options: dict[str, str]) -> "Iterator[Block]":
        import av

        av.logging.set_level(None)
        options = {"format_whitelist": CONTAINERS, **options}
        try:
            with av.open(
                f"file:{self._source}", metadata_errors="replace", options=options
            ) as file:
                track = self._choose(file)
                yield from _joined(self._resampled(self._frames(file, track)))
                if self._cut_off(track):
                    self._damaged("cut off")
        except av.error.FFmpegError as error:
            if isinstance(error, OSError):
                raise unreadable(error, self._source) from error
            raise KnownError(ErrorCode.NOT_AUDIO, str(error), path=str(self._source)) from error

    def _choose(self, file: Any) -> Any:
        """The sound track that a player takes."""
        import av

        if not file.streams.audio:
            raise KnownError(ErrorCode.NO_AUDIO_STREAM, path=str(self._source))
        known = [track for track in file.streams.audio if track.codec_context and track.rate]
        if not known:
            raise KnownError(ErrorCode.NOT_AUDIO, "no known codec", path=str(self._source))
        default = av.stream.Disposition.default
        track = next((track for track in known if track.disposition & default), known[0])
        track.thread_type = "AUTO"
        self.sample_rate, self.channels = track.rate, track.channels
        self._container = file.format.name.split(",")[0]
        self._start = (file.start_time or 0) / av.time_base
        self._length = (file.duration or 0) / av.time_base
        return track

    def _frames(self, file: Any, track: Any) -> Iterator[Any]:
        """Decoded frames; damaged packets are skipped and remembered."""
        import av

        for packet in self._packets(file):
            if packet.stream.index != track.index:
                continue
            try:
                frames = packet.decode()
            except av.error.MemoryError:
                raise
            except av.error.FFmpegError as error:
                self._damaged(str(error))
                continue
            yield from frames
            if self._length:
                self._on_progress(min(1.0, self._reached / self._length))

    def _packets(self, file: Any) -> Iterator[Any]:
        """The packets of all tracks: only together they come to what the file says it holds."""
        import av

        origin = 0.0 if self._container == "matroska" else self._start  # where its length starts
        try:
            for packet in file.demux():
                self._cancel.check()
                if packet.dts is not None:
                    end = float((packet.dts + (packet.duration or 0)) * packet.time_base) - origin
                    self._reached = max(self._reached, end)
                if packet.is_corrupt:
                    self._damaged("a packet is cut off")
                yield packet
        except av.error.FFmpegError as error:
            if isinstance(error, OSError | MemoryError):
                raise
            self._damaged(str(error))

    def _resampled(self, frames: Iterator[Any]) -> "Iterator[Block]":
        import av

        resampler, shape = None, None
        for frame in frames:
            hole = self._hole(frame)
            now = (frame.format.name, frame.layout.name, frame.sample_rate)
            if resampler is None or now != shape or hole:
                if resampler is not None:
                    yield from _arrays(resampler.resample(None))
                yield from _silence(hole, frame.layout.nb_channels)
                rate = in_clock_units(SAMPLE_RATE, self._clock_rate)
                resampler, shape = av.AudioResampler("flt", frame.layout, rate), now
            self._at += hole + frame.samples / frame.sample_rate
            frame.pts = None
            true_to_clock(frame, self._clock_rate)
            yield from _arrays(resampler.resample(frame))
        if resampler is not None:
            yield from _arrays(resampler.resample(None))

    def _hole(self, frame: Any) -> float:
        """Seconds that are missing before a frame."""
        if frame.time is None:
            return 0.0
        hole = float(frame.time) - self._start - self._at
        if -RESTART <= hole <= GAP:
            return 0.0
        if self._at and hole > UNHEARD:
            self._damaged(f"{hole:.1f} s are missing at {self._at:.1f} s")
        if not GAP < hole <= LONGEST_GAP:
            self._start += hole
            return 0.0
        return hole

    def _damaged(self, why: str) -> None:
        if not self.warning:
            log.info("%s: %s", self._source, why)
        self.warning = TRUNCATED

    def _cut_off(self, track: Any) -> bool:
        """Whether the file ends before it should; those that cannot tell are taken for whole."""
        if self._container == "ogg":
            return _ogg_cut_off(self._source)
        indexed = self._container == "mp3" and bool(track.start_time)  # else the length is guessed
        said = indexed or self._container in MEASURED
        return said and self._reached < self._length - SHORT


def _wav_options(source: Path) -> dict[str, str]:
    """What FFmpeg must be told of a wav file; nothing of others.

    It would look for more behind the sound before it starts, for minutes where all is zero.
    """
    try:
        with source.open("rb") as file:
            form, _, kind = (file.read(4) for _ in range(3))
        if form not in (b"RIFF", b"RF64", b"BW64") or kind != b"WAVE":
            return {}
        too_long = form == b"RIFF" and source.stat().st_size > RIFF_LIMIT  # for what it can say
    except OSError as error:
        raise unreadable(error, source) from error
    return {"seekable": "0", **({"ignore_length": "1"} if too_long else {})}


def _arrays(frames: list[Any]) -> "Iterator[Block]":
    """Packed frames as arrays: PyAV reads planar ones of 8 and more channels beyond their end."""
    for frame in frames:
        yield frame.to_ndarray().reshape(-1, frame.layout.nb_channels).T


def _silence(seconds: float, channels: int) -> "Iterator[Block]":
    left = round(seconds * SAMPLE_RATE)
    while left > 0:
        yield np.zeros((channels, min(left, BLOCK)), np.float32)
        left -= BLOCK


def _joined(blocks: "Iterator[Block]") -> "Iterator[Block]":
    """Small blocks in larger ones: calls for each of them would cost more than decoding."""
    kept: list[Block] = []
    for block in blocks:
        if kept and (len(kept[0]) != len(block) or sum(b.shape[1] for b in kept) >= BLOCK):
            yield np.concatenate(kept, axis=1)
            kept = []
        kept.append(block)
    if kept:
        yield np.concatenate(kept, axis=1)


def _ogg_cut_off(source: Path) -> bool:
    """Whether the last page is not all there (RFC 3533, section 6)."""
    size = source.stat().st_size
    with source.open("rb") as file:
        file.seek(max(0, size - OGG_PAGE))
        tail = file.read()
    page = tail.rfind(b"OggS")
    if page < 0 or len(tail) < page + 27:
        return True
    table = tail[page + 27 : page + 27 + tail[page + 26]]
    return len(table) < tail[page + 26] or page + 27 + len(table) + sum(table) > len(tail)
