"""The strip over the window while a recording runs: time, levels, marks, pause and stop."""

from PySide6.QtCore import QEvent, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from voicerec_desktop.core.model import TrackKind
from voicerec_desktop.recorder_messages import RecorderStatus, TrackStatus
from voicerec_desktop.ui.actions import Actions
from voicerec_desktop.ui.i18n import clock, duration, fill
from voicerec_desktop.ui.icons import icon, pixmap
from voicerec_desktop.ui.level_meter import LevelMeter
from voicerec_desktop.ui.painting import strong
from voicerec_desktop.ui.record_texts import alert_text
from voicerec_desktop.ui.theme import SPACE, colours

SIGN = 16  # px
NAMES = 1150  # px of width below which devices are left to their tooltips
WORDS = 1000  # px below which buttons are icons, and the state is left to its sign
LEAST = 560  # px into which all of it fits then
AMPLE = 10 * 3600  # s of free disk that nobody needs to know of


class TrackMeter(QWidget):
    """One track: its sign, level and device."""

    def __init__(self, kind: TrackKind, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind = kind
        self._sign, self._device, self.level = QLabel(), QLabel(), LevelMeter()
        self._device.setProperty("role", "small")
        self._device.setMaximumWidth(18 * SPACE)
        self.level.setMinimumWidth(8 * SPACE)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE)
        for widget in (self._sign, self.level, self._device):
            layout.addWidget(widget)
        self._redraw()
        self._retranslate()

    def show_track(self, track: TrackStatus) -> None:
        """Show the levels of a moment."""
        self.level.set_levels(track.peak, track.rms)
        metrics, room = self._device.fontMetrics(), self._device.maximumWidth()
        shown = metrics.elidedText(track.device, Qt.TextElideMode.ElideRight, room)
        if self._device.text() != shown:
            self._device.setText(shown)
            self.setToolTip(track.device)

    def set_named(self, named: bool) -> None:
        """Whether there is room for the name of the device."""
        self._device.setVisible(named)

    def changeEvent(self, event: QEvent) -> None:
        """Follow language and theme."""
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        elif event.type() == QEvent.Type.PaletteChange:
            self._redraw()
        super().changeEvent(event)

    def _redraw(self) -> None:
        name = "microphone" if self._kind == TrackKind.MIC else "volume"
        self._sign.setPixmap(pixmap(name, SIGN, colours().muted, self.devicePixelRatioF()))

    def _retranslate(self) -> None:
        mic = self._kind == TrackKind.MIC
        name = self.tr("Microphone") if mic else self.tr("The other side")
        self._sign.setAccessibleName(name)
        self.level.setAccessibleName(fill(self.tr("Level: %1"), name))


class NoteEdit(QLineEdit):
    """A note for a mark that was just made. Escape leaves it without one."""

    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape: no note."""
        if event.key() == Qt.Key.Key_Escape:
            self.clear()
            self.left.emit()
            return
        super().keyPressEvent(event)


class RecordBar(QFrame):
    """Shown while something is recorded.

    Signals:
        mark_requested: a mark at a time of the recording (seconds), with a note or "".
        reminder_dismissed: the user needs no reminder to ask the others.
    """

    mark_requested = Signal(float, str)
    reminder_dismissed = Signal()

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._status: RecorderStatus | None = None
        self._marked_at: float | None = None
        self._sign, self._time, self._state = QLabel(), QLabel(), QLabel()
        self._left, self._alert_sign, self._alert = QLabel(), QLabel(), QLabel()
        self._reminder, self._understood = QLabel(), QPushButton()
        self._meters: dict[str, TrackMeter] = {}
        self._meter_row = QHBoxLayout()
        self._note = NoteEdit()
        self._buttons = {name: QPushButton() for name in ("mark", "pause", "stop")}
        self._actions = actions
        self._lay_out()
        self._connect()
        self._retranslate()
        self._redraw()
        self.hide()

    def _lay_out(self) -> None:
        self.setObjectName("record-bar")
        self._time.setFont(strong(self._time.font()))
        self._state.setProperty("muted", True)
        self._left.setProperty("role", "small")
        self._note.setMinimumWidth(24 * SPACE)
        self._note.setAcceptDrops(False)  # files that are dropped here are for the window
        self._note.hide()
        self._meter_row.setSpacing(2 * SPACE)
        row = QHBoxLayout()
        row.setSpacing(SPACE)
        for widget in (self._sign, self._time, self._state):
            row.addWidget(widget)
        row.addSpacing(SPACE)
        row.addLayout(self._meter_row, 1)
        row.addWidget(self._left)
        row.addWidget(self._note)
        for button in self._buttons.values():
            row.addWidget(button)
        self._alert.setWordWrap(True)
        self._alert_row, self._reminder_row = QWidget(), QWidget()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, SPACE)
        layout.setSpacing(SPACE // 2)
        layout.addLayout(row)
        for holder, widgets in (
            (self._alert_row, (self._alert_sign, self._alert)),
            (self._reminder_row, (self._reminder, self._understood)),
        ):
            inner = QHBoxLayout(holder)
            inner.setContentsMargins(0, 0, 0, 0)
            inner.setSpacing(SPACE)
            inner.addWidget(widgets[0], 0, Qt.AlignmentFlag.AlignVCenter)
            inner.addWidget(widgets[1], int(widgets[1] is self._alert))
            if holder is self._reminder_row:
                inner.addStretch(1)
            layout.addWidget(holder)
            holder.hide()

    def _connect(self) -> None:
        self._buttons["mark"].clicked.connect(self._actions["record_mark"].trigger)
        self._buttons["pause"].clicked.connect(self._actions["record_pause"].trigger)
        self._buttons["stop"].clicked.connect(self._actions["record"].trigger)
        self._note.returnPressed.connect(self._on_note)
        self._note.left.connect(self._on_note)
        self._understood.clicked.connect(self._on_understood)

    def begin(self, *, remind: bool) -> None:
        """A recording begins; perhaps remind the user that the others are to be asked."""
        self._status = None
        self._redraw()
        self._time.setText(clock(0.0))
        self._state.setText(self.tr("Starting…"))
        self._left.setText("")
        self._alert_row.hide()
        self._reminder_row.setVisible(remind)
        for meter in self._meters.values():
            meter.level.clear()
        self.show()

    def end(self) -> None:
        """It is over."""
        self._on_note()
        self._status = None
        self.hide()

    def show_status(self, status: RecorderStatus) -> None:
        """Show the state of a moment."""
        was_paused, self._status = self._is_paused, status
        self._time.setText(clock(status.elapsed))
        states = {
            "recording": self.tr("Recording"),
            "paused": self.tr("Paused"),
            "stopping": self.tr("Saving…"),
        }
        self._state.setText(states.get(status.state, ""))
        self._show_meters(status)
        self._show_left(status.disk_seconds_left)
        self._show_alerts(status)
        if self._is_paused != was_paused:  # levels come ten times a second
            self._redraw()

    @property
    def _is_paused(self) -> bool:
        return self._status is not None and self._status.state == "paused"

    def _show_meters(self, status: RecorderStatus) -> None:
        if [track.kind for track in status.tracks] != list(self._meters):
            for old in self._meters.values():
                self._meter_row.removeWidget(old)
                old.deleteLater()
            self._meters = {
                track.kind: TrackMeter(TrackKind(track.kind)) for track in status.tracks
            }
            for meter in self._meters.values():
                self._meter_row.addWidget(meter, 1)
            self._fit()
        for track in status.tracks:
            self._meters[track.kind].show_track(track)

    def _show_left(self, seconds: float) -> None:
        shown = "" if seconds > AMPLE else fill(self.tr("room for %1"), duration(seconds))
        self._left.setText(shown)

    def _show_alerts(self, status: RecorderStatus) -> None:
        texts = [alert_text(code, kind) for kind, code in _alerts(status)]
        self._alert.setText("  ".join(texts))
        self._alert_row.setVisible(bool(texts))

    def _show_pause(self) -> None:
        self._buttons["pause"].setIcon(icon("record" if self._is_paused else "pause"))
        self._name_buttons()

    def add_mark(self) -> None:
        """Mark this moment; a note may follow."""
        if self._status is None:
            return
        self._on_note()
        self._marked_at = self._status.elapsed
        self._note.setPlaceholderText(fill(self.tr("Note at %1"), clock(self._marked_at)))
        self._note.show()
        self._fit()
        self._note.setFocus()

    @Slot()
    def _on_note(self) -> None:
        at, self._marked_at = self._marked_at, None
        if at is not None:
            self.mark_requested.emit(at, " ".join(self._note.text().split()))
        self._note.clear()
        self._note.hide()
        self._fit()

    @Slot()
    def _on_understood(self) -> None:
        self._reminder_row.hide()
        self.reminder_dismissed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out what does not fit."""
        self._fit()
        super().resizeEvent(event)

    def minimumSizeHint(self) -> QSize:
        """What does not fit is left out: the bar makes no window wider."""
        return QSize(LEAST, super().minimumSizeHint().height())

    def _fit(self) -> None:
        noting = not self._note.isHidden()
        wide = self.width() >= WORDS
        for meter in self._meters.values():
            meter.set_named(self.width() >= NAMES and not noting)
            meter.setVisible(wide or not noting)
        self._state.setVisible(wide)
        self._name_buttons()

    def _name_buttons(self) -> None:
        """Words where there is room for them; screen readers have them in any case."""
        names = {
            "mark": self.tr("Mark"),
            "pause": self.tr("Resume") if self._is_paused else self.tr("Pause"),
            "stop": self.tr("Stop"),
        }
        for name, text in names.items():
            self._buttons[name].setAccessibleName(text)
            self._buttons[name].setText(text if self.width() >= WORDS else "")

    def changeEvent(self, event: QEvent) -> None:
        """Follow language and theme."""
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        elif event.type() == QEvent.Type.PaletteChange:
            self._redraw()
        super().changeEvent(event)

    def _redraw(self) -> None:
        ratio = self.devicePixelRatioF()
        name, colour = ("pause", colours().muted) if self._is_paused else ("record", colours().bad)
        self._sign.setPixmap(pixmap(name, SIGN, colour, ratio))
        self._alert_sign.setPixmap(pixmap("warning", SIGN, colours().warning, ratio))
        for button, drawn in (("mark", "mark"), ("stop", "stop")):
            self._buttons[button].setIcon(icon(drawn))
        for one in self._buttons.values():
            one.setIconSize(QSize(SIGN, SIGN))
        self._show_pause()

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Recording"))
        for button, action in (("mark", "record_mark"), ("pause", "record_pause")):
            self._buttons[button].setToolTip(self._actions[action].toolTip())
        self._buttons["stop"].setToolTip(self._actions["record"].toolTip())
        self._note.setAccessibleName(self.tr("Note for the mark"))
        self._reminder.setText(
            self.tr("Tell everybody that you record: in many places they have to agree.")
        )
        self._understood.setText(self.tr("Do not remind me"))
        if self._status is not None:
            self.show_status(self._status)
        self._show_pause()


def _alerts(status: RecorderStatus) -> list[tuple[str, str]]:
    """What is wrong, with the track (or ""), each once."""
    found = [("", code) for code in status.alerts]
    return found + [(track.kind, track.alert) for track in status.tracks if track.alert]
