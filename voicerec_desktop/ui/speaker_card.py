"""One speaker in the details: badge, name, and how much they talk."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QCoreApplication, QEvent, QLocale, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction, QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from voicerec_desktop.core.model import Speaker
from voicerec_desktop.core.talk import Talk
from voicerec_desktop.ui.i18n import duration, fill
from voicerec_desktop.ui.icons import icon
from voicerec_desktop.ui.name_edit import NameEdit
from voicerec_desktop.ui.speaker_badge import badge_icon, speaker_name
from voicerec_desktop.ui.theme import SPACE, colours, speaker_colour

BADGE = 32  # px
PALETTE = 8


def colour_names() -> tuple[str, ...]:
    """What the colours of `Colours.speakers` are called."""
    translate = QCoreApplication.translate
    return (
        translate("speakers", "Blue"),
        translate("speakers", "Orange"),
        translate("speakers", "Teal"),
        translate("speakers", "Plum"),
        translate("speakers", "Mustard"),
        translate("speakers", "Indigo"),
        translate("speakers", "Red"),
        translate("speakers", "Green"),
    )


class SpeakerNameEdit(NameEdit):
    """The name that a speaker was given; empty where there is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(may_be_empty=True, parent=parent)
        font = self.font()
        font.setWeight(font.Weight.DemiBold)
        self.setFont(font)
        self.setStyleSheet(
            "QLineEdit { border: 1px solid transparent; background: transparent;"
            " padding: 1px 4px; margin-left: -7px; }"
            " QLineEdit:hover { border-color: palette(mid); }"
            " QLineEdit:focus { border-color: palette(highlight); background: palette(base); }"
        )


class ShareBar(QWidget):
    """A share of all speech, in the speaker's colour."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._share, self._colour = 0.0, 0
        self.setFixedHeight(4)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_share(self, share: float, colour: int) -> None:
        """Show a share, 0 to 1, in a colour of the palette."""
        self._share, self._colour = share, colour
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the bar."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        box = QRectF(self.rect())
        painter.setBrush(QColor(colours().raised))
        painter.drawRoundedRect(box, 2, 2)
        if self._share > 0:
            box.setWidth(max(4.0, box.width() * min(1.0, self._share)))
            painter.setBrush(speaker_colour(self._colour))
            painter.drawRoundedRect(box, 2, 2)
        painter.end()


class SpeakerCard(QFrame):
    """A speaker: all that can be done with one.

    Signals (speaker id first):
        renamed: the new name, "" for none.
        recoloured: index into the palette.
        merge_requested: id of the speaker that takes over.
        sample_requested: somebody wants to hear the voice.
    """

    renamed = Signal(str, str)
    recoloured = Signal(str, int)
    merge_requested = Signal(str, str)
    sample_requested = Signal(str)

    def __init__(self, speaker: Speaker, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speaker = speaker
        self._others: tuple[Speaker, ...] = ()
        self._talk: Talk | None = None
        self._badge, self._sample, self._more = QToolButton(), QToolButton(), QToolButton()
        self.name, self._facts, self._bar = SpeakerNameEdit(), QLabel(), ShareBar()
        self._palette, self._menu = QMenu(self._badge), QMenu(self._more)
        self._dress()
        self._lay_out()
        self.name.renamed.connect(self._on_renamed)
        self._sample.clicked.connect(self._on_sample)
        self._palette.aboutToShow.connect(self._fill_palette)
        self._menu.aboutToShow.connect(self._fill_menu)

    def _dress(self) -> None:
        for button in (self._badge, self._more):
            button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._badge.setMenu(self._palette)
        self._badge.setIconSize(QSize(BADGE, BADGE))
        self._badge.setStyleSheet("QToolButton { padding: 1px; }")
        self._more.setMenu(self._menu)
        for button in (self._sample, self._more):
            button.setIconSize(QSize(16, 16))
        self._facts.setProperty("muted", True)
        self._facts.setWordWrap(True)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(SPACE // 2)
        head.addWidget(self.name, 1)
        head.addWidget(self._sample)
        head.addWidget(self._more)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._facts)
        column.addSpacing(SPACE // 2)
        column.addWidget(self._bar)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, SPACE // 2, 0, SPACE // 2)
        layout.setSpacing(SPACE)
        layout.addWidget(self._badge, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(column, 1)

    def show_speaker(self, speaker: Speaker, others: Sequence[Speaker], talk: Talk | None) -> None:
        """Show how a speaker is now.

        Args:
            others: of the meeting: one of them could be the same person.
            talk: None where it is not known yet.
        """
        self._speaker, self._others, self._talk = speaker, tuple(others), talk
        self.name.set_name(speaker.name or "")
        self.retranslate()

    def retranslate(self) -> None:
        """Write everything in the language and colours of the window."""
        speaker, who = self._speaker, speaker_name(self._speaker)
        self.name.setPlaceholderText(speaker_name(Speaker(speaker.id, speaker.number)))
        self.name.setAccessibleName(fill(self.tr("Name of %1"), who))
        self.name.setToolTip(fill(self.tr("%1: click to change the name"), who))
        self._badge.setIcon(badge_icon(speaker, BADGE))
        self._sample.setIcon(icon("play", colours().muted))
        self._more.setIcon(icon("more", colours().muted))
        for button, name in (
            (self._badge, self.tr("Colour of %1")),
            (self._sample, self.tr("Hear %1")),
            (self._more, self.tr("More about %1")),
        ):
            button.setAccessibleName(fill(name, who))
            button.setToolTip(fill(name, who))
        self._show_talk()

    def _show_talk(self) -> None:
        found = self._talk
        self._sample.setEnabled(found is not None and found.seconds > 0)
        self._bar.set_share(found.share if found else 0.0, self._speaker.colour)
        if found is None:
            self._facts.setText("…")
            return
        percent = fill(self.tr("%1%"), QLocale().toString(round(found.share * 100)))
        turns = self.tr("%n turn(s)", "", found.turns)
        self._facts.setText("  ·  ".join((duration(found.seconds), percent, turns)))

    @Slot(str)
    def _on_renamed(self, name: str) -> None:
        self.renamed.emit(self._speaker.id, name)

    @Slot()
    def _on_sample(self) -> None:
        self.sample_requested.emit(self._speaker.id)

    @Slot()
    def _fill_palette(self) -> None:
        self._palette.clear()
        for colour, name in enumerate(colour_names()):
            like = Speaker(self._speaker.id, self._speaker.number, self._speaker.name, colour)
            action = QAction(badge_icon(like), name, self._palette)
            action.setCheckable(True)
            action.setChecked(colour == self._speaker.colour % PALETTE)
            action.triggered.connect(partial(self._recolour, colour))
            self._palette.addAction(action)

    def _recolour(self, colour: int, _checked: bool = False) -> None:
        self.recoloured.emit(self._speaker.id, colour)

    @Slot()
    def _fill_menu(self) -> None:
        self._menu.clear()
        self._menu.addAction(icon("edit"), self.tr("Rename"), self._on_rename)
        colour = self._menu.addMenu(self.tr("Colour"))
        self._fill_palette()
        colour.addActions(self._palette.actions())
        merge = self._menu.addMenu(icon("join"), self.tr("Merge into"))
        merge.setEnabled(bool(self._others))
        for other in self._others:
            name = speaker_name(other).replace("&", "&&")
            action = merge.addAction(badge_icon(other), name)
            action.triggered.connect(partial(self._merge, other.id))
        hear = self._menu.addAction(icon("play"), self.tr("Play a sample"), self._on_sample)
        hear.setEnabled(self._sample.isEnabled())

    def _merge(self, target_id: str, _checked: bool = False) -> None:
        self.merge_requested.emit(self._speaker.id, target_id)

    @Slot()
    def _on_rename(self) -> None:
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)
        self.name.selectAll()

    def changeEvent(self, event: QEvent) -> None:
        """Follow language and theme."""
        if event.type() in (QEvent.Type.LanguageChange, QEvent.Type.PaletteChange):
            self.retranslate()
        super().changeEvent(event)
