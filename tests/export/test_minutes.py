"""Minutes in every format: each fact with its second, doubts and missing parts in plain sight."""

import io
import json
import re
from dataclasses import replace
from html.parser import HTMLParser

import docx
import pytest
from markdown_it import MarkdownIt

from voicerec_desktop.core.minutes import Doubt, Fact, FactKind, Minutes, MissingPart
from voicerec_desktop.export.minutes.registry import MINUTES_FORMATS, render_minutes
from voicerec_desktop.export.registry import ExportOptions, render

FACTS = (
    Fact(FactKind.DECISION, "Пилот переносится", start=52.6, segment_ids=("s1",)),
    Fact(FactKind.TASK, "Исправить ошибку", "Анна", "четверг", start=3723.0),
    Fact(FactKind.FACT, "Бюджет 15 млн", start=90.0, doubts=(Doubt.NUMBER, Doubt.QUOTE)),
    Fact(FactKind.QUESTION, "Кто подпишет", doubts=(Doubt.SEGMENTS,)),
)
MADE = Minutes(
    *("v1", "m1", "2026-11-25T00:00:00+00:00", "ru", "general", "qwen", "p"),
    summary="Обсудили **пилот**.\n\n- раз\n- два",
    facts=FACTS,
    missing=(MissingPart(600.0, 720.0, "llm_bad_answer"),),
)


class _Page(HTMLParser):
    """The text of a page, its tags and its attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text, self.tags, self.attributes = "", set(), set()
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data):
        self.text += data


def shown(name: str, body: bytes) -> str:
    """What a reader sees, as one line."""
    if name == "docx":
        text = "\n".join(p.text for p in docx.Document(io.BytesIO(body)).paragraphs)
    elif name == "html":
        text = _Page(body.decode()).text
    elif name == "md":
        text = _Page(MarkdownIt("commonmark").render(body.decode())).text
    else:
        text = body.decode()
    return " ".join(text.split())


@pytest.mark.parametrize("name", ["md", "txt", "docx", "html"])
def test_a_reader_sees_facts_with_seconds_owners_doubts_and_what_is_missing(transcript, name):
    text = shown(name, render_minutes(transcript((1, 3, "a", "Да.")), MADE, name))
    for wanted in (
        *("Встреча", "Протокол", "Решения", "Поручения", "Открытые вопросы", "пилот", "раз"),
        "Исправить ошибку (отвечает: Анна, срок: четверг)",
        "не подтверждено: числа не было, такой цитаты нет",
        "с 10:00 до 12:00",
    ):
        assert wanted in text
    assert re.search(r"00:52\W+Пилот переносится", text)
    assert re.search(r"1:02:03\W+Исправить ошибку", text)
    assert text.index("10:00") < text.index("Решения")
    assert "Расшифровка" not in text
    assert "**" not in text


@pytest.mark.parametrize("name", ["md", "txt", "docx", "html"])
def test_the_transcript_follows_where_it_is_wanted(transcript, name):
    said = transcript((61, 63, "a", "Добрый день."), (63, 65, "b", "Здравствуйте."))
    options = ExportOptions(language="ru")
    text = shown(name, render_minutes(said, MADE, name, options, with_transcript=True))
    after = text.partition("Расшифровка")[2]
    assert after.index("Спикер 1") < after.index("Добрый день.") < after.index("Здравствуйте.")
    assert "01:01" in after
    assert text.count("Встреча") == 1 if name != "html" else text.count("Встреча") == 2


def test_what_the_user_wrote_stands_in_the_place_of_the_summary(transcript):
    edited = replace(MADE, edited="Моими словами")
    for name in MINUTES_FORMATS:
        body = render_minutes(transcript(), edited, name)
        assert "Моими словами" in shown(name, body)
    assert "Обсудили" not in shown("txt", render_minutes(transcript(), edited, "txt"))


def test_english_minutes_are_english(transcript):
    english = replace(MADE, language="en", summary="", facts=(), missing=())
    text = shown("txt", render_minutes(transcript(), english, "txt"))
    assert "No decisions, tasks or questions were found." in text


@pytest.mark.parametrize("name", ["md", "txt", "docx", "html"])
def test_hostile_text_is_only_text(transcript, hostile, name):
    bad = replace(MADE, summary=hostile, facts=(replace(FACTS[0], text=hostile, owner=hostile),))
    body = render_minutes(transcript(title=hostile), bad, name)
    if name == "html":
        page = _Page(body.decode())
        allowed = {"html", "head", "meta", "title", "style", "body", "h1", "h2", "p", "ul", "ol"}
        allowed |= {"li", "span", "strong", "em", "code", "pre", "hr", "br", "blockquote", "h3"}
        assert page.tags <= allowed
        assert page.attributes <= {"lang", "charset", "http-equiv", "content", "class", "start"}
    if name == "md":
        html = MarkdownIt("commonmark").render(body.decode().replace(hostile, "", 0))
        facts = html.partition("<h2>Решения</h2>")[2]
        assert not re.search("<(script|a|img|b|h1)[ >]", facts)
    assert shown(name, body)


def test_json_holds_the_minutes_and_says_what_is_confirmed(transcript):
    said = transcript((1, 3, "a", "Да."))
    alone = json.loads(render_minutes(said, MADE, "json"))
    assert [fact["confirmed"] for fact in alone["facts"]] == [True, True, False, False]
    assert alone["facts"][2]["doubts"] == ["number", "quote"]
    assert alone["text"] == MADE.summary
    whole = json.loads(render(replace(said, minutes=MADE), "json", ExportOptions()))
    assert whole["minutes"] == alone
    assert json.loads(render_minutes(said, MADE, "json", None, True)) == whole
