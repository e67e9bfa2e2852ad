"""Speakers of one recording that was diarized in blocks."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from scipy.optimize import linear_sum_assignment

from voicerec_desktop.core.model import Diarization, Speaker, SpeakerTurn

SAME = 0.5  # cosine between voices of two blocks from which on they are one


def link(blocks: Sequence[tuple[float, Diarization]], track_id: str, most: int = 0) -> Diarization:
    """One diarization of all blocks.

    Each block's speakers go to the known ones with the most similar voices, at most one to each;
    who is like none of them is new.

    Args:
        blocks: start in seconds and what was found in it, times from its start.
        most: speakers there are at most, or 0; from then on, whoever is new is the most similar.
    """
    known: list[Speaker] = []
    counts: list[int] = []  # blocks in each known voice's mean
    turns: list[SpeakerTurn] = []
    exclusive: list[SpeakerTurn] = []
    for offset, found in blocks:
        names = _match(known, found.speakers)
        for speaker in found.speakers:
            at = names.get(speaker.id)
            if at is None and most and len(known) >= most:
                names[speaker.id] = _nearest(known, speaker)
            elif at is None:
                at = names[speaker.id] = len(known)
                name = f"{track_id}-s{at + 1}"
                known.append(replace(speaker, id=name, number=at + 1, colour=at))
                counts.append(1)
            else:
                known[at] = _merged(known[at], speaker, counts[at])
                counts[at] += 1
        for source, target in ((found.turns, turns), (found.exclusive, exclusive)):
            target.extend(
                SpeakerTurn(t.start + offset, t.end + offset, known[names[t.speaker_id]].id)
                for t in source
            )
    return Diarization(tuple(turns), tuple(exclusive), tuple(known))


def _match(known: Sequence[Speaker], found: Sequence[Speaker]) -> dict[str, int]:
    """The index among the known speakers of those found ones that are like one."""
    rows = [i for i, speaker in enumerate(known) if speaker.embedding]
    columns = [speaker for speaker in found if speaker.embedding]
    if not rows or not columns:
        return {}
    ours = np.array([known[i].embedding for i in rows])
    likeness = ours @ np.array([speaker.embedding for speaker in columns]).T
    pairs = zip(*linear_sum_assignment(-likeness), strict=True)
    return {columns[j].id: rows[i] for i, j in pairs if likeness[i, j] >= SAME}


def _nearest(known: Sequence[Speaker], found: Speaker) -> int:
    """The index of the known speaker whose voice is the most similar."""

    def likeness(at: int) -> float:
        ours, theirs = known[at].embedding, found.embedding
        return float(np.dot(ours, theirs)) if ours and theirs else -1.0

    return max(range(len(known)), key=likeness)


def _merged(known: Speaker, found: Speaker, count: int) -> Speaker:
    mean = np.array(known.embedding) * count + np.array(found.embedding)
    unit = mean / max(float(np.linalg.norm(mean)), 1e-12)
    return replace(known, embedding=tuple(float(x) for x in unit))
