"""Entry point of the process that records: `voicerec-recorder FOLDER`, or `--devices`.

It needs no window and no engine, lives on when who started it dies, and ends when it is told to,
when the disk is full, or on SIGTERM; its files are finished in each case. A microphone is heard a
moment after the click, so what is not needed for that is imported later.
"""

import argparse
import logging
import os
import signal
import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

FIRST_LOOK = 2.0  # s that the sound system may take
LOCKED = 1.0  # s
log = logging.getLogger(__name__)


def main(argv: Sequence[str] | None = None) -> int:
    """Record, list devices, or listen for a moment; 0 when what was asked for is done."""
    parser = argparse.ArgumentParser(prog="voicerec-recorder")
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--options", default="{}")
    parser.add_argument("--clicked", type=float)
    parser.add_argument("--devices", action="store_true")
    parser.add_argument("--peak", metavar="OUTPUT")
    arguments = parser.parse_args(argv)
    if arguments.peak is not None:
        return _print_peak(arguments.peak)
    if arguments.devices:
        return _print_devices()
    if arguments.folder is None:
        parser.error("where to?")
    return _record(arguments.folder, arguments.options, arguments.clicked)


def _print_devices() -> int:
    import msgspec

    from voicerec_desktop.audio.devices import find_devices

    sys.stdout.buffer.write(msgspec.json.encode(find_devices()))
    sys.stdout.buffer.flush()
    return 0


def _print_peak(output: str) -> int:
    from voicerec_desktop.audio.pulse import print_peak

    print_peak(output)
    return 0


def _record(folder: Path, options: str, clicked: float | None) -> int:
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # threads that would only cost memory
    from voicerec_desktop.audio.routing import watch
    from voicerec_desktop.audio.track_clock import now

    looking = watch()
    zero = now() if clicked is None else clicked
    started_at = datetime.fromtimestamp(time.time() - (now() - zero), UTC).isoformat()
    import msgspec

    from voicerec_desktop.audio.recorder import Recorder, end_process
    from voicerec_desktop.audio.recording_files import hold_lock
    from voicerec_desktop.log import FORMAT
    from voicerec_desktop.recorder_messages import RecordOptions

    logging.basicConfig(level=logging.INFO, format=FORMAT)  # what starts us puts it into a file
    with hold_lock(folder, LOCKED) as held:
        if not held:
            log.error("another recorder works here")
            return 1
        recorder = Recorder(
            folder, msgspec.json.decode(options, type=RecordOptions), looking, zero, started_at
        )
        _obey_only_term(recorder.end)
        looking.wait(FIRST_LOOK)
        try:
            why = recorder.run()
        except Exception:  # the one place where a mistake of ours is put down
            log.exception("the recorder failed")
            why = "failed"
        end_process(int(why == "failed"))
    return 0


def _obey_only_term(end: object) -> None:
    """Ctrl-C and a closed terminal are meant for who started this, not for the recording."""
    assert callable(end)
    signal.signal(signal.SIGTERM, lambda *_: end("terminated"))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for name in ("SIGHUP", "SIGBREAK"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_IGN)


if __name__ == "__main__":
    sys.exit(main())
