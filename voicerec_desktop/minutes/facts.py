"""The map: facts out of a block of the transcript."""

import logging
from collections.abc import Callable, Sequence
from typing import Any

import msgspec

from voicerec_desktop.core.cancel import CancelToken
from voicerec_desktop.core.errors import ErrorCode, KnownError
from voicerec_desktop.core.minutes import Fact, FactKind
from voicerec_desktop.minutes.answers import in_language, objects
from voicerec_desktop.minutes.blocks import Block
from voicerec_desktop.minutes.lines import marked, new_mark
from voicerec_desktop.minutes.llm import Llm
from voicerec_desktop.minutes.prompts import Template

MOST_FACTS = 25
LONGEST = 400  # characters of a field
ANSWER = 4096  # tokens
NO_SEGMENT = "?"  # begins the id of a line that is not there
log = logging.getLogger(__name__)
_AGAIN = {
    "not_facts": (
        "That was not the JSON that I asked for. Answer again, only with the JSON.",
        "Это не тот JSON, который я просил. Ответь ещё раз, только JSON.",
    ),
    "empty": ("Your answer was empty. Answer with the JSON.", "Ответ пуст. Ответь JSON."),
    "other_language": (
        "Answer again: the field text must be in English.",
        "Ответь ещё раз: поле text — только по-русски.",
    ),
}


class RawFact(msgspec.Struct, frozen=True):
    """A fact as the model gives it; `lines` are numbers within its block."""

    kind: str
    text: str
    owner: str = ""
    due: str = ""
    quote: str = ""
    lines: tuple[int, ...] = ()


def schema(kinds: Sequence[FactKind]) -> dict[str, Any]:
    """Of the answer; with bounds, for small models repeat themselves."""
    text = {"type": "string", "maxLength": LONGEST}
    fields: dict[str, Any] = {
        "kind": {"type": "string", "enum": [kind.value for kind in kinds]},
        "text": text,
        "owner": {"type": "string", "maxLength": 80},
        "due": {"type": "string", "maxLength": 80},
        "quote": text,
        "lines": {"type": "array", "items": {"type": "integer"}, "maxItems": 12},
    }
    fact = _object(fields)
    return _object({"facts": {"type": "array", "items": fact, "maxItems": MOST_FACTS}})


def _object(fields: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": fields,
        "required": list(fields),
        "additionalProperties": False,
    }


def extract(
    llm: Llm, block: Block, template: Template, most: int, cancel: CancelToken
) -> list[RawFact]:
    """What a block says; asked once more where the answer is of no use.

    Args:
        most: tokens of the answer.

    Raises:
        KnownError: LLM_BAD_ANSWER with `why` "cut" where a shorter block would do, or another
            reason; LLM_... where the server fails.
        TooLong: a shorter block would do.
    """
    mark = new_mark(block.lines)
    messages = [
        {"role": "system", "content": template.extract.replace("{mark}", mark)},
        {"role": "user", "content": marked(block.lines, mark)},
    ]
    why = ""
    for _ in range(2):
        answer = llm.ask(messages, "minutes", cancel, most, schema(template.kinds))
        if answer.cut:
            why = "cut"
            break
        facts = parse(answer.text, template.kinds)
        why = _wrong(answer.text, facts, template.language)
        if facts is not None and not why:
            return facts
        log.info("%s of block at %.0f s", why, block.start)
        said = _AGAIN[why][template.language == "ru"]
        messages = [
            *messages[:2],
            {"role": "assistant", "content": answer.text[:2000] or "-"},
            {"role": "user", "content": said},
        ]
    raise KnownError(ErrorCode.LLM_BAD_ANSWER, model=llm.server.model, why=why)


def _wrong(answer: str, facts: list[RawFact] | None, language: str) -> str:
    """Why an answer is of no use, or ""."""
    if not answer:
        return "empty"
    if facts is None:
        return "not_facts"
    return "" if in_language(" ".join(f.text for f in facts), language) else "other_language"


def parse(answer: str, kinds: Sequence[FactKind]) -> list[RawFact] | None:
    """Facts out of an answer, or None where it holds no JSON of them."""
    found = objects(answer, "facts")
    if found is None:
        return None
    facts = [_raw(one, kinds) for one in found]
    return [fact for fact in facts if fact.text][: 2 * MOST_FACTS]


def _raw(found: dict[str, Any], kinds: Sequence[FactKind]) -> RawFact:
    kind = _text(found.get("kind")).lower()
    if kind not in list(kinds):
        kind = FactKind.FACT.value if FactKind.FACT in kinds else kinds[0].value
    lines = found.get("lines")
    numbers = lines if isinstance(lines, list) else [lines]
    cited = tuple(n for one in numbers if (n := _number(one)) is not None)
    text, owner, due, quote = (_text(found.get(n)) for n in ("text", "owner", "due", "quote"))
    return RawFact(kind, text, owner, due, quote, cited[:12])


def _text(value: object) -> str:
    text = " ".join(str(value).split()) if isinstance(value, (str, int, float)) else ""
    return "" if text.casefold() in ("null", "none", "n/a", "-", "—") else text[:LONGEST]


def _number(value: object) -> int | None:
    try:
        return int(value) if isinstance(value, (int, str)) else None
    except ValueError:
        return None


def located(raw: RawFact, block: Block, unmask: Callable[[str], str] = str) -> Fact:
    """A fact with the segments of its lines; a line that is not there is an unknown segment."""
    ids = [
        block.lines[number - 1].segment_id
        if 1 <= number <= len(block.lines)
        else f"{NO_SEGMENT}{number}"
        for number in dict.fromkeys(raw.lines)
    ]
    return Fact(
        FactKind(raw.kind),
        unmask(raw.text),
        unmask(raw.owner),
        unmask(raw.due),
        unmask(raw.quote),
        tuple(ids),
    )
