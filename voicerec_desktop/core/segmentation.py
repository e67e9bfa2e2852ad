"""Cutting a row of words into readable segments."""

from collections.abc import Iterator, Sequence

from voicerec_desktop.core.model import Word

MAX_PAUSE = 1.0  # s, a longer one always ends a segment
BREATH = 0.35  # s, enough to cut a long sentence
MAX_SECONDS = 20.0
_SENTENCE_END = ".?!…。？！"
_JOINERS = ("-", "\u2010", "\u2011", "'", "’")
_CLOSERS = "\"'»”)]"
_PRONOUNS = ("i.", "я.")  # words of one letter that end a sentence: neither initials nor "и т. д."
_ABBREVIATIONS = {
    "т.е.", "т.к.", "т.д.", "т.п.", "т.н.", "и.о.", "г.", "гг.", "ул.", "д.", "стр.", "см.",
    "руб.", "коп.", "тыс.", "млн.", "млрд.", "им.", "проф.", "mr.", "mrs.", "ms.", "dr.", "st.",
    "prof.", "e.g.", "i.e.", "etc.", "vs.", "inc.", "ltd.", "co.",
}  # fmt: skip


def join_words(words: Sequence[Word]) -> str:
    """The text of some words in a row."""
    return "".join(word.text for word in words).strip()


def continues(word: Word) -> bool:
    """Whether this is the rest of the word before it: Whisper gives " twenty" and "-five"."""
    return word.text.startswith(_JOINERS)


def ends_sentence(word: Word) -> bool:
    """Whether a sentence ends with this word."""
    text = word.text.strip().lower()
    if text in _ABBREVIATIONS:
        return False
    bare = text.rstrip(_CLOSERS)
    letter = len(bare) == 2 and bare[1] == "." and bare[0].isalpha() and bare not in _PRONOUNS
    return bare.endswith(tuple(_SENTENCE_END)) and not letter


def cut_at_pauses_and_sentences(words: Sequence[Word]) -> Iterator[tuple[Word, ...]]:
    """Split words where a sentence ends, where nobody speaks, and where it gets too long."""
    piece: list[Word] = []
    for word in words:
        if piece and _cut_between(piece, word):
            yield from _cut_long(piece)
            piece = []
        piece.append(word)
    if piece:
        yield from _cut_long(piece)


def _cut_between(piece: Sequence[Word], word: Word) -> bool:
    return word.start - piece[-1].end > MAX_PAUSE or ends_sentence(piece[-1])


def _cut_long(piece: Sequence[Word]) -> Iterator[tuple[Word, ...]]:
    """Halve a long sentence at its longest breath, commas preferred, until it fits."""
    places = [i for i in range(1, len(piece)) if not continues(piece[i])]
    if not places or piece[-1].end - piece[0].start <= MAX_SECONDS:
        yield tuple(piece)
        return
    at = max(places, key=lambda i: _cut_quality(piece, i))
    yield from _cut_long(piece[:at])
    yield from _cut_long(piece[at:])


def _cut_quality(piece: Sequence[Word], at: int) -> tuple[float, float]:
    """How good a cut before word `at` is: breath first, then a comma, then the middle."""
    before, after = piece[at - 1], piece[at]
    breath = min(after.start - before.end, MAX_PAUSE)
    comma = BREATH if before.text.rstrip().endswith((",", ";", ":", "—")) else 0.0
    middle = (piece[0].start + piece[-1].end) / 2
    half = (piece[-1].end - piece[0].start) / 2
    return (breath + comma - BREATH * abs(after.start - middle) / half, -abs(after.start - middle))
