"""The real program on a screen of its own, worked through accessibility as a user would."""

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
from functools import partial
from pathlib import Path

import psutil
import pytest

DRIVER = Path(__file__).with_name("driver.py")
LAUNCHER = Path("/usr/libexec/at-spi-bus-launcher")
PYTHON = "/usr/bin/python3"  # pyatspi belongs to the system's


def _why_not() -> str:
    missing = [name for name in ("Xvfb", "dbus-daemon") if shutil.which(name) is None]
    if not LAUNCHER.exists():
        missing.append(str(LAUNCHER))
    if (
        not missing
        and subprocess.run([PYTHON, "-c", "import pyatspi"], capture_output=True).returncode
    ):
        missing.append("pyatspi")
    return f"needs {', '.join(missing)}" if missing else ""


def _first_line(command: list[str], **environment: str) -> tuple[subprocess.Popen, str]:
    """Start a process of the screen and read what it says first."""
    process = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, **environment},
        text=True,
        start_new_session=True,
    )
    return process, process.stdout.readline().strip()


@pytest.fixture(scope="module")
def screen():
    """A display, a session bus and the accessibility bus: the environment that names them.

    Gone after this module: other tests look whether anything is left running.
    """
    if reason := _why_not():
        pytest.skip(reason)
    started = []
    xvfb, number = _first_line(
        ["Xvfb", "-displayfd", "1", "-screen", "0", "1280x800x24", "-nolisten", "tcp"]
    )
    started.append(xvfb)
    bus, address = _first_line(["dbus-daemon", "--session", "--nofork", "--print-address=1"])
    started.append(bus)
    environment = {
        "DISPLAY": f":{number}",
        "DBUS_SESSION_BUS_ADDRESS": address,
        "QT_QPA_PLATFORM": "xcb",
        "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
    }
    everything = {**os.environ, **environment}
    started.append(
        subprocess.Popen(
            [LAUNCHER, "--launch-immediately"],
            env=everything,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    )
    ask = "import pyatspi; print(len(pyatspi.Registry.getDesktop(0)))"  # starts the registry
    subprocess.run([PYTHON, "-c", ask], env=everything, check=True, capture_output=True, timeout=30)
    yield environment
    for process in reversed(started):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)
        process.wait(10)
        if process.stdout:
            process.stdout.close()


class Program:
    """The window's process, and the hands and ears that work it."""

    def __init__(self, home: Path, environment: dict[str, str], *files: object) -> None:
        self._environment = {**os.environ, **environment}
        self._command = [sys.executable, "-m", "voicerec_desktop.app", "--home", str(home)]
        self.process = subprocess.Popen(
            [*self._command, *map(str, files)],
            env=self._environment,
            stderr=subprocess.PIPE,
            text=True,
        )
        self._driver = subprocess.Popen(
            [PYTHON, str(DRIVER)],
            env=self._environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )

    def attach(self) -> None:
        """Find the window's process on the accessibility bus."""
        self._ask("attach", self.process.pid, seconds=60)

    def _ask(self, verb: str, *args: object, **how: object) -> object:
        self._driver.stdin.write(json.dumps({"do": verb, "args": args, "how": how}) + "\n")
        self._driver.stdin.flush()
        answer = json.loads(self._driver.stdout.readline())
        if isinstance(answer, dict) and "error" in answer:
            shown = "\n".join(answer["tree"] or ())
            raise AssertionError(f"{answer['error']}; what shows:\n{shown}")
        return answer

    def __getattr__(self, verb: str):
        """A verb of the driver."""
        return partial(self._ask, verb)

    def hand_over(self, *files: object) -> None:
        """Start the program once more with files."""
        done = subprocess.run([*self._command, *map(str, files)], env=self._environment, timeout=60)
        assert done.returncode == 0

    def closed(self) -> int:
        """Wait until it has ended as it was asked to; its exit code."""
        complaints = self.process.communicate(timeout=60)[1]
        assert "Traceback" not in complaints, complaints
        return self.process.returncode

    def end(self) -> None:
        """As if the machine had lost its power; nothing of it is left."""
        if self.process.poll() is None:
            children = psutil.Process(self.process.pid).children(recursive=True)
            for one in (self.process, *children):
                with contextlib.suppress(psutil.NoSuchProcess):
                    one.kill()
            self.process.communicate()
        if self._driver.poll() is None:
            self._driver.stdin.close()
            self._driver.stdout.close()
            self._driver.wait(10)


@pytest.fixture
def program(screen, warm_home):
    """Starts the program with files, in a language; it is gone after the test."""
    started = []

    def start(language: str, *files: object) -> Program:
        started.append(Program(warm_home.data, {**screen, "LANGUAGE": language}, *files))
        started[-1].attach()
        return started[-1]

    yield start
    for one in started:
        one.end()
