"""The attribution stage: what both engines said becomes the transcript."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from voicerec_desktop.audio.echo import Remains
from voicerec_desktop.core.attribution import attribute, number_by_first_word, said_by
from voicerec_desktop.core.echo_words import is_echo, mark_echo
from voicerec_desktop.core.glossary import Glossary
from voicerec_desktop.core.model import ME, Segment, Speaker, SpeakerTurn, Stage
from voicerec_desktop.core.segmentation import join_words
from voicerec_desktop.pipeline.job import Job, Options


def assemble(job: Job) -> None:
    """Give words their speakers, correct them by the glossary, and store the transcript.

    Nothing where that has been done since the engines ran: what the user edited stays.
    """
    options: Options = {
        "diarization": job.options.diarization,
        "glossary": [
            {"term": entry.term, "variants": list(entry.variants), "stem": entry.stem}
            for entry in job.glossary.entries
        ],
    }
    made = job.library.assembled(job.meeting_id)
    if made is not None and made.options == options:
        return
    with job.stage(Stage.ATTRIBUTION, options):
        segments: list[Segment] = []
        speakers: list[Speaker] = []
        turns: list[SpeakerTurn] = []
        if job.mine:
            me, said = _mine(job)
            speakers.append(me)
            segments.extend(_corrected(said, job.glossary))
            turns.extend(SpeakerTurn(s.start, s.end, me.id) for s in said if not s.doubtful)
        for track in job.others:
            said = job.library.asr_segments(track.id)
            found = job.library.diarization(track.id) if job.options.diarization else None
            if found is not None:
                said = attribute(said, found.exclusive, found.turns)
                speakers.extend(found.speakers)
                turns.extend(found.turns)
            segments.extend(_corrected(said, job.glossary))
        segments.sort(key=lambda segment: segment.start)
        heard = number_by_first_word(speakers, segments, turns)
        ids = {speaker.id for speaker in heard}
        kept = [turn for turn in turns if turn.speaker_id in ids]
        job.library.replace_segments(job.meeting_id, heard, segments, kept)


def _mine(job: Job) -> tuple[Speaker, list[Segment]]:
    """The user, and what was said into the microphone of a call; the echo in it is doubtful."""
    me = Speaker(f"{job.meeting_id}-me", ME)
    heard = [segment for track in job.others for segment in job.library.asr_segments(track.id)]
    mine: list[Segment] = []
    for track in job.mine:
        remains = Remains(job.home.decoded(track.id), job.home.without_echo(track.id))
        mine.extend(mark_echo(job.library.asr_segments(track.id), heard, remains.share))
    return me, [segment if is_echo(segment) else said_by(segment, me.id) for segment in mine]


def _corrected(segments: Sequence[Segment], glossary: Glossary) -> Iterator[Segment]:
    for segment in segments:
        words = glossary.correct(segment.words)
        if words == segment.words:
            yield segment
        else:
            yield replace(segment, words=tuple(words), text=join_words(words))
