"""The reduce: facts of all blocks, each once."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from voicerec_desktop.core.minutes import Doubt, Fact
from voicerec_desktop.minutes.numbers import foreign, numbers
from voicerec_desktop.minutes.wording import polarity, words

ALIKE = 0.7  # of the words of the shorter one
FAR = 600.0  # s: what is said again later is worth telling again


def merged(facts: Sequence[Fact], stem: Callable[[str], str]) -> list[Fact]:
    """Facts without those that say the same again; the better founded one stays, with all places.

    No model merges: it would put two tasks into one, or drop one.
    """
    kept: list[Fact] = []
    for fact in facts:
        for i, other in enumerate(kept):
            if _same(fact, other, stem):
                kept[i] = _better(fact, other)
                break
        else:
            kept.append(fact)
    return kept


def _same(one: Fact, other: Fact, stem: Callable[[str], str]) -> bool:
    if one.kind != other.kind or (one.owner and other.owner and one.owner != other.owner):
        return False
    if one.due and other.due and one.due != other.due:
        return False
    if abs((one.start or 0.0) - (other.start or 0.0)) > FAR:
        return False
    ours, theirs = numbers(one.text), numbers(other.text)
    if foreign(ours, theirs) and foreign(theirs, ours):
        return False
    here, there = (words(text, stem) for text in (one.text, other.text))
    if any(not s & polarity(there).get(key, s) for key, s in polarity(here).items()):
        return False
    a, b = ({w.key for w in said if w.content} for said in (here, there))
    return len(a & b) >= ALIKE * max(1, min(len(a), len(b))) and 2 * min(len(a), len(b)) >= max(
        len(a), len(b)
    )


def _better(one: Fact, other: Fact) -> Fact:
    """The confirmed one, else the one that says more."""

    def worth(fact: Fact) -> tuple[bool, bool, bool, int]:
        return (fact.confirmed, bool(fact.owner), bool(fact.due), len(fact.text))

    best, rest = sorted((one, other), key=worth, reverse=True)
    if Doubt.SEGMENTS in rest.doubts:
        return best
    ids = tuple(dict.fromkeys((*best.segment_ids, *rest.segment_ids)))
    starts = [start for start in (best.start, rest.start) if start is not None]
    return replace(best, segment_ids=ids, start=min(starts, default=None))
