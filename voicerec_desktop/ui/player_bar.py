"""The strip under the transcript: play, where it is, how fast, and what is heard."""

from PySide6.QtCore import QEvent, QLocale, QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction, QActionGroup, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QSlider,
    QToolButton,
    QWidget,
)

from voicerec_desktop.core.model import Track, TrackKind
from voicerec_desktop.ui.i18n import clock, fill
from voicerec_desktop.ui.icons import icon
from voicerec_desktop.ui.player import Player
from voicerec_desktop.ui.theme import SPACE, colours

STEP = 5.0  # s
RATES = (0.5, 0.75, 1.0, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0)
PLAY, VOLUME = 40, 88  # px
NARROW = 560  # px of width below which the volume is left to the system


class PlayerBar(QWidget):
    """Controls of a player.

    Signals:
        follow_toggled: whether the user wants the transcript to follow.
    """

    follow_toggled = Signal(bool)

    def __init__(self, player: Player, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._player = player
        self._preparing = False
        self._shown = ""
        self._play = QPushButton()
        self._back, self._forward, self._follow = QToolButton(), QToolButton(), QToolButton()
        self._time, self._speed = QLabel(), QToolButton()
        self._loudness, self._volume = QLabel(), QSlider(Qt.Orientation.Horizontal)
        self._tracks: list[QToolButton] = []
        self._track_row = QHBoxLayout()
        self._rates = QActionGroup(self)
        self._dress()
        self._lay_out()
        self._connect()
        self._show_tracks()
        self._retranslate()
        self._redraw()

    def _dress(self) -> None:
        self._play.setProperty("primary", True)
        self._play.setFixedSize(PLAY, PLAY)
        self._play.setIconSize(QSize(24, 24))
        for button in (self._back, self._forward, self._follow):
            button.setIconSize(QSize(20, 20))
        self._follow.setCheckable(True)
        self._time.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self._speed.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._speed.setMenu(QMenu(self._speed))
        for rate in RATES:
            action = QAction(self._rates)
            action.setCheckable(True)
            action.setData(rate)
            self._speed.menu().addAction(action)
        self._volume.setRange(0, 100)
        self._volume.setValue(round(self._player.volume * 100))
        self._volume.setFixedWidth(VOLUME)

    def _lay_out(self) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, SPACE)
        layout.setSpacing(SPACE // 2)
        layout.addWidget(self._back)
        layout.addWidget(self._play)
        layout.addWidget(self._forward)
        layout.addSpacing(SPACE)
        layout.addWidget(self._time)
        layout.addStretch(1)
        self._track_row.setSpacing(SPACE // 2)
        layout.addLayout(self._track_row)
        for widget in (self._loudness, self._volume, self._speed, self._follow):
            layout.addSpacing(SPACE // 2)
            layout.addWidget(widget)

    def _connect(self) -> None:
        player = self._player
        self._play.clicked.connect(player.toggle)
        self._back.clicked.connect(self._on_back)
        self._forward.clicked.connect(self._on_forward)
        self._follow.clicked.connect(self.follow_toggled)
        self._volume.valueChanged.connect(self._on_volume)
        self._rates.triggered.connect(self._on_rate_chosen)
        player.playing_changed.connect(self._redraw)
        player.preparing_changed.connect(self._on_preparing)
        player.position_changed.connect(self._show_time)
        player.duration_changed.connect(self._show_time)
        player.rate_changed.connect(self._show_rate)
        player.tracks_changed.connect(self._show_tracks)

    @Slot(bool)
    def set_following(self, following: bool) -> None:
        """Show whether the transcript follows."""
        self._follow.setChecked(following)

    @Slot()
    def _on_back(self) -> None:
        self._player.skip(-STEP)

    @Slot()
    def _on_forward(self) -> None:
        self._player.skip(STEP)

    @Slot(int)
    def _on_volume(self, percent: int) -> None:
        self._player.set_volume(percent / 100)

    @Slot(QAction)
    def _on_rate_chosen(self, action: QAction) -> None:
        self._player.set_rate(float(action.data()))

    @Slot(bool)
    def _on_preparing(self, preparing: bool) -> None:
        self._preparing = preparing
        self._show_time()

    @Slot()
    def _show_time(self) -> None:
        """Show the place; called 30 times a second, and mostly nothing changes."""
        if self._preparing:
            text = self.tr("Preparing the sound…")
        else:
            text = f"{clock(self._player.position)} / {clock(self._player.duration)}"
        if text != self._shown:
            self._shown = text
            self._time.setText(text)

    @Slot()
    def _show_rate(self) -> None:
        self._speed.setText(self._rate_text(self._player.rate))
        name = fill(self.tr("Speed: %1"), self._rate_text(self._player.rate))
        self._speed.setAccessibleName(name)
        self._speed.setToolTip(name)
        for action in self._rates.actions():
            action.setText(self._rate_text(float(action.data())))
            action.setChecked(float(action.data()) == self._player.rate)

    def _rate_text(self, rate: float) -> str:
        return f"{QLocale().toString(rate, 'g', 3)}×"

    @Slot()
    def _show_tracks(self) -> None:
        tracks = self._player.tracks
        wanted = len(tracks) if len(tracks) > 1 else 0
        while len(self._tracks) > wanted:
            button = self._tracks.pop()
            self._track_row.removeWidget(button)
            button.hide()
            button.deleteLater()
        while len(self._tracks) < wanted:
            button = QToolButton()
            button.setCheckable(True)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            button.clicked.connect(self._on_track_clicked)
            self._tracks.append(button)
            self._track_row.addWidget(button)
        for number, button in enumerate(self._tracks):
            self._show_track(button, tracks[number], number + 1)
        for widget in (self._play, self._back, self._forward):
            widget.setEnabled(bool(tracks))
        self._show_time()

    def _show_track(self, button: QToolButton, track: Track, number: int) -> None:
        muted = self._player.muted(track.id)
        names = {TrackKind.MIC: self.tr("Me"), TrackKind.SYSTEM: self.tr("Others")}
        name = names.get(track.kind) or fill(self.tr("Track %1"), number)
        shown = fill(self.tr("%1: muted") if muted else self.tr("%1: heard"), name)
        button.setText(name)
        button.setChecked(not muted)
        button.setIcon(icon("muted" if muted else "volume", colours().muted if muted else ""))
        button.setAccessibleName(shown)
        button.setToolTip(shown)

    @Slot()
    def _on_track_clicked(self) -> None:
        button = self.sender()
        assert isinstance(button, QToolButton)
        track = self._player.tracks[self._tracks.index(button)]
        self._player.set_muted(track.id, not button.isChecked())

    @Slot()
    def _redraw(self) -> None:
        playing = self._player.playing
        self._play.setStyleSheet(
            f"QPushButton {{ border-radius: {PLAY // 2}px; padding: 0;"
            f" min-height: {PLAY - 2}px; max-height: {PLAY - 2}px; }}"
            f" QPushButton:disabled {{ background: {colours().raised};"
            f" border-color: {colours().border}; }}"
            f" QPushButton:focus {{ border-color: {colours().text}; }}"
        )
        self._play.setIcon(icon("pause" if playing else "play", colours().on_accent))
        name = self.tr("Pause") if playing else self.tr("Play")
        self._play.setAccessibleName(name)
        self._play.setToolTip(name)
        self._back.setIcon(icon("back"))
        self._forward.setIcon(icon("forward"))
        self._follow.setIcon(icon("follow"))
        self._loudness.setPixmap(icon("volume", colours().muted).pixmap(QSize(16, 16)))

    def _retranslate(self) -> None:
        names = {
            self._back: self.tr("Back 5 seconds"),
            self._forward: self.tr("Forward 5 seconds"),
            self._follow: self.tr("Scroll the text along"),
            self._volume: self.tr("Volume"),
        }
        for widget, name in names.items():
            widget.setAccessibleName(name)
            widget.setToolTip(name)
        self._time.setAccessibleName(self.tr("Position and length"))
        metrics = self._time.fontMetrics()
        widest = ("0:00:00 / 0:00:00", self.tr("Preparing the sound…"))
        self._time.setMinimumWidth(max(map(metrics.horizontalAdvance, widest)))
        self._show_rate()
        widths = [self.fontMetrics().horizontalAdvance(self._rate_text(rate)) for rate in RATES]
        self._speed.setMinimumWidth(max(widths) + 2 * SPACE)

    def changeEvent(self, event: QEvent) -> None:
        """Follow language and theme."""
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        if event.type() in (QEvent.Type.LanguageChange, QEvent.Type.PaletteChange):
            self._redraw()
            self._show_tracks()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the volume out where there is no room."""
        wide = event.size().width() >= NARROW
        self._volume.setVisible(wide)
        self._loudness.setVisible(wide)
        super().resizeEvent(event)
