"""The minutes stage over a real library and a scripted server: whole, cut short, and gone on."""

import json
import re
import threading
from dataclasses import replace

import pytest

from tests.minutes.conftest import Reply
from tests.minutes.meetings import MEETING, long_meeting
from tests.minutes.model import Reader
from voicerec_desktop.core.cancel import CancelToken
from voicerec_desktop.core.errors import Cancelled, ErrorCode, KnownError
from voicerec_desktop.core.minutes import FactKind
from voicerec_desktop.core.model import MeetingStatus
from voicerec_desktop.minutes.prompts import template
from voicerec_desktop.pipeline import events
from voicerec_desktop.pipeline.llm_server import prompt_folders


def bare(blocks: list[str]) -> set[str]:
    """The blocks without the marks, which are others each time."""
    return {"\n".join(line[2:] for line in block.splitlines()) for block in blocks}


def test_every_expected_fact_is_confirmed_and_at_its_second(scripted, run, library, planned):
    scripted.answers = reader = Reader(planned)
    minutes = run()
    assert len(reader.blocks) == 1
    assert library.minutes(MEETING) == minutes
    assert {fact.text for fact in minutes.facts} == {one["text"] for one in planned}
    assert [fact for fact in minutes.facts if not fact.confirmed] == []
    starts = {segment.id: segment.start for segment in library.transcript(MEETING).segments}
    for one in planned:
        (fact,) = [fact for fact in minutes.facts if fact.text == one["text"]]
        assert fact.start in {starts[f"l{number}"] for number in one["lines"]}
        assert (fact.owner, fact.due, fact.kind) == (one["owner"], one["due"], one["kind"])
    assert minutes.summary == reader.summary
    assert [fact.kind for fact in minutes.facts] == sorted(
        (fact.kind for fact in minutes.facts), key=list(FactKind).index
    )


def test_exactly_the_altered_facts_are_not_confirmed(scripted, run, planned):
    altered = {
        planned[0]["text"]: {"text": "Пилот РУМА начинается в пятницу 5 декабря"},
        planned[3]["text"]: {"owner": "Ирина"},
        planned[9]["text"]: {"text": "Бюджет четвёртого квартала 15 миллионов рублей"},
    }
    facts = [one | altered.get(one["text"], {}) for one in planned]
    scripted.answers = reader = Reader(facts)
    minutes = run()
    assert len(minutes.facts) == len(planned)
    doubted = {fact.text for fact in minutes.facts if not fact.confirmed}
    assert doubted == {facts[i]["text"] for i in (0, 3, 9)}
    assert not [text for text in doubted if text in reader.summaries[0]]


def test_a_failure_at_block_17_of_20_goes_on_there(scripted, run, library):
    scripted.answers = reader = Reader(long_meeting(library, 1200, 90))
    reader.replies = dict.fromkeys(range(16, 20), Reply(status=500, body={}))
    with pytest.raises(KnownError) as caught:
        run(retries=1, context=4096)
    assert caught.value.code == ErrorCode.LLM_FAILED
    assert library.minutes(MEETING) is None
    assert library.meeting(MEETING).status == MeetingStatus.READY
    reader.replies, paid = {}, reader.blocks[:16]
    reader.blocks.clear()
    minutes = run(context=4096)
    assert len(reader.blocks) >= 4
    assert not bare(paid) & bare(reader.blocks)
    assert len(minutes.facts) == 120
    assert minutes.missing == ()


def test_a_block_without_an_answer_is_shown_as_missing_and_asked_again_later(
    scripted, run, library
):
    scripted.answers = reader = Reader(long_meeting(library, 600))
    reader.replies = {1: Reply("Не знаю."), 2: Reply("Правда не знаю.")}  # asked twice
    minutes = run()
    (part,) = minutes.missing
    assert part.why == ErrorCode.LLM_BAD_ANSWER
    lost = {i * 5.0 for i in range(0, 600, 10)} - {fact.start for fact in minutes.facts}
    assert lost
    assert all(part.start <= start < part.end for start in lost)
    reader.blocks.clear()
    reader.replies = {}
    again = run()
    assert len(reader.blocks) == 1
    assert (len(again.facts), again.missing) == (60, ())
    assert library.minutes_versions(MEETING) == [minutes, again]


def test_a_meeting_of_which_nothing_was_understood_gets_no_minutes(scripted, run, planned, library):
    for reply, why in (
        (Reply("Извините."), "not_facts"),
        (Reply(""), "empty"),
        (
            Reply(
                json.dumps(
                    {
                        "facts": [
                            {
                                "kind": "fact",
                                "text": "The pilot starts on Monday, the first of December",
                            }
                        ]
                    }
                )
            ),
            "other_language",
        ),
    ):
        scripted.script(reply)
        with pytest.raises(KnownError) as caught:
            run()
        assert (caught.value.code, caught.value.params["why"]) == (ErrorCode.LLM_BAD_ANSWER, why)
    assert library.minutes(MEETING) is None


def test_an_answer_in_the_wrong_language_is_asked_for_again(scripted, run, planned):
    reader = Reader(planned)
    reader.replies = {
        0: Reply(json.dumps({"facts": [{"text": "The pilot starts on Monday, the first"}]}))
    }
    scripted.answers = reader
    assert len(run().facts) == 12
    assert "по-русски" in scripted.requests[1]["messages"][-1]["content"]


@pytest.mark.parametrize(
    "refusal",
    [
        Reply(status=400, body={"error": {"message": "maximum context length is 2048 tokens"}}),
        Reply('{"facts": [', finish="length"),
    ],
)
def test_a_block_that_is_too_long_is_read_in_halves(scripted, run, planned, refusal):
    scripted.answers = reader = Reader(planned)
    reader.replies = {0: refusal}
    assert len(run().facts) == 12
    assert len(reader.blocks) == 3
    reader.blocks.clear()
    assert len(run().facts) == 12
    assert reader.blocks == []  # all of it is kept, also that it was halved


def test_a_cancel_keeps_what_was_read(scripted, run, library):
    scripted.answers = reader = Reader(long_meeting(library, 600))
    reader.replies = {2: Reply(["{"], hang=True)}
    cancel = CancelToken()

    def on_event(_event) -> None:
        if len(library.transcript(MEETING).stages) and len(reader.blocks) == 2:
            threading.Timer(0.2, cancel.cancel).start()

    with pytest.raises(Cancelled):
        run(cancel=cancel, on_event=on_event)
    assert library.transcript(MEETING).stages[-1].state == "cancelled"
    paid = reader.blocks[:2]
    reader.replies = {}
    reader.blocks.clear()
    assert len(run().facts) == 60
    assert not bare(paid) & bare(reader.blocks)


def test_an_empty_meeting_is_told_of_and_nothing_is_sent(scripted, run, library):
    long_meeting(library, 0)
    with pytest.raises(KnownError) as caught:
        run()
    assert caught.value.code == ErrorCode.NOTHING_SAID
    assert scripted.paths == []


def test_what_is_told_while_it_runs(scripted, run, planned):
    scripted.answers = Reader(planned)
    minutes = run()
    told = run.events
    assert isinstance(told[0], events.StageStarted)
    assert isinstance(told[-1], events.StageFinished)
    grown = [event.text for event in told if isinstance(event, events.SummaryGrew)]
    assert grown[-1] == minutes.summary
    assert len(grown) >= 2
    (found,) = [event for event in told if isinstance(event, events.FactsFound)]
    assert len(found.facts) == 12


def test_every_request_is_in_the_log_of_the_library(scripted, run, planned, library, server):
    scripted.answers = Reader(planned)
    run()
    noted = library.llm_requests(MEETING)
    assert {one.host for one in noted} == {server.host}
    assert [one.purpose for one in noted] == ["summary", "minutes", "tokenize", "models"]
    assert noted[1].size > 6000


def test_what_is_masked_never_leaves_and_is_there_in_the_minutes(scripted, run, library):
    facts = long_meeting(library, 3)
    said = "Звоните Петру: +7 916 123-45-67, пишите на petr@company.ru, карта 4276 1234 5678 9010"
    transcript = library.transcript(MEETING)
    segments = (replace(transcript.segments[0], text=said), *transcript.segments[1:])
    library.replace_segments(MEETING, transcript.speakers, segments, ())

    class Masked(Reader):
        def _found(self, asked):
            hidden = asked.splitlines()[0].partition("Анна: ")[2]
            yield {
                "kind": "task",
                "text": hidden,
                "owner": "",
                "due": "",
                "quote": hidden,
                "lines": [1],
            }

    scripted.answers = reader = Masked(facts)
    reader.summary = "Позвонить Петру: [PHONE_1], написать на [MAIL_1]."
    minutes = run(mask=True)
    sent = json.dumps(scripted.requests, ensure_ascii=False)
    assert not [one for one in ("916", "123-45", "petr@", "4276", "9010") if one in sent]
    assert minutes.facts[0].text == said
    assert minutes.facts[0].confirmed
    assert minutes.summary == "Позвонить Петру: +7 916 123-45-67, написать на petr@company.ru."


def test_a_summary_with_numbers_that_no_fact_gives_says_so(scripted, run, planned):
    scripted.answers = reader = Reader(planned)
    reader.summary = "Бюджет составит 99 миллионов рублей, об этом договорились участники встречи."
    assert run().summary.endswith("*(не подтверждено)*")
    assert len(reader.summaries) == 2


def test_minutes_in_english_of_a_russian_meeting(scripted, run, planned):
    first = planned[0] | {"text": "The pilot of RUMA begins on Monday, the 1st of December"}
    scripted.answers = reader = Reader([first])
    reader.summary = "The start of the pilot was agreed upon."
    minutes = run(language="en")
    assert minutes.facts[0].confirmed
    assert minutes.language == "en"


@pytest.mark.parametrize("name", ["general", "standup", "interview", "decisions"])
@pytest.mark.parametrize("language", ["ru", "en"])
def test_every_template_asks_for_its_kinds_behind_a_mark(
    scripted, run, planned, home, name, language
):
    scripted.script(json.dumps({"facts": []}))
    minutes = run(name, language)
    assert (minutes.template, minutes.language, minutes.facts) == (name, language, ())
    request = scripted.requests[0]
    asked, said = (message["content"] for message in request["messages"])
    mark = said[:2]
    assert mark in asked
    assert all(re.match(rf"{mark}\d+\|", line) for line in said.splitlines())
    assert "{" not in asked.replace('{"facts": [{', "")
    kinds = [kind.value for kind in template(prompt_folders(home), name, language).kinds]
    facts = request["response_format"]["json_schema"]["schema"]["properties"]["facts"]
    assert facts["items"]["properties"]["kind"]["enum"] == kinds
    assert "|".join(kinds) in asked


def test_a_template_of_the_user_replaces_ours_and_a_broken_one_is_told_of(
    home, scripted, run, planned
):
    own = home.config / "prompts"
    own.mkdir(parents=True)
    (own / "general.ru.toml").write_text(
        'title = "Мой"\nkinds = ["fact"]\nfocus = "Ищи риски."\noutline = "Кратко."\n', "utf-8"
    )
    scripted.script(json.dumps({"facts": []}))
    run()
    assert "Ищи риски." in scripted.requests[0]["messages"][0]["content"]
    for body, why in (
        ("title = ", "not_toml"),
        ('title = "a"', "lacks"),
        ('title="a"\nkinds=["x"]\nfocus="a"\noutline="b"', "lacks"),
    ):
        (own / "general.ru.toml").write_text(body, "utf-8")
        with pytest.raises(KnownError) as caught:
            run()
        assert (caught.value.code, caught.value.params["why"]) == (ErrorCode.TEMPLATE_INVALID, why)
    with pytest.raises(KnownError) as caught:
        run("dance")
    assert caught.value.code in (ErrorCode.TEMPLATE_UNKNOWN, ErrorCode.TEMPLATE_INVALID)
