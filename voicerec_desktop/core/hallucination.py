"""Text that Whisper may have made up: flagged, never deleted.

The lists are the Russian and English subtitle credits that Whisper learned from its training data
(collected in ENGINEERING.md 2.2). A few name somebody who is at no meeting and are never believed;
the others are what people say as well, and need a second sign.
"""

import re
from collections.abc import Sequence

from voicerec_desktop.core.model import Word
from voicerec_desktop.core.text import fold

NO_SPEECH = "no_speech"
LOOP = "loop"
CREDITS = "credits"
RATE = "rate"

MIN_SPEECH_SHARE = 0.1  # of a segment's time that the VAD must call speech
MIN_SPEECH = 0.1  # s
MOSTLY = 0.9  # of the time of what is itself shorter than that
NO_SPEECH_PROB = 0.6
LOW_LOGPROB = -1.0
FEW_WORDS = 2  # that are not believed where the model is unsure
LOW_PROBABILITY = 0.25  # mean of the words
CREDIT_WORDS = 12  # more are speech with credits in it, which is cut into sentences first
LOOP_COMPRESSION = 2.4
LOOP_REPEATS = 4
LOOP_SHARE = 0.6
LOOP_WORDS = 12
MAX_NGRAM = 16
MAX_RATE = 45.0  # characters a second; fast speech has about 25
RATE_CHARACTERS = 30

_MADE = r"(?:сделал|создавал|создал|делал|подогнал|подготовил|добавил)"
_STRONG = re.compile(
    r"(?:(?:автор )?субтитр\w* (?:\w+ ){0,3})?(?:\w*dimatorzok|дима ?торзок|amara org)|"
    rf"субтитры {_MADE} симон\b|спасибо за субтитры алексею|"
    r"редактор субтитров (?:\w )?(?:семкин|синецкая|бойкова|лосева|горелова|закомолдина|новикова)|"
    r"корректор (?:\w )?(?:егорова|кулакова)|"
    r"(?:subtitles|captions|subs) by (?:the |www )?(?:amara|steamteamextra|zeoranger)|"
    r"transcri(?:ption|bed) by (?:castingwords|eso\b|https otter)"
)
_SIGNED = re.compile(r"(?:[Рр]едактор субтитров|[Кк]орректор) [А-ЯЁ]\. ?[А-ЯЁ]")  # not folded
_WEAK_ONE = (
    rf"(?:продолжение следует|спасибо за субтитры|субтитры {_MADE}(?: \w+){{1,3}}|"
    r"(?:редактор субтитров|корректор)(?: \w+){1,5}|"
    r"спасибо за просмотр|подписывайтесь на (?:канал|мой канал|наш канал)|"
    r"ставьте лайки?|до новых встреч|динамичная музыка|спокойная музыка|аплодисменты|музыка|"
    r"всем пока|(?:subtitles?|captions?) (?:(?:created|edited|provided) )?by(?: \w+){1,4}|"
    r"thanks? (?:you )?(?:so much )?for watching|(?:please )?subscribe to my channel|"
    r"like and subscribe|see you in the next video|music|applause|thank you|you|bye)"
)
_WEAK = re.compile(rf"{_WEAK_ONE}(?: {_WEAK_ONE})*")


def doubt(
    text: str,
    *,
    speech: float,
    duration: float,
    avg_logprob: float,
    no_speech_prob: float,
    compression_ratio: float,
    word_probabilities: Sequence[float],
) -> str | None:
    """Why this text may be made up, or None.

    Args:
        text: of a segment.
        speech: seconds under it that the VAD calls speech.
        duration: its seconds.
        avg_logprob: Whisper's, of the window it comes from.
        no_speech_prob: Whisper's, of that window.
        compression_ratio: zlib's, of that window's text.
        word_probabilities: 0 to 1.
    """
    folded = fold(text)
    words = folded.split()
    if not words:
        return NO_SPEECH
    mean = sum(word_probabilities) / len(word_probabilities) if word_probabilities else 1.0
    enough = min(max(MIN_SPEECH, MIN_SPEECH_SHARE * duration), MOSTLY * duration)
    silent = speech == 0.0 or speech < enough
    unsure = no_speech_prob > NO_SPEECH_PROB or avg_logprob < LOW_LOGPROB or mean < LOW_PROBABILITY
    if len(words) <= CREDIT_WORDS and _is_credit(text):
        return CREDITS
    if _WEAK.fullmatch(folded) and (silent or unsure):
        return CREDITS
    if len(words) <= FEW_WORDS and avg_logprob < LOW_LOGPROB:
        return NO_SPEECH
    if silent or (no_speech_prob > NO_SPEECH_PROB and avg_logprob < LOW_LOGPROB):
        return NO_SPEECH
    if is_loop(words) and compression_ratio > LOOP_COMPRESSION:
        return LOOP
    if len(text) >= RATE_CHARACTERS and len(text) > MAX_RATE * max(duration, 0.1):
        return RATE
    return None


def _is_credit(text: str) -> bool:
    """Whether a text begins with credits that nobody says."""
    return bool(_STRONG.match(fold(text)) or _SIGNED.match(text.strip()))


def is_loop(words: Sequence[str]) -> bool:
    """Whether some n words in a row come again and again and make up most of the text."""
    if len(words) < LOOP_WORDS:
        return False
    return any(
        _longest_repeat(words, size) >= max(LOOP_REPEATS * size, LOOP_SHARE * len(words))
        for size in range(1, MAX_NGRAM + 1)
    )


def _longest_repeat(words: Sequence[str], size: int) -> int:
    """How many words the longest row of repeated n-grams of this size holds."""
    longest = run = 0
    for i in range(size, len(words)):
        run = run + 1 if words[i] == words[i - size] else 0
        longest = max(longest, run)
    return longest + size if longest else 0


def split_credits(words: Sequence[Word]) -> tuple[Sequence[Word], Sequence[Word]]:
    """Real speech and the subtitle credits glued to its end (empty where there are none)."""
    for start in range(max(0, len(words) - 10), len(words)):
        tail = "".join(word.text for word in words[start:])
        if _is_credit(tail):
            return words[:start], words[start:]
    return words, ()
