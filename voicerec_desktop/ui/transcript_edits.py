"""What the user does to a transcript in its view, as edits of the document; refusals are told."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal

from voicerec_desktop.core import editing
from voicerec_desktop.core.editing import Edit, Rows
from voicerec_desktop.core.model import RESTORED, Segment, Speaker, Transcript
from voicerec_desktop.ui.document import MeetingDocument
from voicerec_desktop.ui.i18n import fill
from voicerec_desktop.ui.notices import Notice
from voicerec_desktop.ui.session import Session
from voicerec_desktop.ui.transcript_text import (
    corrected_word,
    cursor_in_clean_text,
    word_after,
    word_spans,
    words_between,
)

One = Callable[[Transcript, str], Edit | None]


class TranscriptEdits(QObject):
    """Edits by segment ids and numbers of speakers.

    Signals:
        glossary_requested: term and variant that the user wants in the glossary.
    """

    glossary_requested = Signal(str, str)

    def __init__(
        self, document: MeetingDocument, session: Session, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._session = session

    def segment(self, segment_id: str) -> Segment | None:
        """The segment as it is now."""
        transcript = self._document.transcript
        return _segment(transcript, segment_id) if transcript else None

    def assign(self, segment_ids: Sequence[str], number: int) -> None:
        """Say who said segments."""

        def assigned(transcript: Transcript) -> Edit | None:
            speaker = _speaker(transcript, number)
            return editing.assign_speaker(transcript, segment_ids, speaker) if speaker else None

        if segment_ids:
            self._document.edit(assigned)

    def assign_part(self, segment_id: str, text: str, start: int, end: int, number: int) -> None:
        """Say who said some characters of a segment's text, which is stored first."""
        first, last = cursor_in_clean_text(text, start), cursor_in_clean_text(text, end)

        def assigned(transcript: Transcript) -> Edit | None:
            segment, speaker = _segment(transcript, segment_id), _speaker(transcript, number)
            words = words_between(word_spans(segment), first, last) if segment else None
            if words is None or speaker is None:
                return None
            return editing.assign_words(transcript, segment_id, *words, speaker)

        self.correct(segment_id, text)
        self._document.edit(assigned)

    def correct(self, segment_id: str, text: str) -> None:
        """Give a segment another text, and offer its new word to the glossary."""
        before = self.segment(segment_id)
        if before is not None:
            self._document.edit(
                lambda t: editing.correct_text(t, segment_id, text),
                partial(self._on_corrected, before.text, text),
            )

    def _on_corrected(self, before: str, text: str, done: bool) -> None:
        found = corrected_word(before, text) if done else None
        if found is not None:
            term, variant = found
            self._session.notify(
                Notice(
                    "info",
                    fill(self.tr("“%1” is now “%2”."), variant, term),
                    "glossary",
                    (
                        self.tr("Also add to the glossary"),
                        partial(self.glossary_requested.emit, term, variant),
                    ),
                )
            )

    def split(self, segment_id: str, word: int) -> None:
        """Cut a segment before a word."""
        self._document.edit(lambda t: editing.split_segment(t, segment_id, word), self._on_split)

    def split_text(self, segment_id: str, text: str, cursor: int) -> None:
        """Cut a segment where a cursor stands in its text, which is stored first."""
        place = cursor_in_clean_text(text, cursor)

        def split(transcript: Transcript) -> Edit | None:
            segment = _segment(transcript, segment_id)
            if segment is None:
                return None
            spans = word_spans(segment) or _token_spans(segment.text)
            return editing.split_segment(transcript, segment_id, word_after(spans, place))

        self.correct(segment_id, text)
        self._document.edit(split, self._on_split)

    def _on_split(self, done: bool) -> None:
        if not done:
            self._refuse(self.tr("Click the word that begins the new passage, then split."))

    def join(self, segment_ids: Sequence[str]) -> None:
        """Make one segment of neighbours."""
        self._document.edit(lambda t: editing.join_segments(t, segment_ids), self._on_joined)

    def _on_joined(self, done: bool) -> None:
        if not done:
            text = self.tr("Only passages that follow each other in one track can be joined.")
            self._refuse(text)

    def restore(self, segment_ids: Sequence[str]) -> None:
        """What is doubtful or dismissed counts from now on."""
        self._document.edit(lambda t: _together(t, editing.restore, segment_ids))

    def dismiss(self, segment_ids: Sequence[str]) -> None:
        """Hide what nobody said."""
        self._document.edit(lambda t: _together(t, editing.dismiss, segment_ids))

    def toggle_doubt(self, segment_ids: Sequence[str]) -> None:
        """Restore what is doubtful or dismissed among segments; else dismiss what was restored."""
        segments = [s for s in map(self.segment, segment_ids) if s is not None]
        doubted = [s.id for s in segments if s.doubtful or s.dismissed]
        restored = [s.id for s in segments if any(f.startswith(RESTORED) for f in s.flags)]
        if doubted:
            self.restore(doubted)
        elif restored:
            self.dismiss(restored)
        else:
            self._refuse(self.tr("Nothing selected is doubtful."))

    def _refuse(self, text: str) -> None:
        self._session.notify(Notice("info", text, "transcript"))


def _segment(transcript: Transcript, segment_id: str) -> Segment | None:
    return next((s for s in transcript.segments if s.id == segment_id), None)


def _speaker(transcript: Transcript, number: int) -> Speaker | None:
    """The speaker with a number; somebody new for the first number that is free."""
    for speaker in transcript.speakers:
        if speaker.number == number:
            return speaker
    new = editing.add_speaker(transcript)
    return new if new.number == number else None


def _together(transcript: Transcript, make: One, segment_ids: Sequence[str]) -> Edit | None:
    """One edit of the edits to single segments."""
    edits = [edit for i in segment_ids if (edit := make(transcript, i)) is not None]
    if not edits:
        return None
    before = tuple(segment for edit in edits for segment in edit.before.segments)
    after = tuple(segment for edit in edits for segment in edit.after.segments)
    return Edit(edits[0].kind, Rows(before), Rows(after))


def _token_spans(text: str) -> list[tuple[int, int]]:
    """The words of a segment without word times."""
    spans, at = [], 0
    for token in text.split():
        start = text.index(token, at)
        at = start + len(token)
        spans.append((start, at))
    return spans
