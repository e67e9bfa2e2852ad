"""Numbers in text, in digits or in Russian or English words, as values that can be compared."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

_ORDINAL = "(?:ый|ий|ой|ого|ому|ым|ом|ая|ую|ое|ые|ых|ыми)"
_TEEN = r"(?:ь|и|ью)"


def _forms() -> Iterator[tuple[str, float, bool]]:
    """Patterns of whole words, their values, and whether they are ordinals."""
    third = "(?:ий|ья|ье|ьи|ью|ьего|ьему|ьим|ьем|ьей|ьих|ьими)"
    yield from [("н[оу]л[ья]?", 0, False), ("од(?:ин|н[аоу]|ного|ной|ному|ним|ном)", 1, False)]
    yield from [("дв(?:а|е|ух|ум|умя)", 2, False), ("тр(?:и|ех|ем|емя)", 3, False)]
    yield from [("четыр(?:е|ех|ем|ьмя)", 4, False), ("полтор[аы]|полутора", 1.5, False)]
    yield from [(f"перв{_ORDINAL}", 1, True), (f"втор{_ORDINAL}", 2, True)]
    yield from [(f"трет{third}", 3, True), (f"четверт{_ORDINAL}", 4, True)]
    yield from [(f"седьм{_ORDINAL}", 7, True), (f"восьм{_ORDINAL}", 8, True)]
    bases = {5: "пят", 6: "шест", 7: "сем", 8: "вос(?:ем|ьм)", 9: "девят", 10: "десят"}
    teens = ("один", "две", "три", "четыр", "пят", "шест", "сем", "восем", "девят")
    bases |= {11 + i: f"{stem}надцат" for i, stem in enumerate(teens)}
    bases |= {20: "двадцат", 30: "тридцат"}
    for value, stem in bases.items():
        yield f"{stem}{_TEEN}", value, False
        yield f"{stem}{_ORDINAL}", value, True
    tens = {50: "пят", 60: "шест", 70: "сем", 80: "вос[еь]м"}
    for value, stem in tens.items():
        yield f"{stem}[ьи]?ьюдесят(?:ью)?|{stem}(?:ь|и)?десят(?:и)?", value, False
        yield f"{stem}идесят{_ORDINAL}", value, True
    yield from [("сорока?", 40, False), (f"сороков{_ORDINAL}", 40, True)]
    yield from [("девяност[оа]", 90, False), (f"девяност{_ORDINAL}", 90, True)]
    yield from [("ст[оа]", 100, False), (f"сот{_ORDINAL}", 100, True)]
    yield from [("двести|двухсот", 200, False), ("триста|трехсот", 300, False)]
    yield ("четыреста|четырехсот", 400, False)
    for digit, stem in ((5, "пят"), (6, "шест"), (7, "сем"), (8, "вос[еь]м"), (9, "девят")):
        yield f"{stem}[ьи]сот", digit * 100, False
    english = "zero one two three four five six seven eight nine ten eleven twelve thirteen"
    english += " fourteen fifteen sixteen seventeen eighteen nineteen"
    for number, word in enumerate(english.split()):
        yield word, number, False
    tens_of = "twenty thirty forty fifty sixty seventy eighty ninety"
    for number, word in enumerate(tens_of.split()):
        yield word, 20 + 10 * number, False
    ordinals = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth"
    for number, word in enumerate(ordinals.split(), 1):
        yield word, number, True
    yield ("hundred", 100, False)


_FORMS = [(re.compile(pattern), value, ordinal) for pattern, value, ordinal in _forms()]
_SCALES = [
    (re.compile(r"тысяч\w{0,3}|тыс|thousands?|k"), 1e3),
    (re.compile(r"миллион\w{0,3}|млн|millions?"), 1e6),
    (re.compile(r"миллиард\w{0,3}|млрд|billions?"), 1e9),
]
_TOKEN = re.compile(
    r"(?P<time>\b\d{1,2}:\d{2}\b)|(?P<grouped>\d{1,3}(?:[ \u00a0\u202f,]\d{3})+(?![\d,]))"
    r"|(?P<number>\d+(?:[.,]\d+)?)(?P<ending>-?(?:го|му|й|я|е|st|nd|rd|th)\b)?"
    r"|(?P<word>[^\W\d_]+)|(?P<stop>[.!?;,:])"
)


@dataclass(frozen=True, slots=True)
class Number:
    """A value, and how it was given: as a word that counts, a word that orders, or digits."""

    value: float
    form: str


def numbers(text: str) -> list[Number]:
    """All numbers of a text."""
    found: list[Number] = []
    run = _Run()
    for match in _TOKEN.finditer(text.casefold().replace("ё", "е")):
        if match["time"]:
            found += run.end()
            hour, minute = (int(part) for part in match["time"].split(":"))
            found.append(Number(hour, "time"))
            found += [Number(minute, "digits")] if minute else []
        elif digits := match["grouped"] or match["number"]:
            found += run.end()
            plain = re.sub("[ \u00a0\u202f,]", "", digits) if match["grouped"] else digits
            run.digits(float(plain.replace(",", ".")))
        elif match["word"]:
            found += run.word(match["word"])
        elif match["stop"] != "." or run.words:  # "7 тыс. рублей"
            found += run.end()
    return found + run.end()


def _form(word: str) -> tuple[float, bool] | None:
    return _known(word)


@lru_cache(maxsize=20_000)
def _known(word: str) -> tuple[float, bool] | None:
    for pattern, value, ordinal in _FORMS:
        if pattern.fullmatch(word):
            return value, ordinal
    return None


@lru_cache(maxsize=20_000)
def _scale(word: str) -> float | None:
    return next((value for pattern, value in _SCALES if pattern.fullmatch(word)), None)


class _Run:
    """A number in the making: words or digits in a row, "семь миллионов четыреста тысяч"."""

    def __init__(self) -> None:
        self._clear()

    def _clear(self) -> None:
        self.total = self.group = 0.0
        self.last = self.scaled = float("inf")
        self.open = self.words = self.given_digits = False
        self.form = "word"

    def digits(self, value: float) -> None:
        self.group, self.open, self.given_digits, self.form = value, True, True, "digits"

    def word(self, word: str) -> list[Number]:
        ended: list[Number] = []
        if scale := _scale(word):
            if self.open and scale >= self.scaled:
                ended = self.end()
            if self.open or len(word) > 1:  # "k" alone is a letter
                self.total += (self.group if self.group or self.given_digits else 1) * scale
                self.group, self.last, self.scaled = 0.0, float("inf"), scale
                self.open, self.given_digits = True, False
            return ended
        known = _form(word)
        if known is None:
            return self.end()
        value, ordinal = known
        if self.given_digits or self.form == "order" or not self._fits(value):
            ended = self.end()
        self.group = (
            self.group * 100 if value == 100 and 0 < self.group < 10 else self.group + value
        )
        self.last, self.open, self.words = value, True, True
        self.form = "order" if ordinal else "word"
        return ended

    def _fits(self, value: float) -> bool:
        """Whether a word goes on with the number: twenty, one; not one, twenty."""
        if value == 100 and 0 < self.group < 10:
            return True
        if self.last == float("inf"):
            return True
        return self.last >= 20 and value < (100 if self.last >= 100 else 10)

    def end(self) -> list[Number]:
        found = [Number(self.total + self.group, self.form)] if self.open else []
        self._clear()
        return found


def foreign(said: Iterable[Number], evidence: Iterable[Number]) -> list[Number]:
    """The numbers that the evidence does not give."""
    known = list(evidence)
    return [one for one in said if not any(_same(one, other) for other in known)]


def _same(one: Number, other: Number) -> bool:
    forms = {one.form, other.form}
    if "time" in forms:
        return abs(one.value - other.value) in (0, 12)
    return one.value == other.value and forms != {"word", "order"}  # two is not the second
