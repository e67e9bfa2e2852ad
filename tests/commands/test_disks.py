"""Full disks, disks that cannot be written and folders that are not ours."""

import os
import subprocess
import sys

import pytest

LIBRARY = "voicerec_desktop.store.library:Library"


@pytest.fixture
def into_full_disk():
    """The command line with its output going to a disk that is full."""
    if not os.path.exists("/dev/full"):
        pytest.skip("there is no /dev/full")

    def run(*arguments: str) -> subprocess.CompletedProcess:
        command = [sys.executable, "-m", "voicerec_desktop", *arguments]
        buffered = {**os.environ, "PYTHONUNBUFFERED": ""}
        with open("/dev/full", "w") as full:
            done = subprocess.run(
                command, stdout=full, stderr=subprocess.PIPE, text=True, env=buffered
            )
        done.stdout = ""
        return done

    return run


@pytest.mark.model
def test_a_disk_that_gets_full_at_every_stage_in_turn(
    dialogue, disk, home, models, voicerec, voicerec_when, refused, meetings, sound
):
    """Each time nothing is lost, and once there is room the same meeting goes on."""
    arguments = ["transcribe", dialogue, "--no-diarization"]
    with disk(home.data, "12m"):
        home.models.symlink_to(models, target_is_directory=True)
        for point in (
            f"{LIBRARY}.add_meeting",
            "voicerec_desktop.audio.decode:_Writer.write",
            f"{LIBRARY}.append_asr",
            f"{LIBRARY}.replace_segments",
            "voicerec_desktop.pipeline.pipeline:write_sidecar",
        ):
            done = voicerec_when(point, f"fill {home.data}", *arguments)
            refused(done, 3, "disk is full", home.data)
            sound()
            (home.data / "filler").unlink()
            sound()
        done = voicerec(*arguments)
        assert done.returncode == 0, done.stderr
        assert "New Jersey" in done.stdout
        assert [meeting["status"] for meeting in meetings()] == ["ready"]
        sound()


def test_a_disk_that_is_full_from_the_start(dialogue, disk, home, models, voicerec, refused):
    with disk(home.data, "100k"):
        home.models.symlink_to(models, target_is_directory=True)
        (home.data / "filler").write_bytes(b"x" * 90_000)
        refused(voicerec("transcribe", dialogue), 3, "disk is full", home.data)


@pytest.mark.model
def test_a_full_disk_under_the_output(
    dialogue, disk, tmp_path, voicerec, voicerec_when, warm_home, refused, meetings, into_full_disk
):
    """The text is in the library already, and no half of a file is left."""
    output = tmp_path / "stick" / "out.txt"
    arguments = ["transcribe", dialogue, "--no-diarization"]
    with disk(output.parent, "1m"):
        point = "voicerec_desktop.commands.output:write_bytes"
        done = voicerec_when(point, f"fill {output.parent}", *arguments, "--output", output)
        refused(done, 3, "disk is full", output)
        assert [path.name for path in output.parent.iterdir()] == ["filler"]
    [meeting] = meetings()
    assert meeting["status"] == "ready"
    assert "New Jersey" in voicerec("library", "export", meeting["id"]).stdout

    refused(into_full_disk("library", "export", meeting["id"]), 3, "disk is full", "stdout")
    refused(into_full_disk("library", "show", meeting["id"]), 3, "disk is full", "stdout")


@pytest.mark.parametrize("command", [["list", "--json"], ["check"]])
def test_a_full_disk_under_stdout(command, home, into_full_disk, refused):
    refused(into_full_disk("library", *command), 3, "disk is full", "stdout")


@pytest.mark.parametrize("existing", [True, False])
def test_a_home_on_a_read_only_disk(sample, disk, home, voicerec, refused, existing):
    with disk(home.data, "4m"):
        if existing:
            assert voicerec("library", "list").returncode == 0
        disk.read_only(home.data)
        for command in (["transcribe", sample], ["library", "list"]):
            refused(voicerec(*command), 3, home.data, "--home")


def test_a_home_that_is_not_ours(sample, tmp_path, home, obeying, refused):
    home.data.mkdir(mode=0o500)
    refused(obeying("transcribe", sample), 3, home.data, "--home")
    (tmp_path / "file").touch()
    refused(obeying("--home", tmp_path / "file", "library", "list"), 3, tmp_path / "file", "--home")
