"""txt, md and docx: what a reader sees."""

import io
from html.parser import HTMLParser

import docx
import pytest
from docx.shared import RGBColor
from markdown_it import MarkdownIt

from voicerec_desktop.export.registry import ExportOptions, render

CONVERSATION = [
    (1, 3, "a", "Добрый день."),
    (3, 5, "a", "Начнём?"),
    (5, 6, "b", "Да."),
    (7, 9, "b", "Субтитры сделал DimaTorzok", ["doubtful:credits"]),
    (10, 12, "a", "Бюджет."),
]


class _Shown(HTMLParser):
    """The text of each block and what is bold or emphasised in it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.blocks: list[tuple[str, str]] = []
        self.marked: dict[str, list[str]] = {"strong": [], "em": []}
        self.others: set[str] = set()
        self._open: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self._open.append(tag)
        if tag in ("p", "h1"):
            self.blocks.append((tag, ""))
        elif tag in self.marked:
            self.marked[tag].append("")
        else:
            self.others.add(tag)

    def handle_startendtag(self, tag, attrs):
        self.others |= {tag} - {"br"}

    def handle_endtag(self, tag):
        assert self._open.pop() == tag

    def handle_data(self, data):
        if self._open:
            tag, text = self.blocks[-1]
            self.blocks[-1] = (tag, text + data)
            for mark in set(self._open) & set(self.marked):
                self.marked[mark][-1] += data


def markdown(transcript, options=None) -> _Shown:
    text = render(transcript, "md", options or ExportOptions()).decode()
    return _Shown(MarkdownIt("commonmark").enable("table").enable("strikethrough").render(text))


def paragraphs(transcript, options=None) -> list:
    body = render(transcript, "docx", options or ExportOptions())
    return docx.Document(io.BytesIO(body)).paragraphs


def text_of(transcript, **options) -> str:
    return render(transcript, "txt", ExportOptions(**options)).decode()


def test_txt_has_a_line_for_what_each_speaker_says_in_a_row(transcript):
    assert text_of(transcript(*CONVERSATION), language="ru") == (
        "[00:01] Спикер 1: Добрый день. Начнём?\n[00:05] Спикер 2: Да.\n[00:10] Спикер 1: Бюджет.\n"
    )


@pytest.mark.parametrize(
    ("options", "first"),
    [
        ({}, "[00:01] Speaker 1: Добрый день. Начнём?"),
        ({"times": False}, "Speaker 1: Добрый день. Начнём?"),
        ({"speakers": False}, "[00:01] Добрый день. Начнём? Да. Бюджет."),
        ({"speakers": False, "times": False}, "Добрый день. Начнём? Да. Бюджет."),
    ],
)
def test_times_and_speakers_are_left_out_when_asked(transcript, options, first):
    assert text_of(transcript(*CONVERSATION), **options).splitlines()[0] == first


def test_a_long_monologue_is_cut_into_paragraphs(transcript):
    said = [(i * 10.0, i * 10.0 + 9, "a", f"Мысль {i}.") for i in range(30)]
    lines = text_of(transcript(*said), times=False, speakers=False).splitlines()
    assert 3 < len(lines) < 10
    assert " ".join(lines) == " ".join(line[3] for line in said)


@pytest.mark.parametrize(
    ("seconds", "written"),
    [(59.9, "00:59"), (3599, "59:59"), (3600, "1:00:00"), (45296, "12:34:56")],
)
def test_times_have_hours_from_the_first_hour_on(transcript, seconds, written):
    said = transcript((seconds, seconds + 1, "a", "Да."))
    assert text_of(said) == f"[{written}] Speaker 1: Да.\n"
    assert f"[{written}]" in markdown(said).blocks[1][1]
    assert written in paragraphs(said)[2].text


def test_a_name_stands_in_the_place_of_the_number_in_one_line(transcript):
    said = transcript(*CONVERSATION, names={"a": " Анна \n Мария\x07 Петрова ", "b": " "})
    lines = text_of(said, times=False).splitlines()
    assert lines[0] == "Анна Мария Петрова: Добрый день. Начнём?"
    assert lines[1] == "Speaker 2: Да."
    assert markdown(said).marked["strong"][:2] == ["Анна Мария Петрова", "Speaker 2"]
    assert paragraphs(said)[2].runs[0].text == "Анна Мария Петрова"


def test_markdown_shows_text_as_it_was(transcript, hostile):
    shown = markdown(transcript((1, 3, "a", hostile), title=hostile, names={"a": hostile}))
    text = " ".join(hostile.split())
    (_, title), (_, paragraph) = shown.blocks
    assert title == text
    assert [part.strip() for part in paragraph.split("\n")] == [f"{text} [00:01]", text]
    assert shown.marked == {"strong": [text], "em": []}
    assert shown.others == set()


def test_markdown_shows_bare_text_as_it_was(transcript, hostile):
    options = ExportOptions(times=False, speakers=False, doubtful=True)
    said = transcript((1, 3, "a", hostile), (4, 5, "a", hostile, ["doubtful:loop"]))
    text = " ".join(hostile.split())
    shown = markdown(said, options)
    assert [block for _, block in shown.blocks[1:]] == [text, text]
    assert shown.marked == {"strong": [], "em": [text]}
    assert shown.others == set()


def test_docx_shows_text_as_it_was(transcript, hostile):
    shown = paragraphs(transcript((1, 3, "a", hostile), title=hostile, names={"a": hostile}))
    text = " ".join(hostile.split())
    assert [shown[0].text, shown[2].text, shown[3].text] == [text, f"{text}  00:01", text]


def test_docx_marks_speakers_and_language_for_word(transcript):
    said = transcript(*CONVERSATION, title="Планёрка", start="2026-03-01T09:30:00Z")
    body = render(said, "docx", ExportOptions(language="ru"))
    document = docx.Document(io.BytesIO(body))
    title, about, *rest = document.paragraphs
    assert (title.style.name, title.text, document.core_properties.title) == (
        "Title",
        "Планёрка",
        "Планёрка",
    )
    assert "2026" in about.text
    assert [p.text for p in rest[1::2]] == ["Добрый день. Начнём?", "Да.", "Бюджет."]
    heads = [p.runs[0] for p in rest[::2]]
    assert [head.text for head in heads] == ["Спикер 1", "Спикер 2", "Спикер 1"]
    assert all(head.bold for head in heads)
    colours = [head.font.color.rgb for head in heads]
    assert colours[0] == colours[2] != colours[1]
    assert all(isinstance(colour, RGBColor) for colour in colours)
    assert 'w:lang w:val="ru-RU"' in document.styles["Normal"].element.xml


def test_doubtful_text_is_marked_when_it_is_asked_for(transcript):
    said = transcript(*CONVERSATION)
    options = ExportOptions(doubtful=True)
    assert "[00:07] Speaker 2: [?] Субтитры сделал DimaTorzok\n" in text_of(said, doubtful=True)
    assert markdown(said, options).marked["em"] == ["Субтитры сделал DimaTorzok"]
    italic = [p.text for p in paragraphs(said, options) for run in p.runs if run.italic]
    assert italic == ["Субтитры сделал DimaTorzok"]


def test_control_characters_do_not_reach_a_document(transcript):
    said = transcript((1, 3, "a", "до\x00бро\x1b е\u2028\ufffe утро\x85\ud800"), title="a\x0bb\x00")
    assert text_of(said, times=False, speakers=False) == "добро е утро\n"
    assert markdown(said).blocks[0] == ("h1", "a b")
    assert paragraphs(said)[3].text == "добро е утро"
