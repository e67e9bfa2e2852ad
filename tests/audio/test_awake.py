"""Sleep is held off as long as the process lives, and no longer."""

import os
import subprocess
import sys

from voicerec_desktop.audio.awake import keep_awake

INHIBITOR = """#!/bin/sh
touch "$HELD"
"$@"
rm "$HELD"
"""


def inhibitor(tmp_path):
    """Holds while the command that it is given runs, as systemd's does."""
    script = tmp_path / "inhibit"
    script.write_text(INHIBITOR)
    script.chmod(0o755)
    return script


def test_sleep_is_held_off_until_the_block_ends(tmp_path, monkeypatch):
    held = tmp_path / "held"
    monkeypatch.setenv("HELD", str(held))
    with keep_awake((str(inhibitor(tmp_path)),)) as agreed:
        assert agreed
        while not held.exists():
            pass
    assert not held.exists()


def test_a_killed_recorder_lets_the_computer_sleep(tmp_path):
    held = tmp_path / "held"
    code = (
        "import os, pathlib, sys, signal\n"
        "from voicerec_desktop.audio.awake import keep_awake\n"
        "with keep_awake((sys.argv[1],)):\n"
        "    while not pathlib.Path(os.environ['HELD']).exists(): pass\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    command = [sys.executable, "-c", code, str(inhibitor(tmp_path))]
    subprocess.run(command, env={**os.environ, "HELD": str(held)}, check=False)
    while held.exists():
        pass


def test_a_system_without_an_inhibitor_records_all_the_same():
    with keep_awake(("/nowhere/inhibit",)) as agreed:
        assert not agreed
