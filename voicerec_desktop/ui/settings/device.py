"""Settings: what the engines run on, and what that would be on this computer."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QLocale, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QPushButton, QWidget

from voicerec_desktop.core.cancel import CancelToken
from voicerec_desktop.core.errors import KnownError
from voicerec_desktop.error_texts import window_text
from voicerec_desktop.ui.i18n import current_language, fill
from voicerec_desktop.ui.icons import pixmap
from voicerec_desktop.ui.session import Session
from voicerec_desktop.ui.settings.page import Choice, Form, Page, hint, prose, say, section
from voicerec_desktop.ui.theme import SPACE, colours

ICON = 20
ROWS = ("asr", "diarization", "computer", "disk")


class DevicePage(Page):
    """The choice of a device, and doctor's report in plain words.

    Args:
        probe: what both engines can use here; it takes seconds. None: nobody can tell.
    """

    def __init__(
        self,
        session: Session,
        probe: Callable[[], dict[str, Any]] | None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(session, parent)
        self._probe = probe
        self._report: dict[str, Any] | None = None
        self._error: Exception | None = None
        self._busy = False
        self._label, self._device, self._hint = QLabel(), Choice(), hint()
        self._section, self._state = section(), prose(muted=True)
        self._card = QFrame()
        self._signs = {name: QLabel() for name in ROWS}
        self._texts = {name: prose() for name in ROWS}
        self._again, self._copy = QPushButton(), QPushButton()
        self._lay_out()
        self._retranslate()
        self._show_settings()
        self._device.activated.connect(self._on_device_chosen)
        self._again.clicked.connect(self._check)
        self._copy.clicked.connect(self._on_copy)

    def _lay_out(self) -> None:
        form = Form()
        form.add(self._label, self._device, self._hint)
        self.body.addLayout(form)
        self.body.addWidget(self._section)
        self.body.addWidget(self._state)
        self._card.setProperty("card", True)
        grid = QGridLayout(self._card)
        grid.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
        grid.setHorizontalSpacing(3 * SPACE // 2)
        grid.setVerticalSpacing(3 * SPACE // 2)
        grid.setColumnStretch(1, 1)
        for row, name in enumerate(ROWS):
            grid.addWidget(self._signs[name], row, 0)
            grid.addWidget(self._texts[name], row, 1)
        self.body.addWidget(self._card)
        buttons = QHBoxLayout()
        buttons.addWidget(self._again)
        buttons.addWidget(self._copy)
        buttons.addStretch(1)
        self.body.addLayout(buttons)
        self.body.addStretch(1)

    def entered(self) -> None:
        """Look at the computer when the page is first seen."""
        if self._report is None and not self._busy:
            self._check()

    @Slot()
    def _check(self) -> None:
        self._busy, self._error = True, None
        self._show_report()
        # The lane of ASR: the engines cannot be asked while they work, and files need not wait.
        task = self._session.lanes["asr"].start(self._look)
        task.finished.connect(self._on_looked)
        task.failed.connect(self._on_failed)
        task.settled.connect(self._on_settled)

    def _look(self, _cancel: CancelToken) -> dict[str, Any]:
        from voicerec_desktop.pipeline.doctor import ENGINES, computer, engine_report

        found = computer(self._session.home, self._session.catalogue())
        if self._probe is None:
            return found
        devices: dict[str, Any] = {}
        error: KnownError | None = None
        try:
            devices = self._probe()
        except KnownError as failure:
            error = failure

        def probe(engine: str) -> Any:
            if error is not None:
                raise error
            return devices[engine]

        return {**found, **{e: engine_report(e, probe, current_language()) for e in ENGINES}}

    @Slot(object)
    def _on_looked(self, report: dict[str, Any]) -> None:
        self._report = report

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        self._error = error

    @Slot()
    def _on_settled(self) -> None:
        self._busy = False
        self._show_report()

    @Slot()
    def _on_device_chosen(self) -> None:
        self._session.update_settings(device=self._device.currentData())

    def _show_settings(self) -> None:
        self._device.select(self._session.settings.device)
        self._show_report()

    def _show_report(self) -> None:
        self._again.setEnabled(not self._busy)
        self._card.setVisible(self._report is not None and not self._busy)
        self._copy.setVisible(self._card.isVisibleTo(self))
        if self._busy:
            text = self.tr("Looking at this computer… A running transcription finishes first.")
            say(self._state, "", text)
            return
        say(self._state, "bad" if self._error else "", self._problem())
        if self._report is not None:
            for name in ROWS:
                self._show_row(name, *self._row(name, self._report))

    def _problem(self) -> str:
        if self._error is None:
            return ""
        if isinstance(self._error, KnownError):
            return window_text(self._error, current_language())
        return self.tr("This computer could not be examined. The log has the details.")

    def _show_row(self, name: str, state: str, text: str) -> None:
        c = colours()
        known = {
            "good": ("check", c.good), "warning": ("warning", c.warning),
            "bad": ("error", c.bad), "info": ("info", c.muted),
        }  # fmt: skip
        sign, colour = known[state]
        for label in (self._signs[name], self._texts[name]):
            label.setVisible(bool(text))
        self._signs[name].setPixmap(pixmap(sign, ICON, colour, self.devicePixelRatioF()))
        self._texts[name].setText(text)

    def _row(self, name: str, report: dict[str, Any]) -> tuple[str, str]:
        if name in ("asr", "diarization"):
            return self._engine(name, report[name]) if name in report else ("info", "")
        if name == "computer":
            text = self.tr("Voicerec %1 on %2, %n processor(s).", "", report["processors"])
            return "info", fill(text, report["version"], report["system"])
        free = report["disk_free_gb"]
        shown = QLocale().toString(free, "f", 1)
        text = fill(self.tr("%1 GB are free on the disk with your meetings."), shown)
        return ("warning" if free < 5 else "info"), text

    def _engine(self, name: str, found: dict[str, Any]) -> tuple[str, str]:
        speech = name == "asr"
        if found["error"]:
            text = (
                self.tr("Speech cannot be turned into text: %1")
                if speech
                else self.tr("Speakers cannot be told apart: %1")
            )
            return "bad", fill(text, found["error"])
        wanted, has_card = self._session.settings.device, found["device"] == "cuda"
        if wanted == "cuda" and not has_card:
            return "bad", self.tr(
                "You chose the graphics card, but none from NVIDIA can be used here. "
                "Choose “Automatic”."
            )
        if has_card and wanted != "cpu":
            return "good", (
                self.tr("Speech becomes text on the NVIDIA graphics card: fast.")
                if speech
                else self.tr("Speakers are told apart on the NVIDIA graphics card: fast.")
            )
        return "warning" if speech else "info", self._on_processor(speech, has_card)

    def _on_processor(self, speech: bool, chosen: bool) -> str:
        if not speech:
            return self.tr("Speakers are told apart on the processor.")
        if chosen:
            return self.tr(
                "Speech becomes text on the processor, as you chose. Large models are slow there."
            )
        return self.tr(
            "Speech becomes text on the processor, because there is no NVIDIA graphics card that "
            "can be used. Large models are slow here."
        )

    @Slot()
    def _on_copy(self) -> None:
        assert self._report is not None
        engines = [
            f"{name}: {self._report[name]}"
            for name in ("asr", "diarization")
            if name in self._report
        ]
        shown = [label.text() for label in self._texts.values() if label.text()]
        QGuiApplication.clipboard().setText("\n".join([*shown, *engines]))
        self._copy.setText(self.tr("Copied"))

    def _redraw(self) -> None:
        self._show_report()

    def _retranslate(self) -> None:
        self._heading.setText(self.tr("Device"))
        self._label.setText(self.tr("&Transcribe with"))
        self._device.set_texts(
            {
                "auto": self.tr("Automatic"),
                "cuda": self.tr("Graphics card (NVIDIA)"),
                "cpu": self.tr("Processor"),
            }
        )
        self._device.setAccessibleName(self.tr("Device for transcription"))
        self._hint.setText(self.tr("Automatic uses the graphics card if there is one that works."))
        self._section.setText(self.tr("What would be used here"))
        self._again.setText(self.tr("Look again"))
        self._copy.setText(self.tr("Copy"))
        self._copy.setAccessibleName(self.tr("Copy the report"))
        self._show_report()
