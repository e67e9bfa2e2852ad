"""The minutes of the open meeting: each fact plays the moment at which it was said."""

from html import escape
from typing import Any

from PySide6.QtCore import QEvent, QUrl, Signal, Slot
from PySide6.QtGui import (
    QGuiApplication,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QStackedWidget,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from voicerec_desktop.core.minutes import Fact, FactKind, Minutes
from voicerec_desktop.export.minutes.document import doubt_text, word
from voicerec_desktop.ui.document import MeetingDocument
from voicerec_desktop.ui.i18n import clock, current_language, date_and_time
from voicerec_desktop.ui.minutes_writing import MinutesWriting
from voicerec_desktop.ui.session import Session
from voicerec_desktop.ui.states import StateView
from voicerec_desktop.ui.theme import SPACE, colours

PLAY = "play:"


class MinutesText(QTextBrowser):
    """Text of which nothing is fetched and no link leads out of the program.

    Signals:
        seek_requested: a moment, seconds.
    """

    seek_requested = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setOpenLinks(False)
        self.setOpenExternalLinks(False)
        self.anchorClicked.connect(self._on_link)

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        """Nothing: pictures in an answer could tell somebody that it was read."""
        return None

    @Slot(QUrl)
    def _on_link(self, url: QUrl) -> None:
        if url.toString().startswith(PLAY):
            self.seek_requested.emit(float(url.toString().removeprefix(PLAY)))

    def show_minutes(self, summary: str, facts: tuple[Fact, ...], notes: list[str]) -> None:
        """Show a summary (Markdown), facts by kind, and what is missing."""
        document = self.document()
        document.setMarkdown(summary, QTextDocument.MarkdownFeature.MarkdownNoHTML)
        cursor = QTextCursor(document)
        if notes:
            colour = colours().warning
            parts = "".join(f"<p style='color:{colour}'>{escape(note)}</p>" for note in notes)
            cursor.insertHtml(parts + "<p></p>")
        cursor.movePosition(QTextCursor.MoveOperation.End)
        language = current_language()
        for kind in FactKind:
            found = [fact for fact in facts if fact.kind == kind]
            if found:
                cursor.insertBlock(_paragraph(SPACE * 2), QTextCharFormat())
                cursor.insertHtml(f"<h4>{escape(word(kind, language))}</h4>")
            for fact in found:
                cursor.insertBlock(_paragraph(SPACE // 2), QTextCharFormat())
                cursor.insertHtml(_fact(fact, language))


def _paragraph(above: int) -> QTextBlockFormat:
    """One of its own, whatever list the summary ended with."""
    made = QTextBlockFormat()
    made.setTopMargin(above)
    return made


def _fact(fact: Fact, language: str) -> str:
    """A fact with its moment to click, and why it is not confirmed."""
    c = colours()
    who = " · ".join(filter(None, (fact.owner, fact.due)))
    text = escape(fact.text) + (
        f" <span style='color:{c.muted}'>{escape(who)}</span>" if who else ""
    )
    if fact.start is not None:
        link = f"<a style='color:{c.accent}' href='{PLAY}{fact.start}'>{clock(fact.start)}</a>"
        text = f"{link} {text}"
    if doubt := doubt_text(fact.doubts, language):
        text += f"<br/><span style='color:{c.warning}'>⚠ {escape(doubt)}</span>"
    return text


class MinutesPanel(QStackedWidget):
    """Minutes, or how to get them.

    Signals:
        seek_requested: a moment to listen to, seconds.
        settings_requested: there is no LLM yet.
    """

    seek_requested = Signal(float)
    settings_requested = Signal()

    def __init__(
        self, document: MeetingDocument, session: Session, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._document, self._session = document, session
        self._versions: tuple[Minutes, ...] = ()
        self.writing = MinutesWriting(session, self)
        self._state, self._page = StateView(), QWidget()
        self._version, self.text = QComboBox(), MinutesText()
        self._again, self._copy = QPushButton(), QPushButton()
        self._working, self._bar, self._stop = QLabel(), QProgressBar(), QPushButton()
        self._progress = QWidget()
        self._lay_out()
        self._connect()
        self._retranslate()

    def _lay_out(self) -> None:
        self._bar.setRange(0, 1000)
        self._bar.setTextVisible(False)
        self._working.setProperty("muted", True)
        work = QHBoxLayout(self._progress)
        work.setContentsMargins(0, 0, 0, 0)
        for widget in (self._working, self._bar, self._stop):
            work.addWidget(widget, int(widget is self._bar))
        buttons = QHBoxLayout()
        buttons.addWidget(self._again)
        buttons.addWidget(self._copy)
        buttons.addStretch(1)
        column = QVBoxLayout(self._page)
        column.setContentsMargins(SPACE * 3 // 2, SPACE, SPACE * 3 // 2, SPACE)
        column.setSpacing(SPACE)
        column.addWidget(self._version)
        column.addWidget(self.text, 1)
        column.addWidget(self._progress)
        column.addLayout(buttons)
        self.addWidget(self._state)
        self.addWidget(self._page)

    def _connect(self) -> None:
        document, writing = self._document, self.writing
        document.loaded.connect(self._on_loaded)
        document.closed.connect(self._on_closed)
        self._session.settings_changed.connect(self._show)
        writing.changed.connect(self._show)
        writing.arrived.connect(self._on_arrived)
        writing.written.connect(self._on_written)
        writing.failed.connect(self._session.report)
        self.text.seek_requested.connect(self.seek_requested)
        self._version.activated.connect(self._show_version)
        self._again.clicked.connect(self._on_write)
        self._stop.clicked.connect(writing.cancel)
        self._copy.clicked.connect(self._on_copy)

    @Slot()
    def _on_loaded(self) -> None:
        meeting_id = self._document.meeting_id
        task = self._session.run(lambda library: (meeting_id, library.minutes_versions(meeting_id)))
        task.finished.connect(self._on_read)

    @Slot(object)
    def _on_read(self, found: tuple[str, list[Minutes]]) -> None:
        if found[0] == self._document.meeting_id:
            self._versions = tuple(reversed(found[1]))
            self._version.clear()
            for minutes in self._versions:
                self._version.addItem(f"{date_and_time(minutes.created_at)} · {minutes.model}")
            self._show()

    @Slot()
    def _on_closed(self) -> None:
        self._versions = ()
        self._show()

    @property
    def _is_writing(self) -> bool:
        """Whether the minutes of the meeting that is shown are being written."""
        return bool(self.writing.meeting_id) and (
            self.writing.meeting_id == self._document.meeting_id
        )

    @Slot()
    def _show(self) -> None:
        shown = bool(self._versions) or self._is_writing
        self.setCurrentWidget(self._page if shown else self._state)
        self._progress.setVisible(self._is_writing)
        self._again.setEnabled(not self.writing.meeting_id)
        self._version.setVisible(len(self._versions) > 1 and not self._is_writing)
        if not shown:
            self._show_state()
        elif not self._is_writing:
            self._show_version()

    def _show_state(self) -> None:
        title = self.tr("No minutes yet")
        if self._session.settings.llm_url:
            text = self.tr("A summary, decisions and tasks, each with the moment it was said.")
            button = (self.tr("Write minutes"), self._on_write)
        else:
            text = self.tr(
                "Minutes are written by your company's language model; it is not set up yet."
            )
            button = (self.tr("Set it up"), self.settings_requested.emit)
        self._state.set_state("book", title, text, [button])

    @Slot()
    def _show_version(self) -> None:
        if self._versions:
            minutes = self._versions[max(0, self._version.currentIndex())]
            language = current_language()
            notes = [
                word("missing", language).format(start=clock(part.start), end=clock(part.end))
                for part in minutes.missing
            ]
            self.text.show_minutes(minutes.text, minutes.facts, notes)

    @Slot()
    def _on_write(self) -> None:
        transcript = self._document.transcript
        if transcript is not None:
            self._bar.setValue(0)
            self.text.clear()
            self.writing.start(transcript.meeting)

    @Slot(object)
    def _on_arrived(self, event: object) -> None:
        from voicerec_desktop.pipeline import events

        if not self._is_writing:
            return
        if isinstance(event, events.StageProgress):
            self._bar.setValue(round(event.done * 1000))
        elif isinstance(event, events.FactsFound):
            self.text.show_minutes("", event.facts, [])
        elif isinstance(event, events.SummaryGrew):
            self.text.show_minutes(event.text, (), [])

    @Slot(str)
    def _on_written(self, meeting_id: str) -> None:
        if meeting_id == self._document.meeting_id:
            self._on_loaded()

    @Slot()
    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text.toPlainText())

    def changeEvent(self, event: QEvent) -> None:
        """Follow language and theme."""
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        elif event.type() == QEvent.Type.PaletteChange:
            self._show()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self.text.setAccessibleName(self.tr("Minutes"))
        self._version.setAccessibleName(self.tr("Version of the minutes"))
        self._again.setText(self.tr("Write anew"))
        self._copy.setText(self.tr("Copy"))
        self._stop.setText(self.tr("Cancel"))
        self._working.setText(self.tr("Being written…"))
        self._bar.setAccessibleName(self.tr("Progress"))
        self._show()
