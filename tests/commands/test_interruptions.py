"""Killed, crashed or stopped at any moment: nothing runs on, is lost or comes twice."""

import json
import shutil
from pathlib import Path

import pytest
import soundfile

pytestmark = pytest.mark.model
LIBRARY = "voicerec_desktop.store.library:Library"
EVENTS = "voicerec_desktop.commands.progress:TerminalProgress.on_event"
WRITING = "voicerec_desktop.audio.decode:_Writer.write"


@pytest.fixture
def exported(voicerec):
    """The JSON export of the only meeting."""

    def read() -> dict:
        [meeting] = json.loads(voicerec("library", "list", "--json").stdout)
        return json.loads(voicerec("library", "export", meeting["id"], "--json").stdout)

    return read


@pytest.fixture(scope="module")
def printed() -> dict[tuple, str]:
    """What undisturbed commands print, for all tests."""
    return {}


@pytest.fixture
def undisturbed(voicerec, warm_home, tmp_path, printed):
    """What a command prints in a home of its own where nothing happens to it."""

    def run(command: str, sound: Path, *options: str) -> str:
        key = (sound.name, options)
        if key not in printed:
            home = tmp_path / "undisturbed"
            home.mkdir()
            (home / "models").symlink_to(warm_home.models)
            done = voicerec(command, sound, *options, VOICEREC_HOME=str(home))
            assert done.returncode == 0, done.stderr
            printed[key] = done.stdout
        return printed[key]

    return run


@pytest.fixture
def long_dialogue(sample, tmp_path):
    """The sample twice: more than Whisper takes at once."""
    samples, rate = soundfile.read(sample, dtype="int16")
    soundfile.write(tmp_path / "long.wav", [*samples, *samples], rate, subtype="PCM_16")
    return tmp_path / "long.wav"


def test_killed_at_every_stage_in_turn(
    dialogue, voicerec, voicerec_when, undisturbed, meetings, sound, warm_home
):
    """And the last `transcribe` ends as one to which nothing happened."""
    for point in (
        WRITING,
        f"{LIBRARY}.set_peaks",
        f"{EVENTS} StageStarted.*asr",
        f"{EVENTS} SegmentsArrived",
        f"{EVENTS} StageProgress.*diarization",
        f"{LIBRARY}.replace_segments",
        "voicerec_desktop.pipeline.pipeline:write_sidecar",
    ):
        done = voicerec_when(point, "kill", "transcribe", dialogue)
        assert done.returncode == -9, (point, done.stderr)
        assert done.stdout == ""
        assert [meeting["status"] for meeting in meetings()] == ["interrupted"], point
        sound()
    done = voicerec("transcribe", dialogue)
    assert done.returncode == 0, done.stderr
    assert done.stdout == undisturbed("transcribe", dialogue) != ""
    [meeting] = meetings()
    assert meeting["status"] == "ready"
    assert (warm_home.meeting(meeting["id"]) / "meeting.json").is_file()
    assert not list((warm_home.cache / "decoded").iterdir())
    sound()


@pytest.mark.parametrize("action", ["kill", "worker asr 1"])
def test_text_that_was_there_stays_and_the_rest_follows(
    long_dialogue, voicerec, voicerec_when, undisturbed, exported, action
):
    command = ["transcribe", long_dialogue, "--no-diarization", "--format", "txt"]
    done = voicerec_when(f"{EVENTS} SegmentsArrived", action, *command)
    if action == "kill":
        there = exported()["segments"]
        assert there
        assert there[-1]["end"] < 45  # and not all of it
        done = voicerec(*command)
        assert exported()["segments"][: len(there)] == there
    assert done.returncode == 0, done.stderr
    assert done.stdout == undisturbed(*command)
    assert "Speaker" not in done.stdout  # as was asked for


def test_a_killed_diarization_worker_is_replaced(
    dialogue, voicerec_when, undisturbed, exported, sound
):
    point = f"{EVENTS} StageProgress.*diarization"
    done = voicerec_when(point, "worker diarization 1", "transcribe", dialogue)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    assert done.stdout == undisturbed("transcribe", dialogue)
    states = [(stage["stage"], stage["state"]) for stage in exported()["stages"]]
    assert states.count(("diarization", "done")) == 1
    sound()


@pytest.mark.parametrize(
    ("point", "action", "status"),
    [
        ("import voicerec_desktop.cli", "interrupt", None),
        ("import numpy", "interrupt", None),
        ("import voicerec_desktop.pipeline.supervisor", "interrupt", None),
        ("voicerec_desktop.store.library:Library", "interrupt", None),
        ("voicerec_desktop.speech.catalogue:Catalogue.locate", "interrupt", "interrupted"),
        (WRITING, "interrupt", "interrupted"),
        (WRITING, "terminate", "interrupted"),
        (f"{EVENTS} StageStarted.*asr", "interrupt", "interrupted"),
        (f"{EVENTS} StageProgress.*asr", "interrupt", "interrupted"),
        (f"{EVENTS} StageProgress.*diarization", "interrupt", "interrupted"),
        (f"{EVENTS} StageProgress.*diarization", "interrupt twice", "interrupted"),
        (f"{LIBRARY}.replace_segments", "interrupt", "ready"),
        ("voicerec_desktop.pipeline.pipeline:write_sidecar", "interrupt twice", "interrupted"),
    ],
)
def test_ctrl_c_at_any_moment(
    dialogue, voicerec_when, warm_home, meetings, sound, point, action, status
):
    """Exit code 130, not a word, no worker that lives on (conftest looks), a sound library."""
    done = voicerec_when(point, action, "transcribe", dialogue)
    assert done.returncode == 130
    assert done.stderr == ""
    assert [meeting["status"] for meeting in meetings()] == ([status] if status else [])
    sound()


def test_ctrl_c_during_the_export(dialogue, tmp_path, voicerec_when, warm_home, meetings):
    """The text is whole or not there; the meeting is done."""
    arguments = ["transcribe", dialogue, "--no-diarization", "--output", tmp_path / "out.txt"]
    for action in ("interrupt", "interrupt twice"):
        done = voicerec_when("voicerec_desktop.export.registry:render", action, *arguments)
        assert done.returncode == 130
        assert done.stderr == ""
        assert not list(tmp_path.glob("*.part"))
    assert "New Jersey" in (tmp_path / "out.txt").read_text()
    assert [meeting["status"] for meeting in meetings()] == ["ready", "ready"]


def test_our_own_mistake_fails_the_meeting_and_can_be_tried_again(
    dialogue, voicerec, voicerec_when, warm_home, meetings, sound
):
    arguments = ["transcribe", dialogue, "--no-diarization"]
    done = voicerec_when(f"{LIBRARY}.replace_segments", "raise", *arguments)
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert str(warm_home.log / "voicerec.log") in done.stderr
    assert "RuntimeError: as planned" in (warm_home.log / "voicerec.log").read_text()
    [failed] = meetings()
    assert (failed["status"], failed["error"]) == ("failed", "unexpected")
    shown = voicerec("library", "show", failed["id"]).stdout
    assert "as planned" in shown
    assert "New Jersey" in shown  # what was recognised stays
    assert "New Jersey" in voicerec(*arguments).stdout
    assert [(m["id"], m["status"], m["error"]) for m in meetings()] == [(failed["id"], "ready", "")]
    sound()


def test_a_file_that_was_replaced_is_another_meeting(
    dialogue, sample, voicerec, voicerec_when, warm_home, meetings
):
    """What was decoded of the old one must not become the text of the new one."""
    arguments = ["transcribe", dialogue, "--no-diarization"]
    done = voicerec_when(f"{EVENTS} StageStarted.*asr", "kill", *arguments)
    assert done.returncode == -9
    shutil.copy(sample, dialogue)
    done = voicerec(*arguments)
    assert "Yankee" in done.stdout  # said after the first 15 s
    assert sorted(meeting["status"] for meeting in meetings()) == ["interrupted", "ready"]
