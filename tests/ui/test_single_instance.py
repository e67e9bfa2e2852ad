"""One window for each home, however often and at whatever moment the program is started."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtNetwork import QLocalSocket

from voicerec_desktop.ui.single_instance import SingleInstance, _name

START = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from voicerec_desktop.paths import Home
from voicerec_desktop.ui.single_instance import SingleInstance
app = QCoreApplication([])
instance = SingleInstance(Home.under(Path(sys.argv[1])))
names = [name for name in sys.argv[2:] if name != "--record"]
if not instance.claim([Path(name) for name in names], "--record" in sys.argv):
    print("gave", flush=True)
    sys.exit()
instance.received.connect(lambda paths: print("got", *[p.name for p in paths], flush=True))
print("window", flush=True)
app.exec()
"""


@pytest.fixture
def start(home):
    """Starts processes that want to be the window; they are killed in the end."""
    running = []

    def begin(*names):
        command = [sys.executable, "-c", START, str(home.data), *names]
        running.append(subprocess.Popen(command, stdout=subprocess.PIPE, text=True))
        return running[-1]

    yield begin
    for process in running:
        process.kill()
        process.communicate()


@pytest.fixture
def instance(qapp, home):
    made = SingleInstance(home)
    assert made.claim([])
    yield made
    made.close()


def test_a_second_start_hands_its_files_over_as_they_are_named(instance, start, qtbot, tmp_path):
    odd = os.fsdecode(b"caf\xe9 .wav") if sys.platform == "linux" else "café .wav"
    with qtbot.waitSignal(instance.received) as received:
        second = start(str(tmp_path / "Иван Петров" / "встреча.wav"), odd)
    assert received.args == [[tmp_path / "Иван Петров" / "встреча.wav", Path.cwd() / odd]]
    assert second.stdout.readline() == "gave\n"


def test_a_second_start_begins_or_ends_a_recording(instance, start, qtbot):
    received = []
    instance.received.connect(received.append)
    with qtbot.waitSignal(instance.record_requested):
        second = start("--record")
    assert second.stdout.readline() == "gave\n"
    assert received == []  # a window that records in the background does not come to the front


def test_starts_at_the_same_moment_become_one_window(start):
    processes = [start(f"{number}.wav") for number in range(4)]
    lines = sorted(process.stdout.readline() for process in processes)
    assert lines == ["gave\n", "gave\n", "gave\n", "window\n"]


def test_a_window_that_was_killed_leaves_its_place_to_the_next(start):
    first = start()
    assert first.stdout.readline() == "window\n"
    first.kill()
    first.wait()
    assert start("a.wav").stdout.readline() == "window\n"


def test_a_start_while_the_window_closes_becomes_the_next_window(instance, start, qtbot):
    instance.stop_listening()  # it still writes what was promised
    received = []
    instance.received.connect(received.append)
    second = start("a.wav")
    instance.close()
    assert second.stdout.readline() == "window\n"
    assert received == []


def test_nonsense_on_the_socket_harms_nobody(instance, start, home, qtbot):
    socket = QLocalSocket()
    socket.connectToServer(_name(home))
    assert socket.waitForConnected(1000)
    with qtbot.waitSignal(socket.disconnected):
        socket.write(b"nonsense\n")
    with qtbot.waitSignal(instance.received):
        start("a.wav")


def test_other_homes_have_windows_of_their_own(instance, home, tmp_path):
    other = SingleInstance(type(home).under(tmp_path / "other"))
    assert other.claim([])
    other.close()
