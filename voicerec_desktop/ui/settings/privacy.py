"""Settings: what is kept where, what leaves the computer, and how to be rid of it."""

from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QPushButton, QWidget

from voicerec_desktop.ui.dialogs.typed_confirmation import TypedConfirmation
from voicerec_desktop.ui.folders import open_folder
from voicerec_desktop.ui.i18n import fill
from voicerec_desktop.ui.notices import notice_of
from voicerec_desktop.ui.session import Session
from voicerec_desktop.ui.settings.erasing import Erasing
from voicerec_desktop.ui.settings.model_texts import file_size
from voicerec_desktop.ui.settings.page import Page, hint, prose, say, section
from voicerec_desktop.ui.settings.places import Place, places
from voicerec_desktop.ui.theme import SPACE

PLACES = ("meetings", "library", "backups", "models", "cache", "config", "log")


class PrivacyPage(Page):
    """Where everything lies."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._places: dict[str, Place] = {}
        self._erasing: Erasing | None = None
        self._leaves_title, self._leaves = section(), prose()
        self._kept_title, self._card = section(), QFrame()
        self._names = {name: QLabel() for name in PLACES}
        self._whats = {name: hint() for name in PLACES}
        self._sizes = {name: QLabel() for name in PLACES}
        self._opens = {name: QPushButton() for name in PLACES}
        self._erase_title, self._erase_text = section(), prose(muted=True)
        self._erase, self._state = QPushButton(), prose()
        self._lay_out()
        self._retranslate()
        self._erase.clicked.connect(self._on_erase)

    def _lay_out(self) -> None:
        self.body.addWidget(self._leaves_title)
        self.body.addWidget(self._leaves)
        self.body.addSpacing(SPACE)
        self.body.addWidget(self._kept_title)
        self._card.setProperty("card", True)
        grid = QGridLayout(self._card)
        grid.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, SPACE)
        grid.setHorizontalSpacing(2 * SPACE)
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(0, 1)
        for row, name in enumerate(PLACES):
            grid.setRowMinimumHeight(3 * row, SPACE)
            grid.addWidget(self._names[name], 3 * row + 1, 0)
            grid.addWidget(self._whats[name], 3 * row + 2, 0)
            grid.addWidget(self._sizes[name], 3 * row + 1, 1, 2, 1)
            grid.addWidget(self._opens[name], 3 * row + 1, 2, 2, 1)
            self._sizes[name].setAlignment(
                Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            )
            self._sizes[name].setProperty("muted", True)
            self._opens[name].setAutoDefault(False)
            self._opens[name].clicked.connect(partial(self._open, name))
        grid.setRowMinimumHeight(3 * len(PLACES), SPACE)
        self.body.addWidget(self._card)
        self.body.addSpacing(SPACE)
        self.body.addWidget(self._erase_title)
        self.body.addWidget(self._erase_text)
        buttons = QHBoxLayout()
        self._erase.setProperty("danger", True)
        self._erase.setAutoDefault(False)
        buttons.addWidget(self._erase)
        buttons.addStretch(1)
        self.body.addLayout(buttons)
        self._state.setVisible(False)
        self.body.addWidget(self._state)
        self.body.addStretch(1)

    def entered(self) -> None:
        """Measure again."""
        task = self._session.lanes["files"].start(lambda cancel: places(self._session.home, cancel))
        task.finished.connect(self._on_measured)
        task.failed.connect(self._session.report)

    @Slot(object)
    def _on_measured(self, found: tuple[Place, ...]) -> None:
        self._places = {place.name: place for place in found}
        self._show_sizes()

    def _show_sizes(self) -> None:
        for name, label in self._sizes.items():
            known = name in self._places
            label.setText(file_size(self._places[name].bytes) if known else "…")

    def _path(self, name: str) -> Path:
        home = self._session.home
        folders = {
            "meetings": home.meetings,
            "library": home.data,
            "backups": home.backups,
            "models": home.models,
            "cache": home.cache,
            "config": home.config,
            "log": home.log,
        }
        return folders[name]

    def _open(self, name: str, _checked: bool = False) -> None:
        open_folder(self._path(name))

    @Slot()
    def _on_erase(self) -> None:
        task = self._session.run(lambda library: len(library.meetings()))
        task.finished.connect(self._on_counted)
        task.failed.connect(self._session.report)

    @Slot(object)
    def _on_counted(self, count: int) -> None:
        if count == 0:
            say(self._state, "", self.tr("There are no meetings."))
            return
        dialog = TypedConfirmation(
            self.tr("Delete %n meeting(s)?", "", count),
            self.tr(
                "Texts, speakers and the program's own recordings are deleted for ever, from the "
                "backups as well. Files that you opened stay where they are."
            ),
            self.tr("delete", "to be typed"),
            self.tr("Delete all"),
            self,
        )
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.confirmed.connect(self._on_confirmed)
        dialog.open()

    @Slot()
    def _on_confirmed(self) -> None:
        self._erase.setEnabled(False)
        # A child of the session: it goes on when the settings are closed.
        self._erasing = Erasing(self._session, self._session)
        self._erasing.progressed.connect(self._on_progressed)
        self._erasing.ended.connect(self._on_ended)
        self._erasing.failed.connect(self._on_failed)
        self._erasing.start()

    @Slot(int, int)
    def _on_progressed(self, done: int, count: int) -> None:
        say(self._state, "", fill(self.tr("Deleting: %1 of %2"), done, count))

    @Slot(int, int, object)
    def _on_ended(self, deleted: int, kept: int, left: Any) -> None:
        self._settle()
        parts = [self.tr("%n meeting(s) are deleted.", "", deleted)]
        if kept:
            busy = self.tr("%n are being worked on and are kept; stop the work first.", "", kept)
            parts.append(busy)
        if left:
            names = ", ".join(str(path) for path in left)
            parts.append(fill(self.tr("These files may still hold words of them: %1"), names))
        say(self._state, "warning" if kept or left else "good", " ".join(parts))
        self.entered()

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        self._settle()
        unexpected = self.tr("Not all could be deleted. The log has the details.")
        say(self._state, "bad", notice_of(error, unexpected).text)

    def _settle(self) -> None:
        self._erase.setEnabled(True)
        if self._erasing is not None:
            self._erasing.deleteLater()
            self._erasing = None

    def _retranslate(self) -> None:
        self._heading.setText(self.tr("Privacy"))
        self._leaves_title.setText(self.tr("What leaves this computer"))
        self._leaves.setText(
            self.tr(
                "Nothing of your meetings: sound, text and voices stay here, and nobody is told "
                "how you use the program. It asks the network for one thing only: a model that "
                "you choose to download, from your company's mirror or the Hugging Face hub."
            )
        )
        self._kept_title.setText(self.tr("What is kept on this computer"))
        self._erase_title.setText(self.tr("Delete everything"))
        self._erase_text.setText(
            self.tr("Deletes all meetings for ever. Settings, glossary and models stay.")
        )
        self._erase.setText(self.tr("Delete all meetings…"))
        for name, (title, what) in self._texts().items():
            self._names[name].setText(title)
            self._whats[name].setText(what)
            self._names[name].setToolTip(str(self._path(name)))
            self._opens[name].setText(self.tr("Open folder"))
            self._opens[name].setToolTip(str(self._path(name)))
            self._opens[name].setAccessibleName(fill(self.tr("Open folder: %1"), title))
        self._show_sizes()

    def _texts(self) -> dict[str, tuple[str, str]]:
        return {
            "meetings": (
                self.tr("Meetings"),
                self.tr("What the program recorded, and a copy of each transcript"),
            ),
            "library": (
                self.tr("Library"),
                self.tr("Texts, speakers, your corrections and the glossary"),
            ),
            "backups": (self.tr("Backups"), self.tr("Copies of the library, made automatically")),
            "models": (self.tr("Models"), self.tr("Downloaded and imported, nothing of yours")),
            "cache": (
                self.tr("Decoded sound"),
                self.tr("Makes work quicker; it is made again when needed"),
            ),
            "config": (self.tr("Settings"), self.tr("What you chose here")),
            "log": (self.tr("Log"), self.tr("What the program did, for when something fails")),
        }
