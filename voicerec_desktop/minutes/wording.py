"""Words as they are compared: folded, stemmed, with what they are about and whether negated."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from voicerec_desktop.minutes.numbers import _known, _scale

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_NEGATING = "не нет ни not no never cannot"
_NEGATORS = frozenset(_NEGATING.split())
_EVERYWHERE = """
    это этот этого этой этом эта эту для или если чтобы как при над под без она они оно его ее их
    нам вам вы ты он мы меня тебя себя наш ваш свой так там тут уже еще тоже также только будет
    будут быть был была было были есть надо нужно может можно который которые которая после перед
    около через кто что где когда какой какая сколько почему зачем
    the and for that this with from are was were will have has had you they them our your his her
    its into about than then who what where when which how why
"""
_STOP = frozenset(_EVERYWHERE.split())
KEY = 5  # letters of a stem that tell a word: исправить, исправление
_WHEN = """
    понедельник вторник сред[аыуе] средой сред четверг пятниц суббот воскресень январ феврал март
    апрел ма[йяею] июн июл август сентябр октябр ноябр декабр сегодня завтра послезавтра вчера утр
    вечер обед полдень ноч недел месяц квартал год monday tuesday wednesday thursday friday saturday
    sunday january february march april may june july august september october november december
    today tomorrow yesterday tonight morning evening noon afternoon week month quarter year
"""
_DATE = [
    re.compile(rf"{stem}\w{{0,5}}" if len(stem) > 3 else rf"{stem}\w{{0,3}}")
    for stem in _WHEN.split()
]
_NOT_DATES = re.compile(
    r"мал\w*|средн\w*|средств\w*|мая[кч]\w*|годн\w*|годит\w*|годов\w*|марте[нр]\w*"
)
_OPPOSITES = [
    (r"вырос|увелич|повы[сш]|рост|расте|больш|increas|grew|rose|more|higher",
     r"снизи|снижа|упал|уменьш|меньш|сокра|пониз|decreas|fell|drop|less|lower"),
    (r"открыва|открыт|открое|open", r"закры|clos"),
    (r"начина|начат|начн|начал|запус|begin|start", r"законч|заверш|останов|finish|stop"),
    (r"утвер|одобр|approv|accept", r"откло|отказ|отмен|reject|declin|cancel"),
    (r"покуп|купи|buy|purchas", r"прода|sell|sold"),
    (r"раньше|before|earlier", r"позже|позднее|after|later"),
    (r"перен[оеё]с|отлож|postpon|delay", r"ускор|вовремя|on time"),
    (r"собственн\w+|own\b", r"арендованн\w+|rented"),
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Said:
    """A word: folded, its stem, and whether a "not" stands before it."""

    word: str
    stem: str
    negated: bool
    capital: bool
    first: bool

    @property
    def key(self) -> str:
        """What related words share."""
        return self.stem[:KEY]

    @property
    def content(self) -> bool:
        """Whether it says what a sentence is about."""
        return (
            len(self.word) > 2
            and self.word not in _STOP
            and self.word not in _NEGATORS
            and _known(self.word) is None
            and _scale(self.word) is None
            and not self.word.isdigit()
        )

    @property
    def date(self) -> bool:
        """Whether it tells when."""
        return any(one.fullmatch(self.word) for one in _DATE) and not _NOT_DATES.fullmatch(
            self.word
        )


def words(text: str, stem: Callable[[str], str]) -> list[Said]:
    """The words of a text. A "not" belongs to the next word that says something."""
    found: list[Said] = []
    negated, end = False, -1
    for match in _WORD.finditer(text):
        word = match.group().casefold().replace("ё", "е").replace("’", "'")
        between = text[end : match.start()] if end >= 0 else "."
        first = any(sign in between for sign in '.!?:\n«"')
        if any(sign in between for sign in ".!?;"):
            negated = False
        end = match.end()
        if is_negator(word):
            found.append(Said(word, word, False, False, first))
            negated = True
            continue
        found.append(Said(word, stem(word), negated, match.group()[0].isupper(), first))
        if len(word) > 3 and word not in _STOP:
            negated = False
    return found


def is_negator(word: str) -> bool:
    """Whether a word turns the next one into its opposite."""
    return word in _NEGATORS or word.endswith("n't")


def opposed(fact: str, evidence: str) -> bool:
    """Whether a text says "grew" where the evidence only says "fell"."""
    fact, evidence = (text.casefold().replace("ё", "е") for text in (fact, evidence))
    for one, other in _OPPOSITES:
        for ours, theirs in ((one, other), (other, one)):
            ours_here, ours_there = _has(ours, fact), _has(ours, evidence)
            if ours_here and not _has(theirs, fact) and _has(theirs, evidence) and not ours_there:
                return True
    return False


def _has(pattern: str, text: str) -> bool:
    return re.search(rf"\b(?:{pattern})", text) is not None


def polarity(said: Iterable[Said]) -> dict[str, set[bool]]:
    """For each word whether it is negated, not, or both."""
    found: dict[str, set[bool]] = {}
    for one in said:
        if one.content:
            found.setdefault(one.stem[: KEY - 1], set()).add(one.negated)
    return found


_OF_CASES = "а я у ю е и ы ь й ой ей ою ем ом ым ам ах ами 's"
_ENDINGS = frozenset(["", *_OF_CASES.split()])


def same_name(one: str, other: str) -> bool:
    """Whether two folded words are forms of one name: "Ивану", "Иван"; not "Марина", "Мария"."""
    if one == other:
        return True
    pairs = enumerate(zip(one, other, strict=False))
    common = next((i for i, (a, b) in pairs if a != b), min(len(one), len(other)))
    return common >= 3 and {one[common:], other[common:]} <= _ENDINGS
