"""What the window does with exports: options as the user set them, copies, files."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, Slot
from PySide6.QtGui import QGuiApplication

from voicerec_desktop.core.model import Transcript
from voicerec_desktop.export.options import ExportOptions
from voicerec_desktop.settings import Settings
from voicerec_desktop.ui.document import MeetingDocument
from voicerec_desktop.ui.folders import show_in_folder
from voicerec_desktop.ui.i18n import LANGUAGES, current_language, fill
from voicerec_desktop.ui.lanes import Task
from voicerec_desktop.ui.notices import Notice
from voicerec_desktop.ui.session import Session


def export_options(settings: Settings, transcript: Transcript) -> ExportOptions:
    """The options of the last export; labels are in the language of the meeting."""
    spoken = transcript.meeting.language
    return ExportOptions(
        times=settings.export_times,
        speakers=settings.export_speakers,
        doubtful=settings.export_doubtful,
        language=spoken if spoken in LANGUAGES else current_language(),
    )


def copy_as(document: MeetingDocument, session: Session, format_name: str) -> None:
    """Put the open meeting on the clipboard as "txt", "md" or another format that is text."""
    if document.transcript is not None:
        _Copying(document.transcript, session, format_name)


class _Copying(QObject):
    """A copy under way; it ends with its task, whose child it is."""

    def __init__(self, transcript: Transcript, session: Session, name: str) -> None:
        task = copy_task(transcript, session, name)
        super().__init__(task)
        self._session = session
        task.finished.connect(self._on_rendered)
        task.failed.connect(session.report)

    @Slot(object)
    def _on_rendered(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        copied = QCoreApplication.translate("exporting", "The text is on the clipboard.")
        self._session.notify(Notice("good", copied, "copied"))


def copy_task(transcript: Transcript, session: Session, name: str) -> Task:
    """Make the whole text on the io lane."""
    from voicerec_desktop.export.registry import render

    options = export_options(session.settings, transcript)
    return session.lanes["io"].start(lambda _: render(transcript, name, options).decode())


class Saving(QObject):
    """A file under way, written on the files lane; the user is told how it ended."""

    def __init__(self, transcript: Transcript, session: Session, name: str, path: Path) -> None:
        from voicerec_desktop.export.registry import write

        options = export_options(session.settings, transcript)
        task = session.lanes["files"].start(
            lambda _: write(transcript, name, options, path), promised=True
        )
        super().__init__(task)
        self._session, self._path = session, path
        task.finished.connect(self._on_saved)
        task.failed.connect(session.report)

    @Slot(object)
    def _on_saved(self, _result: object) -> None:
        translate = QCoreApplication.translate
        text = fill(translate("exporting", "Saved to %1"), self._path)
        label = translate("exporting", "Show in folder")
        self._session.notify(
            Notice("good", text, "saved", (label, partial(show_in_folder, self._path)))
        )
