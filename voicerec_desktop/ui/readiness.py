"""What this computer lacks for the work, told once in the window: a model, or a graphics card."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QLocale, QSize, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from voicerec_desktop.core.errors import KnownError
from voicerec_desktop.ui.i18n import duration, fill
from voicerec_desktop.ui.icons import icon, pixmap
from voicerec_desktop.ui.queue_runner import QueueRunner
from voicerec_desktop.ui.session import Session
from voicerec_desktop.ui.settings.model_store import SETTINGS, ModelRow, ModelStore
from voicerec_desktop.ui.settings.model_texts import file_size, model_name
from voicerec_desktop.ui.theme import SPACE, colours

if TYPE_CHECKING:
    from voicerec_desktop.store.library import Library

NO_CARD = "no graphics card"
HOUR = 3600.0  # s
ICON = 20
LEAST_TEXT = 280  # px beside the buttons
Look = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class _Lack:
    """What is missing. `key`: by which a dismissed one is remembered."""

    key: str
    row: ModelRow | None = None


def _has_card() -> bool:
    from voicerec_desktop.speech.device import has_nvidia_card

    return has_nvidia_card()


class Readiness(QFrame):
    """A calm line over the meeting; nothing is shown where nothing is missing.

    Args:
        has_card: whether there is a graphics card to compute on; called on a lane.

    Signals:
        models_requested, device_requested: the page of the settings is wanted.
    """

    models_requested = Signal()
    device_requested = Signal()

    def __init__(
        self,
        session: Session,
        runner: QueueRunner,
        has_card: Look = _has_card,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._session, self._runner, self._look = session, runner, has_card
        self._store = ModelStore.of(session)
        self._has_card: bool | None = None  # nobody has looked yet
        self._hour: float | None = None  # s that an hour of sound takes
        self._wanted: tuple[str, ...] = ()
        self._sign, self._text = QLabel(), QLabel()
        self._primary, self._second, self._close = QPushButton(), QPushButton(), QToolButton()
        self._middle = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._lay_out()
        self._connect()
        self.hide()

    def _lay_out(self) -> None:
        card = QFrame()
        card.setProperty("card", True)
        self._text.setWordWrap(True)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        row = QHBoxLayout(card)
        row.setContentsMargins(SPACE * 3 // 2, SPACE, SPACE, SPACE)
        row.setSpacing(SPACE)
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACE)
        buttons.addWidget(self._primary)
        buttons.addWidget(self._second)
        buttons.addStretch(1)
        self._middle.setSpacing(SPACE)
        self._middle.addWidget(self._text, 1)
        self._middle.addLayout(buttons)
        row.addWidget(self._sign)
        row.addLayout(self._middle, 1)
        row.addWidget(self._close)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, 0)
        outer.addWidget(card)

    def _connect(self) -> None:
        self._primary.clicked.connect(self._on_primary)
        self._second.clicked.connect(self._on_second)
        self._close.clicked.connect(self._on_dismissed)
        self._store.changed.connect(self._show)
        self._store.progressed.connect(self._show)
        self._store.failed.connect(self._on_failed)
        self._session.opened.connect(self._check)
        self._session.settings_changed.connect(self._on_settings_changed)
        self._runner.finished.connect(self._check)

    @Slot()
    def _check(self) -> None:
        """Look at models, card and paces, off the main thread."""
        self._wanted = self._choices()
        self._store.refresh()
        options = self._runner.options()
        task = self._session.run(partial(_facts, self._look, options), lane="files")
        task.finished.connect(self._on_facts)
        task.failed.connect(self._session.report)

    def _choices(self) -> tuple[str, ...]:
        return tuple(getattr(self._session.settings, name) for name in SETTINGS.values())

    @Slot(object)
    def _on_facts(self, found: tuple[bool, float | None]) -> None:
        self._has_card, self._hour = found
        self._show()

    @Slot()
    def _on_settings_changed(self) -> None:
        if self._session.is_open and self._choices() != self._wanted:
            self._check()
        self._show()

    @property
    def lack(self) -> _Lack | None:
        """What is told now: a model before a card."""
        rows = {row.id: row for row in self._store.rows}
        dismissed = self._session.settings.dismissed
        for model_id in self._choices():
            row = rows.get(model_id)
            key = f"model {model_id}"
            if rows and (row is None or not row.here) and key not in dismissed:
                return _Lack(key, row)
        automatic = self._session.settings.device == "auto"
        if self._has_card is False and automatic and NO_CARD not in dismissed:
            return _Lack(NO_CARD)
        return None

    @Slot()
    def _show(self) -> None:
        lack = self.lack
        self.setVisible(lack is not None)
        if lack is None:
            return
        sign, colour, text, first, second = (
            self._card_texts() if lack.key == NO_CARD else self._model_texts(lack)
        )
        self._sign.setPixmap(pixmap(sign, ICON, colour, self.devicePixelRatioF()))
        self._text.setText(text)
        self.setAccessibleName(text)
        for button, label in ((self._primary, first), (self._second, second)):
            button.setText(label)
            button.setAccessibleName(label)
            button.setVisible(bool(label))
        self._turn()
        self._close.setIcon(icon("close", colours().muted))
        self._close.setToolTip(self.tr("Do not show this again"))
        self._close.setAccessibleName(self.tr("Do not show this again"))

    def _card_texts(self) -> tuple[str, str, str, str, str]:
        text = self.tr(
            "No NVIDIA graphics card here: speech becomes text on the processor, which takes"
            " longer."
        )
        if self._hour is not None:
            time = fill(self.tr("An hour of talk takes about %1."), duration(self._hour))
            text = f"{text} {time}"
        return "info", colours().accent, text, self.tr("Device"), ""

    def _model_texts(self, lack: _Lack) -> tuple[str, str, str, str, str]:
        name = model_name(lack.key.removeprefix("model "))
        settings = self.tr("Import or choose another")
        row = lack.row
        if row is not None and self._store.activity(row.id) in ("waiting", "downloading"):
            done, total = self._store.progress(row.id)
            share = QLocale().toString(100 * done // total if total else 0)
            text = fill(self.tr("Downloading the model %1: %2 %"), name, share)
            return "clock", colours().accent, text, "", settings
        text = fill(self.tr("The model %1 is not on this computer: recordings wait for it."), name)
        fetch = ""
        if row is not None and row.source:
            fetch = fill(self.tr("Download (%1)"), file_size(row.size))
        return "warning", colours().warning, text, fetch, settings

    @Slot()
    def _on_primary(self) -> None:
        lack = self.lack
        if lack is not None and lack.row is not None:
            self._store.download(lack.row.id)
        else:
            self.device_requested.emit()

    @Slot()
    def _on_second(self) -> None:
        self.models_requested.emit()

    @Slot()
    def _on_dismissed(self) -> None:
        lack = self.lack
        if lack is not None:
            dismissed = (*self._session.settings.dismissed, lack.key)
            self._session.update_settings(dismissed=dismissed)

    @Slot(str, object)
    def _on_failed(self, model_id: str, error: Exception) -> None:
        """The settings say so as well, but they may be closed."""
        if self.isVisible() and model_id in self._choices() and isinstance(error, KnownError):
            self._session.report(error)

    def _turn(self) -> None:
        """Buttons that leave the text no room stand below it."""
        shown = [b for b in (self._primary, self._second) if not b.isHidden()]
        taken = sum(button.sizeHint().width() + SPACE for button in shown)
        fits = self.width() - 8 * SPACE - 2 * ICON - taken >= LEAST_TEXT
        directions = QBoxLayout.Direction
        self._middle.setDirection(directions.LeftToRight if fits else directions.TopToBottom)

    def minimumSizeHint(self) -> QSize:
        """It makes no panel wider."""
        return QSize(160, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Find room for the buttons."""
        self._turn()
        super().resizeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Follow language and theme."""
        if event.type() in (QEvent.Type.LanguageChange, QEvent.Type.PaletteChange):
            self._show()
        super().changeEvent(event)


def _facts(look: Look, options: Any, library: "Library") -> tuple[bool, float | None]:
    """Whether there is a card, and how long an hour takes by what meetings took until now."""
    from voicerec_desktop.pipeline.estimate import estimate

    found = estimate(HOUR, options, {}, library.paces())
    return look(), found.seconds if found is not None else None
