"""The computer does not fall asleep while it records."""

import logging
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

log = logging.getLogger(__name__)
INHIBIT = ("systemd-inhibit", "--what=sleep:idle", "--who=Voicerec", "--why=Recording a meeting")


@contextmanager
def keep_awake(command: tuple[str, ...] = INHIBIT) -> Iterator[bool]:
    """Hold sleep and standby off, the screen may go dark; whether the system agreed to it.

    The hold ends with this process in any case: on Windows it is the thread's, on Linux the
    inhibitor runs a program that ends when our end of its pipe is closed.
    """
    if sys.platform == "win32":
        with _windows() as held:
            yield held
        return
    try:
        process = subprocess.Popen(
            [*command, "cat"],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError as error:  # a system without systemd
        log.info("nothing holds sleep off: %s", error)
        yield False
        return
    assert process.stdin is not None
    try:
        yield True
    finally:
        process.stdin.close()
        process.wait()


@contextmanager
def _windows() -> Iterator[bool]:
    if sys.platform != "win32":
        raise AssertionError
    import ctypes

    continuous, system = 0x80000000, 0x00000001
    state = ctypes.windll.kernel32.SetThreadExecutionState
    held = bool(state(continuous | system))
    try:
        yield held
    finally:
        state(continuous)
