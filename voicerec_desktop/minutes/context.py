"""How much text fits into one request."""

import math
import re
from collections.abc import Callable, Sequence

from voicerec_desktop.core.cancel import CancelToken
from voicerec_desktop.core.errors import ErrorCode, KnownError
from voicerec_desktop.minutes.lines import Line
from voicerec_desktop.minutes.llm import Llm

UNKNOWN = 8192  # what nearly all servers have at least
SHARE = 0.7  # of the context for one question: counts are not exact, and the answer needs room
PER_LINE = 6  # tokens of a line's mark and number
_DIGIT = re.compile(r"\d")
_CYRILLIC = re.compile(r"[А-яЁё]")
_WIDE = re.compile(r"[\u1100-\uffff]")


def bound(text: str) -> int:
    """At most so many tokens: 2.5 Cyrillic letters each and 15 % more (ENGINEERING.md 5)."""
    digits, cyrillic = len(_DIGIT.findall(text)), len(_CYRILLIC.findall(text))
    wide = len(_WIDE.findall(text))
    rest = len(text) - digits - cyrillic - wide
    return math.ceil(digits + 0.46 * cyrillic + 1.5 * wide + 0.36 * rest)


def context_size(llm: Llm, cancel: CancelToken) -> int:
    """The model's context in tokens: as the user says, else the server, else a small one.

    Raises:
        KnownError: the server cannot be used; LLM_MODEL where it lists other models only.
    """
    if llm.server.context:
        return llm.server.context
    try:
        listed = llm.models(cancel)
    except KnownError as error:
        if error.code in (ErrorCode.LLM_MODEL, ErrorCode.LLM_FAILED):  # it has no such list
            return UNKNOWN
        raise
    found = [model for model in listed if model.id == llm.server.model]
    return (found[0].context if found else 0) or UNKNOWN


def counter(llm: Llm, lines: Sequence[Line], cancel: CancelToken) -> Callable[[Line], int]:
    """Counts the tokens of a line: by the server's own count of all lines, else the bound."""
    everything = "\n".join(line.text for line in lines)
    counted, estimated = llm.count(everything, cancel), bound(everything)
    scale = counted / estimated if counted and estimated else 1.0

    def count(line: Line) -> int:
        return math.ceil(scale * bound(f"{line.speaker} {line.text}")) + PER_LINE

    return count
