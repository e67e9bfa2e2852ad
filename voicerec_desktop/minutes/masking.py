"""Phone numbers, e-mail addresses and card numbers that stay on this computer."""

import re
from functools import partial

_KINDS = (
    ("MAIL", re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")),
    ("CARD", re.compile(r"(?<!\d)\d{4}(?:[ -]?\d{4}){2}[ -]?\d{3,7}(?!\d)")),
    (
        "PHONE",
        re.compile(
            r"(?<![\d+])(?:\+\d{1,3}|8)[ -]?\(?\d{3}\)?[ -]?\d{3}[ -]?\d{2}[ -]?\d{2}(?!\d)"
            r"|(?<!\d)\+\d{1,3}(?:[ -]?\(?\d{2,4}\)?){2,4}(?!\d)"
            r"|(?<!\d)\d{3}-\d{2}-\d{2}(?!\d)"
        ),
    ),
)
_MASK = re.compile(r"\[?\b(MAIL|CARD|PHONE)[_ -]?(\d+)\b\]?", re.IGNORECASE)


class Masker:
    """Puts `[PHONE_1]` in the place of a number, and the number back into the answer.

    The same value has the same mask; masks are counted in the order of the transcript, so a run
    that goes on later sends the same text.
    """

    def __init__(self) -> None:
        self._masks: dict[str, str] = {}
        self._values: dict[tuple[str, int], str] = {}

    def mask(self, text: str) -> str:
        """The text as it may leave this computer."""
        for kind, pattern in _KINDS:
            text = pattern.sub(partial(self._hide, kind), text)
        return text

    def unmask(self, text: str) -> str:
        """What is hidden is there again; masks that we never gave stay as they are."""

        def back(match: re.Match[str]) -> str:
            return self._values.get((match[1].upper(), int(match[2])), match[0])

        return _MASK.sub(back, text)

    def _hide(self, kind: str, match: re.Match[str]) -> str:
        value = match[0]
        if value not in self._masks:
            number = 1 + sum(known == kind for known, _ in self._values)
            self._values[kind, number] = value
            self._masks[value] = f"[{kind}_{number}]"
        return self._masks[value]
