"""New text for words that have times: what stays the same keeps them, the rest shares the gap."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from voicerec_desktop.core.model import Segment, Word
from voicerec_desktop.core.text import fold


@dataclass(frozen=True, slots=True)
class _Group:
    """Words that are written together (" twenty", "-five") and their text, blanks apart."""

    words: tuple[Word, ...]
    text: str

    @property
    def tokens(self) -> list[str]:
        """What stands between blanks: more than one where the glossary wrote two words."""
        return self.text.split()


@dataclass(frozen=True, slots=True)
class _Block:
    """Groups that become tokens; `kept`: the same word, perhaps in other letters or signs."""

    groups: Sequence[_Group]
    tokens: Sequence[str]
    kept: bool


def realigned(segment: Segment, text: str) -> tuple[Word, ...]:
    """The words of a segment when its text becomes `text` (words between single blanks)."""
    groups = list(_groups(segment.words or timed_words(segment)))
    words: list[Word] = []
    blocks = list(_blocks(groups, text.split()))
    for i, block in enumerate(blocks):
        following = next((b.groups[0].words[0] for b in blocks[i + 1 :] if b.groups), None)
        after = following.start if following else segment.end
        for new in _words(block, words[-1].end if words else segment.start, after, segment):
            words.append(_apart(new) if words else new[0])
            words.extend(new[1:])
    return tuple(words)


def timed_words(segment: Segment) -> tuple[Word, ...]:
    """Words for a segment that has none: they share its time by length."""
    tokens = segment.text.split()
    return _shared(tokens, segment.start, segment.end, segment.speaker_id, 1.0)


def _apart(words: Sequence[Word]) -> Word:
    """The first of some words, with a blank before it."""
    first = words[0]
    return first if first.text[:1].isspace() else replace(first, text=" " + first.text)


def _groups(words: Sequence[Word]) -> Iterator[_Group]:
    group: list[Word] = []
    for word in words:
        if not word.text.strip():
            continue
        if group and (word.text[:1].isspace() or group[-1].text[-1:].isspace()):
            yield _group(group)
            group = []
        group.append(word)
    if group:
        yield _group(group)


def _group(words: Sequence[Word]) -> _Group:
    return _Group(tuple(words), " ".join("".join(word.text for word in words).split()))


def _blocks(groups: Sequence[_Group], tokens: Sequence[str]) -> Iterator[_Block]:
    """The groups and tokens in order; those of one sound are paired."""
    old = [token for group in groups for token in group.tokens]
    matcher = SequenceMatcher(None, [_key(t) for t in old], [_key(t) for t in tokens], False)
    pairs = {m.a + i: m.b + i for m in matcher.get_matching_blocks() for i in range(m.size)}
    place = first = at = 0  # token of `old`, group and token of a block that is not paired yet
    for number, group in enumerate(groups):
        size = len(group.tokens)
        goes = [pairs.get(place + i) for i in range(size)]
        place += size
        begin = goes[0]
        if begin is None or goes != list(range(begin, begin + size)):
            continue
        if first < number or at < begin:
            yield _Block(groups[first:number], tokens[at:begin], False)
        yield _Block([group], tokens[begin : begin + size], True)
        first, at = number + 1, begin + size
    if first < len(groups) or at < len(tokens):
        yield _Block(groups[first:], tokens[at:], False)


def _key(token: str) -> str:
    return fold(token) or token


def _words(
    block: _Block, before: float, after: float, segment: Segment
) -> Iterator[Sequence[Word]]:
    """New words of a block, in runs that are written together; `before`, `after`: the gap."""
    groups, tokens = block.groups, block.tokens
    if block.kept:
        yield _changed(groups[0], " ".join(tokens))
    elif len(groups) == len(tokens):
        for group, token in zip(groups, tokens, strict=True):
            yield _changed(group, token)
    elif tokens:
        old = [word for group in groups for word in group.words]
        start, end = (old[0].start, old[-1].end) if old else (before, after)
        said = _said(old)
        speaker_id = old[0].speaker_id if old else segment.speaker_id
        for i, word in enumerate(_shared(tokens, start, end, speaker_id, 1.0)):
            yield [replace(word, original="" if i else said)]


def _changed(group: _Group, text: str) -> Sequence[Word]:
    """The words of a group when it becomes `text`: only those that differ are touched."""
    words = group.words
    if text == group.text:
        return words
    head = tail = 0
    left = text
    while head < len(words) - 1 and left.startswith(words[head].text.strip()):
        left = left[len(words[head].text.strip()) :]
        head += 1
    while head + tail < len(words) - 1 and left.endswith(words[-1 - tail].text.strip()):
        left = left.removesuffix(words[-1 - tail].text.strip())
        tail += 1
    middle = words[head : len(words) - tail]
    lead = " " if middle[0].text[:1].isspace() else ""
    said = _said(middle)
    kept = (*words[:head], *words[len(words) - tail :])
    if not left.strip() and kept:
        return kept
    word = replace(
        middle[0],
        end=middle[-1].end,
        text=lead + left.strip(),
        probability=1.0,
        original=None if said == left.strip() else said,
    )
    return (*words[:head], word, *words[len(words) - tail :])


def _said(words: Sequence[Word]) -> str:
    """What the engine said where these words are now."""
    parts = []
    for word in words:
        said = word.text if word.original is None else word.original
        parts.append((" " if word.text[:1].isspace() else "") + said.strip())
    return " ".join("".join(parts).split())


def _shared(
    tokens: Sequence[str], start: float, end: float, speaker_id: str | None, probability: float
) -> tuple[Word, ...]:
    """Words that share a stretch of time by their lengths."""
    end = max(start, end)
    total = sum(map(len, tokens)) or 1
    words, done = [], 0
    for token in tokens:
        first = start + (end - start) * done / total
        done += len(token)
        last = end if done == total else start + (end - start) * done / total
        words.append(Word(first, last, " " + token, probability, speaker_id))
    return tuple(words)
