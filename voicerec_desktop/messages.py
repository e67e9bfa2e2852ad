"""What processes say to each other: MessagePack structs behind a length, over pipes."""

import struct
from typing import BinaryIO, TypeVar

import msgspec

from voicerec_desktop.core.model import Diarization, Segment

_LENGTH = struct.Struct(">I")
MAX_BYTES = 256 * 2**20


class Transcribe(msgspec.Struct, tag=True, frozen=True, kw_only=True):
    """Ask the ASR worker for the words in a decoded track.

    Attributes:
        audio: raw float32 file, 16 kHz, mono.
        model: folder of a CTranslate2 Whisper model.
        language: ISO 639-1 code, or "" to detect it.
        start: seconds that are already done.
    """

    audio: str
    model: str
    track_id: str = ""
    language: str = ""
    device: str = "cpu"
    compute_type: str = "int8"
    batch_size: int = 8
    beam_size: int = 5
    temperatures: tuple[float, ...] = (0.0, 0.2, 0.4)
    hotwords: tuple[str, ...] = ()
    start: float = 0.0


class Diarize(msgspec.Struct, tag=True, frozen=True, kw_only=True):
    """Ask the diarization worker who speaks when. 0 speakers means: find out."""

    audio: str
    model: str
    track_id: str = ""
    device: str = "cpu"
    min_speakers: int = 0
    max_speakers: int = 0


class Probe(msgspec.Struct, tag=True, frozen=True):
    """Ask a worker which devices it can use."""


class Cancel(msgspec.Struct, tag=True, frozen=True):
    """Ask a worker to stop what it does."""


class Heartbeat(msgspec.Struct, tag=True, frozen=True):
    """A worker lives. `cpu_seconds`: what its process has used so far."""

    cpu_seconds: float


class Progress(msgspec.Struct, tag=True, frozen=True):
    """How far a worker is with its request, 0 to 1."""

    done: float


class LanguageDetected(msgspec.Struct, tag=True, frozen=True):
    """The language of the recording, before its first words come."""

    language: str
    probability: float


class SegmentsFound(msgspec.Struct, tag=True, frozen=True):
    """Finished segments, in order of time; `until`: seconds of sound that they cover."""

    segments: tuple[Segment, ...]
    until: float


class SpeakersFound(msgspec.Struct, tag=True, frozen=True):
    """The result of a diarization."""

    diarization: Diarization


class Devices(msgspec.Struct, tag=True, frozen=True):
    """What a worker's engine can use: plain words and compute types per device."""

    engine: str
    cuda_devices: int
    compute_types: dict[str, tuple[str, ...]] = {}
    notes: tuple[str, ...] = ()


class Finished(msgspec.Struct, tag=True, frozen=True):
    """The request is done."""


class Failed(msgspec.Struct, tag=True, frozen=True):
    """The request failed. `code`: an `ErrorCode`, or "" for a mistake of ours."""

    code: str
    params: dict[str, str | int | float]
    detail: str


class Stopped(msgspec.Struct, tag=True, frozen=True):
    """The request ended because of `Cancel`."""


Request = Transcribe | Diarize | Probe | Cancel
Reply = (
    Heartbeat
    | Progress
    | LanguageDetected
    | SegmentsFound
    | SpeakersFound
    | Devices
    | Finished
    | Failed
    | Stopped
)
_Message = TypeVar("_Message")
_requests = msgspec.msgpack.Decoder(Request)
_replies = msgspec.msgpack.Decoder(Reply)
_encoder = msgspec.msgpack.Encoder()


def write_message(stream: BinaryIO, message: Request | Reply) -> None:
    """Send one message; raises `OSError` when nobody reads any more."""
    body = _encoder.encode(message)
    stream.write(_LENGTH.pack(len(body)) + body)
    stream.flush()


def _read_frame(stream: BinaryIO) -> bytes | None:
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(head)
    if length > MAX_BYTES:
        return None
    body = stream.read(length)
    return body if len(body) == length else None


def _decode(decoder: "msgspec.msgpack.Decoder[_Message]", frame: bytes) -> _Message:
    try:
        return decoder.decode(frame)
    except (UnicodeDecodeError, RecursionError) as error:
        raise msgspec.DecodeError(str(error)) from error


def read_request(stream: BinaryIO) -> Request | None:
    """The next request, or None at the end of the stream; raises `msgspec.MsgspecError`."""
    frame = _read_frame(stream)
    return None if frame is None else _decode(_requests, frame)


def read_reply(stream: BinaryIO) -> Reply | None:
    """The next reply, or None at the end of the stream; raises `msgspec.MsgspecError`."""
    frame = _read_frame(stream)
    return None if frame is None else _decode(_replies, frame)
