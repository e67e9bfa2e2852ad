"""What minutes consist of, whatever the format: titles, paragraphs, lists of facts."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from voicerec_desktop.core.minutes import Doubt, Fact, FactKind, Minutes
from voicerec_desktop.core.model import Transcript
from voicerec_desktop.export.labels import clock, one_line

_RU = {
    FactKind.DECISION: "Решения",
    FactKind.TASK: "Поручения",
    FactKind.QUESTION: "Открытые вопросы",
    FactKind.FACT: "Важное",
    "minutes": "Протокол",
    "transcript": "Расшифровка",
    "owner": "отвечает",
    "due": "срок",
    "doubt": "не подтверждено",
    "missing": "В протоколе нет части встречи с {start} до {end}: модель не дала годного ответа.",
    "nothing": "Решений, поручений и вопросов не найдено.",
}
_EN = {
    FactKind.DECISION: "Decisions",
    FactKind.TASK: "Tasks",
    FactKind.QUESTION: "Open questions",
    FactKind.FACT: "Worth knowing",
    "minutes": "Minutes",
    "transcript": "Transcript",
    "owner": "owner",
    "due": "due",
    "doubt": "not confirmed",
    "missing": "The part from {start} to {end} is missing: the model gave no usable answer on it.",
    "nothing": "No decisions, tasks or questions were found.",
}
_DOUBTS = {
    Doubt.SEGMENTS: ("the place is not there", "место не найдено"),
    Doubt.QUOTE: ("the quote is not there", "такой цитаты нет"),
    Doubt.TEXT: ("it was said in other words", "сказано не то"),
    Doubt.NUMBER: ("a number was not said", "числа не было"),
    Doubt.DATE: ("a date was not said", "даты не было"),
    Doubt.NAME: ("a name was not said", "имени не было"),
    Doubt.NEGATION: ("a “not” is too many or too few", "расходится «не»"),
    Doubt.OWNER: ("the owner was not named", "ответственный не назван"),
    Doubt.DUE: ("the date was not named", "срок не назван"),
}


@dataclass(frozen=True, slots=True)
class Part:
    """A paragraph.

    Attributes:
        style: "title", "about", "heading", "text" (Markdown), "fact" or "note".
        text: of a fact: what it says, with owner and due date.
        start: second of a fact, or None.
        doubt: why a fact is not confirmed, else "".
    """

    style: str
    text: str
    start: float | None = None
    doubt: str = ""


def word(key: str, language: str) -> str:
    """A word of minutes in the language of the minutes."""
    words: dict[Any, str] = _RU if language == "ru" else _EN
    return words[key]


def doubt_text(doubts: tuple[Doubt, ...], language: str) -> str:
    """Why something is not confirmed, "" where it is."""
    why = ", ".join(_DOUBTS[doubt][language == "ru"] for doubt in doubts)
    return f"{word('doubt', language)}: {why}" if why else ""


def document(transcript: Transcript, minutes: Minutes) -> Iterator[Part]:
    """All parts of minutes in order. What is missing stands before everything else."""
    language, meeting = minutes.language, transcript.meeting
    yield Part("title", one_line(meeting.title))
    began = datetime.fromisoformat(meeting.started_at).astimezone()
    head = f"{word('minutes', language)} · {began:%Y-%m-%d %H:%M} · {clock(meeting.duration)}"
    yield Part("about", head)
    for part in minutes.missing:
        text = word("missing", language).format(start=clock(part.start), end=clock(part.end))
        yield Part("note", text)
    if minutes.text.strip():
        yield Part("text", minutes.text)
    for kind in FactKind:
        facts = [fact for fact in minutes.facts if fact.kind == kind]
        if facts:
            yield Part("heading", word(kind, language))
        for fact in facts:
            yield Part("fact", _said(fact, language), fact.start, doubt_text(fact.doubts, language))
    if not minutes.facts:
        yield Part("note", word("nothing", language))


def _said(fact: Fact, language: str) -> str:
    named = (("owner", one_line(fact.owner)), ("due", one_line(fact.due)))
    more = ", ".join(f"{word(key, language)}: {value}" for key, value in named if value)
    return one_line(fact.text) + (f" ({more})" if more else "")
