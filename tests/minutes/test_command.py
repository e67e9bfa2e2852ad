"""`voicerec minutes` and `transcribe --minutes` in processes of their own, with a scripted LLM."""

import json
import os
import signal
import subprocess
import sys

import pytest

from tests.minutes.conftest import Reply
from tests.minutes.meetings import MEETING, long_meeting
from tests.minutes.model import Reader
from tests.minutes.test_stage import bare
from voicerec_desktop.secrets import keep_secret
from voicerec_desktop.settings import Settings, save_settings


@pytest.fixture(autouse=True)
def _told_by_the_environment(scripted, monkeypatch):
    monkeypatch.setenv("LLM_API_BASE", scripted.url)
    monkeypatch.setenv("LLM_API_KEY", "geheim")
    monkeypatch.setenv("LLM_MODEL", "qwen")
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")


def failed(done: subprocess.CompletedProcess, *words: str, code: int = 7) -> None:
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr
    for word in words:
        assert word in done.stderr


def test_minutes_are_printed_with_the_second_of_each_fact(scripted, planned, voicerec):
    scripted.answers = reader = Reader(planned)
    done = voicerec("minutes", MEETING)
    assert done.returncode == 0, done.stderr
    assert reader.summary in done.stdout
    assert r"- \[00:52\] Пилот РУМА начинается в понедельник 1 декабря" in done.stdout
    assert "(отвечает: Александр, срок: четверг)" in done.stdout
    assert "не подтверждено" not in done.stdout
    assert f"127.0.0.1:{scripted.server_port}" in done.stderr  # where the text goes
    assert "geheim" not in done.stdout + done.stderr
    exported = json.loads(voicerec("library", "export", MEETING, "--json").stdout)
    assert len(exported["minutes"]["facts"]) == 12
    assert all(fact["confirmed"] for fact in exported["minutes"]["facts"])


@pytest.mark.parametrize("name", ["md", "txt", "docx", "html", "json"])
def test_minutes_go_into_a_file_of_every_format(scripted, planned, voicerec, tmp_path, name):
    scripted.answers = Reader(planned)
    target = tmp_path / f"Протокол встречи.{name}"
    done = voicerec("minutes", MEETING, "--format", name, "--output", target, "--transcript")
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    assert target.stat().st_size > 3000


def test_another_template_and_language_make_another_version(scripted, planned, voicerec, library):
    scripted.script(json.dumps({"facts": []}))
    assert (
        voicerec("minutes", MEETING, "--template", "decisions", "--language", "en").returncode == 0
    )
    assert voicerec("minutes", MEETING).returncode == 0
    versions = [(one.template, one.language) for one in library.minutes_versions(MEETING)]
    assert versions == [("decisions", "en"), ("general", "ru")]
    failed(voicerec("minutes", MEETING, "--template", "танец"), "general, interview", code=3)


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        (Reply(status=401, body={}), "does not accept the key"),
        (Reply(status=404, body={}), "no model “qwen”"),
        (Reply("{}"), "no usable answer"),
    ],
)
def test_a_failure_of_the_llm_is_one_sentence_and_ends_with_7(
    scripted, planned, voicerec, library, reply, words
):
    scripted.script(reply)
    done = voicerec("minutes", MEETING)
    failed(done, words)
    assert done.stdout == ""
    assert "geheim" not in done.stderr
    assert library.transcript(MEETING).segments


def test_no_llm_is_told_before_any_work(scripted, voicerec, planned, monkeypatch, tmp_path):
    monkeypatch.delenv("LLM_API_BASE")
    failed(voicerec("minutes", MEETING), "LLM_API_BASE")
    failed(voicerec("transcribe", tmp_path / "нет.wav", "--minutes"), "LLM_API_BASE")
    assert scripted.paths == []


def test_an_unknown_meeting_and_an_empty_one_are_bad_input(voicerec, library):
    failed(voicerec("minutes", "нет такой"), "library list", code=3)
    long_meeting(library, 0)
    failed(voicerec("minutes", MEETING), "no text", code=3)


def test_minutes_that_lack_a_part_say_so_and_end_with_7(scripted, voicerec, library):
    scripted.answers = reader = Reader(long_meeting(library, 600))
    reader.replies = {1: Reply("Не знаю."), 2: Reply("Не знаю.")}
    done = voicerec("minutes", MEETING)
    failed(done, "is missing")
    assert "В протоколе нет части встречи" in done.stdout


def test_the_key_of_the_settings_goes_to_no_other_address(
    scripted, voicerec, planned, home, monkeypatch, library
):
    scripted.script(json.dumps({"facts": []}))
    monkeypatch.delenv("LLM_API_KEY")
    settings = Settings(llm_url="http://127.0.0.9:9/v1", llm_model="qwen")
    save_settings(settings, home.config)
    keep_secret("LLM key", "тайна", home.config, in_file=True)
    assert voicerec("minutes", MEETING).returncode == 0
    assert "Bearer none" in scripted.keys
    scripted.keys.clear()
    keep_secret("LLM key", "own-key", home.config, in_file=True)
    save_settings(Settings(llm_url=scripted.url, mask=True), home.config)
    monkeypatch.delenv("LLM_API_BASE")
    monkeypatch.delenv("LLM_MODEL")  # the server has only one
    assert voicerec("minutes", MEETING).returncode == 0
    assert set(scripted.keys) == {"Bearer own-key"}
    assert b"own-key" not in home.library.read_bytes()


@pytest.mark.skipif(sys.platform == "win32", reason="sends POSIX signals")
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGINT])
def test_a_killed_run_goes_on_without_paying_twice(scripted, voicerec, library, number):
    scripted.answers = reader = Reader(long_meeting(library, 600))
    reader.replies = {4: Reply(["{"], hang=True)}
    process = subprocess.Popen(
        [sys.executable, "-m", "voicerec_desktop", "minutes", MEETING],
        env=os.environ,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    while process.poll() is None and len(reader.blocks) < 5:
        scripted.arrived.wait(0.05)
    process.send_signal(number)
    process.communicate(timeout=60)
    assert process.returncode == (130 if number == signal.SIGINT else -number)
    paid = reader.blocks[:4]
    reader.blocks.clear()
    reader.replies = {}
    assert voicerec("minutes", MEETING).returncode == 0
    assert not bare(paid) & bare(reader.blocks)
    assert len(library.minutes(MEETING).facts) == 60


@pytest.mark.model
def test_a_file_is_transcribed_with_minutes_before_its_text(scripted, sample, voicerec, warm_home):
    fact = {"kind": "fact", "text": "Diane is in New Jersey", "owner": "", "due": ""}

    def answers(body: dict) -> Reply:
        asked = body["messages"][1]["content"]
        if '"facts"' not in body["messages"][0]["content"]:
            return Reply("They spoke of where they live.")
        line = next(one for one in asked.splitlines() if "New Jersey" in one)
        mark, _, text = line.partition("|")
        number = mark[2:]
        return Reply(json.dumps({"facts": [fact | {"quote": text, "lines": [int(number)]}]}))

    scripted.answers = answers
    done = voicerec("transcribe", sample, "--language", "en", "--minutes", "--format", "md")
    assert done.returncode == 0, done.stderr
    assert done.stdout.index("They spoke of") < done.stdout.index("## Transcript")
    assert "Diane is in New Jersey" in done.stdout
    scripted.script(Reply(status=401, body={}))
    done = voicerec("transcribe", sample, "--language", "en", "--minutes", "--no-diarization")
    failed(done, "key")
    assert "New Jersey" in done.stdout  # the text is there all the same
