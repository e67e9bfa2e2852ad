"""Where words stand in the text of a segment, and what a correction has changed."""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import takewhile

from voicerec_desktop.core.model import Segment
from voicerec_desktop.core.text import fold

Span = tuple[int, int]
_SIGNS = ".,;:!?…\"'«»„“”‘’()[]{}–—-"
_SLACK = 16  # characters that may stand between two words


def word_spans(segment: Segment) -> list[Span]:
    """Characters `start` to `end` of each word in the segment's text, in order."""
    spans, at = [], 0
    for word in segment.words:
        bare = word.text.strip()
        start = segment.text.find(bare, at, at + len(bare) + _SLACK)
        if start < 0:
            spans.append((at, at))
            continue
        at = start + len(bare)
        spans.append((start, at))
    return spans


def word_at(spans: Sequence[Span], position: int) -> int:
    """The word that a character belongs to, or -1."""
    index = bisect_right(spans, position, key=_start) - 1
    return index if index >= 0 and spans[index][0] <= position < spans[index][1] else -1


def word_after(spans: Sequence[Span], position: int) -> int:
    """The word in which, or before which, a cursor stands; the number of words at the end."""
    return next((i for i, span in enumerate(spans) if span[1] > position), len(spans))


def words_between(spans: Sequence[Span], start: int, end: int) -> tuple[int, int] | None:
    """First and last word that characters `start` to `end` touch."""
    touched = [i for i, span in enumerate(spans) if span[0] < end and start < span[1]]
    return (touched[0], touched[-1]) if touched else None


def _equal(pair: tuple[str, str]) -> bool:
    return pair[0] == pair[1]


def to_qt(text: str, place: int) -> int:
    """A place in a text as Qt counts it: in UTF-16, where an emoji is two."""
    return len(text[:place].encode("utf-16-le")) // 2


def from_qt(text: str, place: int) -> int:
    """A place that Qt counted, in characters."""
    return len(text.encode("utf-16-le")[: 2 * place].decode("utf-16-le", "ignore"))


def _start(span: Span) -> int:
    return span[0]


def cursor_in_clean_text(text: str, cursor: int) -> int:
    """Where a cursor stands once the blanks of a text are single ones."""
    before = text[:cursor]
    clean = " ".join(before.split())
    return len(clean) + (1 if clean and before[-1].isspace() else 0)


def corrected_word(old: str, new: str) -> tuple[str, str] | None:
    """The term and the variant it replaces where exactly one word was corrected.

    One of the two may be two words: "ру ма" becomes "RUMA".
    """
    before, after = old.split(), new.split()
    same = zip(before, after, strict=False)
    head = sum(1 for _ in takewhile(_equal, same))
    left = zip(reversed(before[head:]), reversed(after[head:]), strict=False)
    tail = sum(1 for _ in takewhile(_equal, left))
    before, after = before[head : len(before) - tail], after[head : len(after) - tail]
    if min(len(before), len(after)) != 1 or len(before) + len(after) > 3:
        return None
    variant = " ".join(before).strip(_SIGNS)
    term = " ".join(after).strip(_SIGNS)
    if not fold(term) or not fold(variant) or fold(term) == fold(variant) or term.isdigit():
        return None
    return term, variant
