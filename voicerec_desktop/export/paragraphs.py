"""Segments of one speaker in a row as paragraphs."""

from collections.abc import Iterator
from dataclasses import dataclass

from voicerec_desktop.core.model import Mark, Segment, Transcript
from voicerec_desktop.export.labels import one_line
from voicerec_desktop.export.options import ExportOptions

MAX_SECONDS = 75.0


@dataclass(frozen=True, slots=True)
class Paragraph:
    """What one speaker says in a row. `doubtful`: it is text that perhaps nobody said."""

    start: float
    speaker_id: str | None
    text: str
    doubtful: bool


def shown(transcript: Transcript, options: ExportOptions) -> list[Segment]:
    """The segments that the user wants to see, with text."""
    return [
        segment
        for segment in transcript.segments
        if one_line(segment.text)
        and not segment.dismissed
        and (options.doubtful or not segment.doubtful)
    ]


def paragraphs(transcript: Transcript, options: ExportOptions) -> Iterator[Paragraph]:
    """Paragraphs, cut where the speaker changes and where they get long."""
    group: list[Segment] = []
    for segment in shown(transcript, options):
        if group and not _same(group, segment, options):
            yield _paragraph(group)
            group = []
        group.append(segment)
    if group:
        yield _paragraph(group)


def with_marks(transcript: Transcript, options: ExportOptions) -> Iterator[Paragraph | Mark]:
    """Paragraphs, and each mark before the first of them that begins after it."""
    marks = list(transcript.marks)
    for paragraph in paragraphs(transcript, options):
        while marks and marks[0].at <= paragraph.start:
            yield marks.pop(0)
        yield paragraph
    yield from marks


def _same(group: list[Segment], segment: Segment, options: ExportOptions) -> bool:
    first = group[0]
    speaker = not options.speakers or segment.speaker_id == first.speaker_id
    return (
        speaker and segment.doubtful == first.doubtful and segment.end - first.start <= MAX_SECONDS
    )


def _paragraph(group: list[Segment]) -> Paragraph:
    text = " ".join(one_line(segment.text) for segment in group)
    return Paragraph(group[0].start, group[0].speaker_id, text, group[0].doubtful)
