"""Marks and the user's own words in exports."""

import io
import json
from dataclasses import replace

import docx
import pytest

from voicerec_desktop.core.model import ME, Mark, Speaker
from voicerec_desktop.export.registry import ExportOptions, render


@pytest.fixture
def marked(transcript):
    said = transcript((1, 3, "a", "Добрый день."), (6, 7, "b", "Да."))
    me, other = Speaker("a", ME), Speaker("b", 1, colour=1)
    marks = (Mark("1", 5.0, "важно\nздесь"), Mark("2", 9.0))
    return replace(said, speakers=(me, other), marks=marks)


RUSSIAN = ExportOptions(language="ru")


def test_text_has_marks_between_what_was_said_before_and_after(marked):
    assert render(marked, "txt", RUSSIAN).decode().splitlines() == [
        "[00:01] Я: Добрый день.",
        "[00:05] ★ важно здесь",
        "[00:06] Спикер 1: Да.",
        "[00:09] ★ Метка",
    ]
    assert "Me: Добрый" in render(marked, "txt", ExportOptions()).decode()


def test_markdown_and_word_have_them_too(marked):
    text = render(marked, "md", RUSSIAN).decode()
    assert text.index("день") < text.index("★ **важно здесь** \\[00:05\\]") < text.index("Да")
    document = docx.Document(io.BytesIO(render(marked, "docx", RUSSIAN)))
    assert "★ важно здесь  00:05" in [paragraph.text for paragraph in document.paragraphs]


def test_json_has_marks_and_who_is_me(marked):
    body = json.loads(render(marked, "json", ExportOptions()))
    assert body["marks"] == [{"at": 5.0, "note": "важно\nздесь"}, {"at": 9.0, "note": ""}]
    assert [s["label"] for s in body["speakers"]] == ["Me", "Speaker 1"]
    assert body["segments"][0]["speaker"] == "Me"
