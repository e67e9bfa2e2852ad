"""Who said what, and what they are called."""

from collections.abc import Sequence
from dataclasses import replace

from voicerec_desktop.core.editing.texts import cut
from voicerec_desktop.core.editing.turns import joined_turns, reassigned_turns
from voicerec_desktop.core.editing.values import Edit, EditKind, Rows, by_id
from voicerec_desktop.core.ids import new_id
from voicerec_desktop.core.model import Segment, Speaker, Transcript

Who = Speaker | str | None


def add_speaker(transcript: Transcript) -> Speaker:
    """Somebody new: the speaker comes into the transcript with the first thing assigned to it."""
    numbers = {speaker.number for speaker in transcript.speakers}
    colours = {speaker.colour for speaker in transcript.speakers}
    colour = next(i for i in range(len(colours) + 1) if i not in colours)
    return Speaker(new_id(), max(numbers, default=0) + 1, colour=colour)


def assign_speaker(transcript: Transcript, segment_ids: Sequence[str], speaker: Who) -> Edit | None:
    """Say who said some segments.

    Args:
        speaker: an id, None for nobody known, or a `Speaker` of `add_speaker`.
    """
    wanted = set(segment_ids)
    chosen = tuple(s for s in transcript.segments if s.id in wanted)
    return _assigned(transcript, chosen, chosen, speaker)


def assign_words(
    transcript: Transcript, segment_id: str, first: int, last: int, speaker: Who
) -> Edit | None:
    """Say who said the words `first` to `last` (both included) of a segment, which is cut there."""
    segment = by_id(transcript, segment_id)
    if segment is None or first > last:
        return None
    parts = cut(segment, [first, last + 1])
    chosen = parts[1] if len(parts) > 1 and first > 0 else parts[0]
    return _assigned(transcript, (segment,), parts, speaker, {chosen.id})


def _assigned(
    transcript: Transcript,
    old: Sequence[Segment],
    new: Sequence[Segment],
    speaker: Who,
    only: set[str] | None = None,
) -> Edit | None:
    """The edit by which `old` become `new`, of which all or `only` some are the speaker's."""
    speaker_id = speaker.id if isinstance(speaker, Speaker) else speaker
    known = transcript.speaker(speaker_id) is not None
    if speaker_id is not None and not known and not isinstance(speaker, Speaker):
        return None
    mine = [s for s in new if (only is None or s.id in only) and s.speaker_id != speaker_id]
    if not mine:
        return None
    ids = {segment.id for segment in mine}
    if only is None:
        old = new = mine
    after = tuple(_said_by(s, speaker_id) if s.id in ids else s for s in new)
    gone, come = reassigned_turns(transcript.turns, mine, speaker_id)
    added = (speaker,) if isinstance(speaker, Speaker) and not known else ()
    return Edit(EditKind.SPEAKER, Rows(tuple(old), (), gone), Rows(after, added, come))


def _said_by(segment: Segment, speaker_id: str | None) -> Segment:
    words = tuple(replace(word, speaker_id=speaker_id) for word in segment.words)
    return replace(segment, speaker_id=speaker_id, words=words)


def rename_speaker(transcript: Transcript, speaker_id: str, name: str | None) -> Edit | None:
    """Give a speaker a name everywhere, or take it away."""
    wanted = " ".join((name or "").split()) or None
    return _redone(EditKind.RENAME, transcript, speaker_id, name=wanted)


def recolour(transcript: Transcript, speaker_id: str, colour: int) -> Edit | None:
    """Give a speaker another colour of the palette."""
    return _redone(EditKind.RECOLOUR, transcript, speaker_id, colour=colour)


def _redone(
    kind: EditKind, transcript: Transcript, speaker_id: str, **changes: str | int | None
) -> Edit | None:
    old = transcript.speaker(speaker_id)
    if old is None:
        return None
    new = replace(old, **changes)  # type: ignore[arg-type]
    return None if new == old else Edit(kind, Rows(speakers=(old,)), Rows(speakers=(new,)))


def merge_speakers(transcript: Transcript, source_id: str, target_id: str) -> Edit | None:
    """Make two speakers one: all that the source said is the target's.

    The target keeps its number and colour, and takes the name of the source if it has none.
    """
    source, target = transcript.speaker(source_id), transcript.speaker(target_id)
    if source is None or target is None or source_id == target_id:
        return None
    segments = tuple(s for s in transcript.segments if _has(s, source_id))
    turns = tuple(t for t in transcript.turns if t.speaker_id in (source_id, target_id))
    named = replace(target, name=target.name or source.name)
    before = Rows(segments, (source, target), turns)
    return Edit(
        EditKind.MERGE,
        before,
        Rows(
            tuple(_merged(s, source_id, target_id) for s in segments),
            (named,),
            joined_turns(turns, target_id),
        ),
    )


def _has(segment: Segment, speaker_id: str) -> bool:
    return segment.speaker_id == speaker_id or any(
        word.speaker_id == speaker_id for word in segment.words
    )


def _merged(segment: Segment, source_id: str, target_id: str) -> Segment:
    words = tuple(
        replace(word, speaker_id=target_id) if word.speaker_id == source_id else word
        for word in segment.words
    )
    speaker_id = target_id if segment.speaker_id == source_id else segment.speaker_id
    return replace(segment, speaker_id=speaker_id, words=words)
