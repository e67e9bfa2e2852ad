"""The speakers of the open meeting, with what can be done to each."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from voicerec_desktop.core import editing
from voicerec_desktop.core.editing import EditKind
from voicerec_desktop.core.model import MeetingStatus, Transcript
from voicerec_desktop.core.talk import Talk, talk
from voicerec_desktop.ui.document import MeetingDocument
from voicerec_desktop.ui.session import Session
from voicerec_desktop.ui.speaker_card import SpeakerCard
from voicerec_desktop.ui.states import StateView
from voicerec_desktop.ui.theme import SPACE

if TYPE_CHECKING:
    from voicerec_desktop.ui.lanes import Task

ARRIVALS_MS = 2_000  # talk time of what ASR brings is counted that often
_SAME_TALK = (EditKind.RENAME, EditKind.RECOLOUR)


class SpeakersPanel(QStackedWidget):
    """A card for each speaker, or why there is none.

    Signals:
        seek_requested: where a voice is heard best, seconds.
    """

    seek_requested = Signal(float)

    def __init__(
        self, document: MeetingDocument, session: Session, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._document, self._session = document, session
        self._cards: dict[str, SpeakerCard] = {}
        self._talk: dict[str, Talk] = {}
        self._counting: Task | None = None
        self._outdated = False
        self._column = QVBoxLayout()
        self._state = StateView()
        self._area = QScrollArea()
        self._lay_out()
        document.loaded.connect(self._on_loaded)
        document.closed.connect(self._on_closed)
        document.edited.connect(self._on_edited)
        self._later = QTimer(self, interval=ARRIVALS_MS, singleShot=True)
        self._later.timeout.connect(self._count)
        document.segments_arrived.connect(self._on_segments_arrived)
        self._show()

    def _lay_out(self) -> None:
        inner = QWidget()
        inner.setProperty("panel", True)
        outer = QVBoxLayout(inner)
        outer.setContentsMargins(SPACE * 3 // 2, SPACE, SPACE * 3 // 2, SPACE)
        self._column.setSpacing(SPACE)
        outer.addLayout(self._column)
        outer.addStretch(1)
        self._area.setWidget(inner)
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QScrollArea.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.addWidget(self._state)
        self.addWidget(self._area)

    @Slot()
    def _on_loaded(self) -> None:
        self._show()
        self._count()

    @Slot()
    def _on_closed(self) -> None:
        self._talk = {}
        self._show()

    @Slot(object)
    def _on_edited(self, edit: editing.Edit) -> None:
        self._show()
        if edit.kind not in _SAME_TALK:
            self._count()

    @Slot(object)
    def _on_segments_arrived(self, _segments: object) -> None:
        if not self._later.isActive():
            self._later.start()

    @Slot()
    def _count(self) -> None:
        """Count talk time off the main thread: 20,000 segments take a fifth of a second."""
        transcript = self._document.transcript
        if self._counting is not None or transcript is None:
            self._outdated = True
            return
        self._outdated = False
        self._counting = self._session.lanes["io"].start(lambda _: talk(transcript))
        self._counting.finished.connect(self._on_counted)
        self._counting.settled.connect(self._on_settled)

    @Slot(object)
    def _on_counted(self, found: dict[str, Talk]) -> None:
        if set(found) & set(self._cards):
            self._talk = found
            self._show()

    @Slot()
    def _on_settled(self) -> None:
        self._counting = None
        if self._outdated:
            self._count()

    def _show(self) -> None:
        transcript = self._document.transcript
        speakers = transcript.speakers if transcript else ()
        for gone in set(self._cards) - {speaker.id for speaker in speakers}:
            card = self._cards.pop(gone)
            self._column.removeWidget(card)
            card.hide()
            card.deleteLater()
        for place, speaker in enumerate(speakers):
            if speaker.id not in self._cards:
                self._cards[speaker.id] = self._card(speaker.id, transcript)
            card = self._cards[speaker.id]
            if self._column.indexOf(card) != place:
                self._column.insertWidget(place, card)
            others = [other for other in speakers if other.id != speaker.id]
            card.show_speaker(speaker, others, self._talk.get(speaker.id))
        self._show_state(transcript)
        self.setCurrentWidget(self._area if speakers else self._state)

    def _card(self, speaker_id: str, transcript: Transcript | None) -> SpeakerCard:
        speaker = transcript.speaker(speaker_id) if transcript else None
        assert speaker is not None
        card = SpeakerCard(speaker)
        card.renamed.connect(self._on_renamed)
        card.recoloured.connect(self._on_recoloured)
        card.merge_requested.connect(self._on_merge)
        card.sample_requested.connect(self._on_sample)
        return card

    def _show_state(self, transcript: Transcript | None) -> None:
        if transcript is None:
            self._state.set_state("speakers", self.tr("No meeting is open"), "")
        elif transcript.meeting.status == MeetingStatus.READY:
            text = self.tr("No speakers were told apart in this meeting.")
            self._state.set_state("speakers", self.tr("No speakers"), text)
        else:
            text = self.tr("They appear here as soon as they have been told apart.")
            self._state.set_state("speakers", self.tr("No speakers yet"), text)

    @Slot(str, str)
    def _on_renamed(self, speaker_id: str, name: str) -> None:
        self._document.edit(partial(editing.rename_speaker, speaker_id=speaker_id, name=name))

    @Slot(str, int)
    def _on_recoloured(self, speaker_id: str, colour: int) -> None:
        self._document.edit(partial(editing.recolour, speaker_id=speaker_id, colour=colour))

    @Slot(str, str)
    def _on_merge(self, source_id: str, target_id: str) -> None:
        merge = partial(editing.merge_speakers, source_id=source_id, target_id=target_id)
        self._document.edit(merge)

    @Slot(str)
    def _on_sample(self, speaker_id: str) -> None:
        found = self._talk.get(speaker_id)
        if found is not None and found.seconds > 0:
            self.seek_requested.emit(found.longest[0])

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language; the cards do so themselves."""
        if event.type() == QEvent.Type.LanguageChange:
            self._show_state(self._document.transcript)
        super().changeEvent(event)
