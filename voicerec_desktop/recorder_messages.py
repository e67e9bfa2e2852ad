"""What the recorder and who watches it say to each other, over a local pipe of its own."""

from typing import Literal

import msgspec

Mode = Literal["call", "room", "system"]
State = Literal["recording", "paused", "stopping", "done"]
SILENT = -120.0  # dBFS, of a track with nothing on it


class RecordOptions(msgspec.Struct, frozen=True):
    """What to record.

    Attributes:
        mode: "call" (both sides), "room" (the microphone) or "system" (what is played).
        mic, system: device ids, or "" to follow the system's choice.
    """

    mode: Mode = "call"
    mic: str = ""
    system: str = ""

    @property
    def tracks(self) -> dict[str, str]:
        """The chosen device of each kind of track."""
        chosen = {"mic": self.mic, "system": self.system}
        left_out = {"call": "", "room": "system", "system": "mic"}[self.mode]
        return {kind: device for kind, device in chosen.items() if kind != left_out}


class AskStatus(msgspec.Struct, tag=True, frozen=True):
    """Ask how the recording goes. Every request is answered by a `RecorderStatus`."""


class Pause(msgspec.Struct, tag=True, frozen=True):
    """Let nobody be heard from now on; time goes on."""


class Resume(msgspec.Struct, tag=True, frozen=True):
    """End a pause."""


class AddMark(msgspec.Struct, tag=True, frozen=True):
    """Mark a moment. `at`: seconds of the meeting, or -1 for now."""

    note: str = ""
    at: float = -1.0


class Stop(msgspec.Struct, tag=True, frozen=True):
    """End the recording and finish its files."""


class UseDevice(msgspec.Struct, tag=True, frozen=True):
    """Go on with another device; "" follows the system's choice."""

    track: str
    device: str


class TrackStatus(msgspec.Struct, frozen=True):
    """One track as it is recorded.

    Attributes:
        kind: "mic" or "system".
        device: name for people, "" while there is none.
        seconds: of sound on disk.
        peak, rms: dBFS of the last tenth of a second or so.
        alert: an `Alert`, or "".
    """

    kind: str
    device: str = ""
    seconds: float = 0.0
    peak: float = SILENT
    rms: float = SILENT
    alert: str = ""


class RecorderStatus(msgspec.Struct, tag=True, frozen=True):
    """How the recording goes.

    Attributes:
        elapsed: seconds since the click.
        disk_seconds_left: how long the disk will do.
        alerts: what concerns no single track: "disk_low", "disk_full".
    """

    state: State
    elapsed: float
    tracks: tuple[TrackStatus, ...] = ()
    disk_seconds_left: float = 0.0
    alerts: tuple[str, ...] = ()


RecorderRequest = AskStatus | Pause | Resume | AddMark | Stop | UseDevice
_encoder = msgspec.msgpack.Encoder()
_requests = msgspec.msgpack.Decoder(RecorderRequest)
_replies = msgspec.msgpack.Decoder(RecorderStatus)


def encode(message: RecorderRequest | RecorderStatus) -> bytes:
    """The bytes of a message."""
    return _encoder.encode(message)


def decode_request(body: bytes) -> RecorderRequest:
    """What was asked.

    Raises:
        msgspec.DecodeError: it is no request.
    """
    request: RecorderRequest = _requests.decode(body)
    return request


def decode_status(body: bytes) -> RecorderStatus:
    """What was answered.

    Raises:
        msgspec.DecodeError: it is no status.
    """
    return _replies.decode(body)
