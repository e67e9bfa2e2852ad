"""The right panel: who spoke, the minutes, and the recording itself."""

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from voicerec_desktop.ui.document import MeetingDocument
from voicerec_desktop.ui.marks_panel import MarksPanel
from voicerec_desktop.ui.minutes_panel import MinutesPanel
from voicerec_desktop.ui.recording_panel import RecordingPanel
from voicerec_desktop.ui.session import Session
from voicerec_desktop.ui.speakers_panel import SpeakersPanel
from voicerec_desktop.ui.theme import SPACE


class DetailsView(QWidget):
    """What is known of the open meeting beside its text.

    Signals:
        seek_requested: a place to listen to, seconds.
    """

    seek_requested = Signal(float)

    def __init__(
        self, document: MeetingDocument, session: Session, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("panel", True)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._tabs = QTabWidget()
        self._tabs.setDocumentMode(True)
        self._tabs.tabBar().setExpanding(False)
        self._tabs.tabBar().setDrawBase(False)
        self.speakers = SpeakersPanel(document, session)
        self.minutes = MinutesPanel(document, session)
        self.recording = RecordingPanel(document, session)
        self.marks = MarksPanel(document, session)
        for page in (self.speakers, self.minutes, self.marks, self.recording):
            self._tabs.addTab(page, "")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, SPACE, 0, 0)
        layout.addWidget(self._tabs)
        for panel in (self.speakers, self.minutes, self.marks):
            panel.seek_requested.connect(self.seek_requested)
        self.marks.counted.connect(self._on_marks_counted)
        self._on_marks_counted(0)
        self._retranslate()

    @Slot(int)
    def _on_marks_counted(self, count: int) -> None:
        """Most meetings have no marks: their page comes with the first one."""
        self._tabs.setTabVisible(self._tabs.indexOf(self.marks), count > 0)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Details"))
        names = (
            self.tr("Speakers"),
            self.tr("Minutes"),
            self.tr("Marks"),
            self.tr("Recording"),
        )
        for number, name in enumerate(names):
            self._tabs.setTabText(number, name)
