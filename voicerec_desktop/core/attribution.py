"""Who said which word: pure functions over words and speaker turns.

Order: the largest overlap with an exclusive turn, else the nearest turn; then a change of speaker
just beside the end of a sentence moves there; then islands of one or two words inside another
speaker's sentence go to their neighbours.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from voicerec_desktop.core.model import FLAG_OVERLAP, Segment, Speaker, SpeakerTurn, Word
from voicerec_desktop.core.segmentation import continues, ends_sentence, join_words

NEAREST = 0.5  # s: how far a turn may be from a word that it still owns
HALVES = 0.1  # s, at most, between the halves of a word
SNAP_WORDS = 2
SNAP_SECONDS = 0.5  # how far a change of speaker moves to the end of a sentence
ISLAND_WORDS = 2
ISLAND_SECONDS = 0.6
ISLAND_PAUSE = 0.3  # s: a pause on both sides makes an island a real interjection
UNCAUGHT = 2.0  # s of speech that make somebody a speaker of whom no word was caught
OVERLAP = 0.3  # s of overlapping speech under a segment that mark it


class _Turns:
    """Turns in order of start, found by time in O(log n)."""

    def __init__(self, turns: Sequence[SpeakerTurn]) -> None:
        self._turns = sorted(turns, key=lambda t: (t.start, t.end))
        self._starts = [turn.start for turn in self._turns]
        self._longest = max((t.end - t.start for t in self._turns), default=0.0)

    def near(self, start: float, end: float) -> Sequence[SpeakerTurn]:
        """All turns that may touch the interval widened by `NEAREST`, perhaps more."""
        first = bisect_left(self._starts, start - self._longest - NEAREST)
        return self._turns[first : bisect_left(self._starts, end + NEAREST)]

    def owner(self, word: Word) -> str | None:
        """The speaker of the turn that overlaps the word most, else of the nearest one."""
        best, best_score = None, (-NEAREST, 0.0)
        for turn in self.near(word.start, word.end):
            score = (min(turn.end, word.end) - max(turn.start, word.start), -turn.start)
            if score > best_score:
                best, best_score = turn.speaker_id, score
        return best


def speakers_of_words(words: Sequence[Word], turns: Sequence[SpeakerTurn]) -> list[Word]:
    """Words with their speakers.

    A word with no turn near it goes to the speaker of the word before it, else after it; with no
    turns at all every word stays without a speaker.
    """
    index = _Turns(turns)
    owners = _fill_gaps([index.owner(word) for word in words])
    for i in range(1, len(words)):
        if continues(words[i]) and words[i].start - words[i - 1].end < HALVES:
            owners[i] = owners[i - 1]
    if turns and words and owners[0] is None:  # no turn is near any word
        nearest = min(turns, key=lambda turn: abs(turn.start - words[0].start))
        owners = [nearest.speaker_id] * len(words)
    given = [replace(word, speaker_id=owner) for word, owner in zip(words, owners, strict=True)]
    return _absorb_islands(_snap_to_sentences(given))


def _fill_gaps(owners: Sequence[str | None]) -> list[str | None]:
    filled: list[str | None] = []
    last = next((owner for owner in owners if owner), None)
    for owner in owners:
        last = owner or last
        filled.append(last)
    return filled


def _runs(words: Sequence[Word]) -> list[list[Word]]:
    return [list(run) for _, run in groupby(words, key=lambda word: word.speaker_id)]


def _snap_to_sentences(words: Sequence[Word]) -> list[Word]:
    """Move changes of speaker to the nearest end of a sentence: turns are less exact than text."""
    result = list(words)
    for at in range(1, len(result)):
        before, after = result[at - 1].speaker_id, result[at].speaker_id
        if before == after or ends_sentence(result[at - 1]):
            continue
        target = _sentence_start_near(result, at)
        for i in range(min(at, target), max(at, target)):
            result[i] = replace(result[i], speaker_id=before if target > at else after)
    return result


def _sentence_start_near(words: Sequence[Word], at: int) -> int:
    """The index near `at`, within the two runs that meet there, at which a sentence starts."""
    near = [
        i
        for i in range(max(1, at - SNAP_WORDS), min(len(words), at + SNAP_WORDS + 1))
        if ends_sentence(words[i - 1])
        and abs(words[i].start - words[at].start) <= SNAP_SECONDS
        and len({word.speaker_id for word in words[min(i, at) : max(i, at)]}) == 1
    ]
    return min(near, key=lambda i: _speech(words[min(i, at) : max(i, at)]), default=at)


def _speech(words: Sequence[Word]) -> float:
    """From the start of the first to the end of the last: a pause beside them costs nothing."""
    return words[-1].end - words[0].start if words else 0.0


def _absorb_islands(words: Sequence[Word]) -> list[Word]:
    """Give islands inside one speaker's sentence to that speaker."""
    runs = _runs(words)
    for i in range(1, len(runs) - 1):
        before, island, after = runs[i - 1], runs[i], runs[i + 1]
        if before[-1].speaker_id == after[0].speaker_id and _is_island(before, island, after):
            owner = before[-1].speaker_id
            runs[i] = [replace(word, speaker_id=owner) for word in island]
    return [word for run in runs for word in run]


def _is_island(before: Sequence[Word], island: Sequence[Word], after: Sequence[Word]) -> bool:
    short = len(island) <= ISLAND_WORDS and island[-1].end - island[0].start < ISLAND_SECONDS
    paused = (
        island[0].start - before[-1].end > ISLAND_PAUSE
        and after[0].start - island[-1].end > ISLAND_PAUSE
    )
    own_sentence = ends_sentence(before[-1]) and ends_sentence(island[-1])
    return short and not paused and not own_sentence


def attribute(
    segments: Sequence[Segment],
    exclusive: Sequence[SpeakerTurn],
    turns: Sequence[SpeakerTurn] = (),
) -> list[Segment]:
    """Segments cut where the speaker changes; engine ids and doubt are kept.

    Args:
        segments: of one track, in order of time, with words.
        exclusive: turns of at most one speaker at a time.
        turns: turns with overlap; segments above two speakers get the overlap flag.
    """
    words = [word for segment in segments for word in segment.words]
    given = iter(speakers_of_words(words, exclusive))
    overlaps = _overlaps(turns)
    result: list[Segment] = []
    for segment in segments:
        own = [next(given) for _ in segment.words]
        result.extend(_cut(segment, own, overlaps))
    return result


def _cut(
    segment: Segment, words: Sequence[Word], overlaps: Sequence[tuple[float, float]]
) -> Iterator[Segment]:
    if not words:
        yield segment
    for i, run in enumerate(_runs(words)):
        start, end = run[0].start, run[-1].end
        both = sum(max(0.0, min(end, b) - max(start, a)) for a, b in overlaps)
        new = both >= OVERLAP and FLAG_OVERLAP not in segment.flags
        flags = (*segment.flags, FLAG_OVERLAP) if new else segment.flags
        yield replace(
            segment,
            id=segment.id if i == 0 else f"{segment.id}.{i}",
            start=start,
            end=end,
            text=join_words(run),
            words=tuple(run),
            speaker_id=run[0].speaker_id,
            flags=flags,
        )


def _overlaps(turns: Sequence[SpeakerTurn]) -> list[tuple[float, float]]:
    """The stretches in which at least two speakers speak."""
    marks = sorted([(t.start, 1) for t in turns] + [(t.end, -1) for t in turns])
    found: list[tuple[float, float]] = []
    active, since = 0, 0.0
    for time, change in marks:
        if active == 1 and change == 1:
            since = time
        elif active == 2 and change == -1 and time > since:
            found.append((since, time))
        active += change
    return found


def number_by_first_word(
    speakers: Sequence[Speaker], segments: Sequence[Segment], turns: Sequence[SpeakerTurn] = ()
) -> tuple[Speaker, ...]:
    """Speakers numbered 1.. in order of their first word, then those of whom no word was caught.

    "Me" comes first and keeps its number.

    Args:
        turns: a speaker without words is kept where these last `UNCAUGHT` at least.
    """
    by_id = {speaker.id: speaker for speaker in speakers}
    order = dict.fromkeys(
        word.speaker_id
        for segment in segments
        if not (segment.doubtful or segment.dismissed)
        for word in segment.words
        if word.speaker_id in by_id
    )
    order |= dict.fromkeys(s.speaker_id for s in segments if s.speaker_id in by_id)
    seconds: dict[str, float] = {}
    for turn in sorted(turns, key=lambda turn: turn.start):
        seconds[turn.speaker_id] = seconds.get(turn.speaker_id, 0.0) + turn.end - turn.start
    order |= {i: None for i, total in seconds.items() if total >= UNCAUGHT and i in by_id}
    known = [by_id[speaker_id] for speaker_id in order if speaker_id is not None]
    me = [speaker for speaker in known if speaker.me]
    return *me, *(
        replace(speaker, number=number, colour=number - 1 + len(me))
        for number, speaker in enumerate((s for s in known if not s.me), 1)
    )


def said_by(segment: Segment, speaker_id: str) -> Segment:
    """A segment all of whose words are one speaker's."""
    words = tuple(replace(word, speaker_id=speaker_id) for word in segment.words)
    return replace(segment, speaker_id=speaker_id, words=words)
