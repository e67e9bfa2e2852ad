"""Windows: WASAPI endpoints, by the id that the system gives them."""

import sys
from collections.abc import Iterator
from typing import Any

from voicerec_desktop.audio.capture import Block, CannotOpen, Stream, open_portaudio
from voicerec_desktop.audio.devices import WASAPI, Device
from voicerec_desktop.audio.track_clock import now

HOST = "Windows WASAPI"
RATE = 48_000


def endpoint(device: Device) -> str:
    """The endpoint id of a device."""
    return device.id.removeprefix(WASAPI)


def find_endpoints() -> Iterator[Device]:
    """What can be recorded now."""
    import soundcard

    rates = _rates()
    ends = [
        ("mic", soundcard.all_microphones(), soundcard.default_microphone),
        ("system", soundcard.all_speakers(), soundcard.default_speaker),
    ]
    for kind, found, default in ends:
        chosen = default().id if found else ""
        for end in found:
            yield Device(
                WASAPI + end.id,
                end.name,
                "mic" if kind == "mic" else "system",
                end.id == chosen,
                end.channels,
                rates.get(end.name, RATE),
            )


def _rates() -> dict[str, int]:
    import sounddevice

    return {
        device["name"]: int(device["default_samplerate"])
        for device in sounddevice.query_devices()
        if sounddevice.query_hostapis(device["hostapi"])["name"] == HOST
    }


def open_microphone(device: Device) -> Stream:
    """An input, through PortAudio.

    Raises:
        CannotOpen: it does not exist, or is busy.
    """
    import sounddevice

    extra = sounddevice.WasapiSettings(auto_convert=True)
    return open_portaudio(device, f"{device.name}, {HOST}", extra)


def open_loopback(device: Device) -> Stream:
    """What an output plays, through the second way.

    Raises:
        CannotOpen: it does not exist, or is busy.
    """
    if sys.platform != "win32":
        raise CannotOpen(device.id)
    import pyaudiowpatch as pyaudio

    host = pyaudio.PyAudio()
    try:
        found = next(
            x for x in host.get_loopback_device_info_generator() if device.name in x["name"]
        )
        stream = Stream(device, int(found["defaultSampleRate"]), found["maxInputChannels"])

        def heard(data: bytes, _frames: int, _time: Any, _status: int) -> tuple[None, int]:
            stream.blocks.put(Block(now(), data))
            return None, pyaudio.paContinue

        opened = host.open(
            stream.sample_rate,
            stream.channels,
            pyaudio.paInt16,
            input=True,
            input_device_index=found["index"],
            stream_callback=heard,
        )
    except (OSError, StopIteration) as error:
        host.terminate()
        raise CannotOpen(f"{device.id}: {error!r}") from error

    def close() -> None:
        stream.alive = False
        opened.close()
        host.terminate()

    stream.close = close
    return stream
