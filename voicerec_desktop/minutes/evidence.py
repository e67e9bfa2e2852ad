"""Whether the transcript says what a fact says. Code checks it, no model (ENGINEERING.md 5)."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from voicerec_desktop.core.minutes import Doubt, Fact, FactKind
from voicerec_desktop.core.model import Segment
from voicerec_desktop.minutes.lines import Line
from voicerec_desktop.minutes.numbers import foreign, numbers
from voicerec_desktop.minutes.wording import Said, is_negator, opposed, polarity, same_name, words

QUOTE = 0.85  # of the words of a quote must be there, in their order
ALIKE = 90.0  # or so alike must its letters be: ASR and model may spell a word in two ways
SHARED = 0.55  # of the words of a fact must be in or beside the place that it cites
NAMED = 6  # lines around a place in which a thing is named that is spoken of
ACCEPTED = 10.0  # s after which an answer is no answer to a request
_ME = re.compile(
    r"\b(?:я|мне|меня|мы|нам|i|i'll|i'm|me|we|we'll|\w*(?:[аеуяю]ю|[лрн]ю|[жшщ]у|[дтс]у|ьму|пишу))\b",
    re.IGNORECASE,
)
_NOT_ME = re.compile(r"\b(?:неделю|среду|работу|минуту|группу|эту|ту)\b", re.IGNORECASE)
Stem = Callable[[str], str]


@dataclass(slots=True)
class Evidence:
    """The transcript, prepared for checking.

    Args:
        lines: what was said, by whom, unmasked.
        stem: of a folded word, Russian or English.
        same_language: whether facts are in the language of the transcript.
    """

    lines: Sequence[Line]
    stem: Stem
    same_language: bool = True
    _places: dict[str, int] = field(init=False)
    _everybody: set[str] = field(init=False)

    def __post_init__(self) -> None:
        """Find out once what every check needs."""
        self._places = {line.segment_id: i for i, line in enumerate(self.lines)}
        names = {line.speaker for line in self.lines}
        self._everybody = {one.word for name in names for one in self._words(name)}

    def checked(self, fact: Fact) -> Fact:
        """The fact with its second and with all that speaks against it."""
        places = self._places
        cited = sorted({places[one] for one in fact.segment_ids if one in places})
        if not cited:
            found = self._place(fact.quote)
            start = None if found is None else self.lines[found].start
            return replace(fact, start=start, doubts=(Doubt.SEGMENTS,))
        beside = sorted({j for i in cited for j in (i - 1, i, i + 1) if 0 <= j < len(self.lines)})
        unknown = len(cited) < len(set(fact.segment_ids))
        quoted = next((i for i in cited if self._holds(fact.quote, [i])), None)
        doubts = [Doubt.SEGMENTS] if unknown else []
        if quoted is None and not self._holds(fact.quote, beside):
            doubts.append(Doubt.QUOTE)
        doubts += self._said(fact, cited, beside)
        if fact.owner and not self._owns(fact.owner, cited):
            doubts.append(Doubt.OWNER)
        if fact.due and not self._due(fact.due, beside):
            doubts.append(Doubt.DUE)
        start = self.lines[cited[0] if quoted is None else quoted].start
        return replace(fact, start=start, doubts=tuple(doubts))

    def _text(self, places: Sequence[int]) -> str:
        return "\n".join(self.lines[i].text for i in places)

    def _words(self, text: str) -> list[Said]:
        return words(text, self.stem)

    def _place(self, quote: str) -> int | None:
        return next((i for i in range(len(self.lines)) if self._holds(quote, [i])), None)

    def _holds(self, quote: str, places: Sequence[int]) -> bool:
        """Whether the words of a quote are there, and no "not" is left out or put in."""
        from rapidfuzz.distance import LCSseq
        from rapidfuzz.fuzz import partial_ratio

        wanted = [one.stem for one in self._words(quote)]
        there = [one.stem for one in self._words(self._text(places))]
        if not wanted or not there:
            return False
        operations = LCSseq.opcodes(wanted, there)
        same = [op for op in operations if op.tag == "equal"]
        held = sum(op.src_end - op.src_start for op in same)
        if held < QUOTE * len(wanted):
            return partial_ratio(" ".join(wanted), " ".join(there)) >= ALIKE and len(wanted) > 2
        begin, end = same[0].dest_start, same[-1].dest_end
        negators = [sum(map(is_negator, part)) for part in (wanted, there[begin:end])]
        return negators[0] == negators[1]

    def _said(self, fact: Fact, cited: Sequence[int], beside: Sequence[int]) -> list[Doubt]:
        """What the text of a fact says that its place does not."""
        ours = self._words(fact.text)
        near = self._text(beside)
        theirs = self._words(near)
        doubts = []
        if self._strange_numbers(fact.text, cited, beside):
            doubts.append(Doubt.NUMBER)
        if not self.same_language:
            return doubts
        if _dates(ours) - _dates(theirs):
            doubts.append(Doubt.DATE)
        if self._strange_names(fact, ours, cited):
            doubts.append(Doubt.NAME)
        if _shared(ours, theirs, self._speakers(beside)) < SHARED or opposed(
            fact.text, self._text(cited)
        ):
            doubts.append(Doubt.TEXT)
        if _turned(ours, self._words(self._text(cited))):
            doubts.append(Doubt.NEGATION)
        return doubts

    def _speakers(self, places: Sequence[int]) -> set[str]:
        """The names of those who speak there."""
        return {one.word for i in places for one in self._words(self.lines[i].speaker)}

    def _strange_numbers(self, text: str, cited: Sequence[int], beside: Sequence[int]) -> bool:
        """Whether a number is not there; what is told beside counts where no other is told."""
        there = numbers(self._text(cited)) or numbers(self._text(beside))
        return bool(foreign(numbers(text), there))

    def _strange_names(self, fact: Fact, ours: Sequence[Said], cited: Sequence[int]) -> bool:
        """Whether somebody is named who is not named beside, or something that nobody spoke of."""
        everybody = self._everybody
        named = [
            one.word
            for one in ours
            if len(one.word) > 1 and one.capital and (not one.first or one.word in everybody)
        ]
        for name in named:
            distance = 1 if _in(name, everybody) else NAMED
            places = range(max(0, cited[0] - distance), cited[-1] + distance + 1)
            near = [i for i in places if i < len(self.lines)]
            known = {one.word for one in self._words(f"{self._text(near)}\n{fact.owner}")}
            if not _in(name, known | self._speakers(near)):
                return True
        return False

    def _owns(self, owner: str, cited: Sequence[int]) -> bool:
        """Whether the owner is named there, or says "I will" there or in answer to it."""
        wanted = {one.word for one in self._words(owner) if len(one.word) > 1 or one.word.isdigit()}
        before, after = max(0, cited[0] - 1), min(len(self.lines) - 1, cited[-1] + 1)
        named = {one.word for i in (before, *cited) for one in self._words(self.lines[i].text)}
        if wanted and all(_in(one, named) for one in wanted):
            return True
        answers = self.lines[after].start - self.lines[cited[-1]].end < ACCEPTED
        for i in (*cited, *([after] if answers else [])):
            line = self.lines[i]
            names = {one.word for one in self._words(line.speaker)}
            if (
                wanted
                and all(_in(one, names) for one in wanted)
                and _ME.search(_NOT_ME.sub("", line.text))
            ):
                return True
        return False

    def _due(self, due: str, beside: Sequence[int]) -> bool:
        """Whether the time is told there."""
        ours, near = self._words(due), self._text(beside)
        theirs = self._words(near)
        if foreign(numbers(due), numbers(near)) or _dates(ours) - _dates(theirs):
            return False
        if _dates(ours) or numbers(due) or not self.same_language:
            return True
        return _shared(ours, theirs, set()) >= SHARED


def _dates(said: Sequence[Said]) -> set[str]:
    """When it is, and not when it is not."""
    return {one.stem[:4] for one in said if one.date and not one.negated}


def _in(name: str, known: Iterable[str]) -> bool:
    return any(same_name(name, one) for one in known)


def _shared(ours: Sequence[Said], theirs: Sequence[Said], also: set[str]) -> float:
    """Which share of what a text is about is there, too."""
    keys = {one.key for one in theirs}
    about = {one.key: one.word for one in ours if one.content}
    if not about:
        return 1.0
    return sum(key in keys or _in(word, also) for key, word in about.items()) / len(about)


def _turned(ours: Sequence[Said], theirs: Sequence[Said]) -> bool:
    """Whether a word is negated only on one side."""
    here, there = polarity(ours), polarity(theirs)
    if any(not here[key] & there[key] for key in here.keys() & there.keys()):
        return True
    denied = any(signs == {True} and key not in there for key, signs in here.items())
    return denied and not any(is_negator(one.word) for one in theirs)


def same_language(segments: Sequence[Segment], language: str) -> bool:
    """Whether most of what was said is in the language of the minutes."""
    from voicerec_desktop.minutes.answers import in_language

    return in_language(" ".join(segment.text for segment in segments[:400]), language)


def sorted_facts(facts: Sequence[Fact]) -> list[Fact]:
    """Facts by kind, then by time."""
    kinds = list(FactKind)
    return sorted(facts, key=lambda fact: (kinds.index(fact.kind), fact.start or 0.0))
