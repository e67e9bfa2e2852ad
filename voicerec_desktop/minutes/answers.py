"""JSON out of whatever a model answers, and whether it is in the language that was asked for."""

import ast
import json
import re
from collections.abc import Iterator
from typing import Any

_FENCE = re.compile(r"```(?:json)?\s*(.*?)(?:```|\Z)", re.DOTALL)
_TRAILING = re.compile(r",(\s*[\]}])")
_CYRILLIC = re.compile(r"[А-яЁё]")
_LATIN = re.compile(r"[A-Za-z]")
LEAST_LETTERS = 30  # fewer tell no language


def objects(text: str, key: str) -> list[dict[str, Any]] | None:
    """The objects of `{key: [...]}`, or None where there is no such JSON.

    Models put it into fences, add words, forget the outer object, leave commas, or stop in the
    middle: then the objects that are whole are taken.
    """
    fenced = _FENCE.search(text)
    text = (fenced.group(1) if fenced else text).strip()
    begin = min((i for i in (text.find("{"), text.find("[")) if i >= 0), default=-1)
    if begin < 0:
        return None
    for candidate in (text[begin:], _TRAILING.sub(r"\1", text[begin:])):
        value = _decoded(candidate)
        if isinstance(value, dict):
            value = value.get(key, [value] if "text" in value else None)
        if isinstance(value, list):
            return [one for one in value if isinstance(one, dict)]
    found = list(_whole_objects(_TRAILING.sub(r"\1", text)))
    return found or None


def _decoded(text: str) -> Any:
    try:
        return json.JSONDecoder(strict=False).raw_decode(text)[0]
    except ValueError:
        pass
    try:
        return ast.literal_eval(text[: max(text.rfind("}"), text.rfind("]")) + 1])
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return None


def _whole_objects(text: str) -> Iterator[dict[str, Any]]:
    decoder, place = json.JSONDecoder(strict=False), text.find("{")
    while place >= 0:
        try:
            value, end = decoder.raw_decode(text, place)
        except ValueError:
            place = text.find("{", place + 1)
            continue
        if isinstance(value, dict) and "text" in value:
            yield value
        place = text.find("{", end)


def in_language(text: str, language: str) -> bool:
    """Whether text is in Russian ("ru") or in a language of Latin letters; names may be foreign."""
    cyrillic, latin = len(_CYRILLIC.findall(text)), len(_LATIN.findall(text))
    if cyrillic + latin < LEAST_LETTERS:
        return True
    share = cyrillic / (cyrillic + latin)
    return share > 0.5 if language == "ru" else share < 0.4
