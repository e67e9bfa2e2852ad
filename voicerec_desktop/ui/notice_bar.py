"""What the window says in passing: a strip of notices that never takes the keyboard."""

from PySide6.QtCore import QEvent, QRectF, Qt, QTimer, Signal, Slot
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QColor,
    QEnterEvent,
    QGuiApplication,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from voicerec_desktop.ui.icons import icon, pixmap
from voicerec_desktop.ui.notices import Kind, Notice
from voicerec_desktop.ui.session import Session
from voicerec_desktop.ui.theme import SPACE, colours

SHOWN = 3
ICON = 20
RADIUS, STRIPE = 6, 4  # px
WIDTH = 720  # px: longer lines are hard to read
SECONDS, SECONDS_WITH_ACTION = 6.0, 15.0
SECONDS_A_LETTER = 0.06
_ICONS: dict[Kind, str] = {"info": "info", "good": "check", "warning": "warning", "bad": "error"}
_PASSING: tuple[Kind, ...] = ("info", "good")


class NoticeCard(QFrame):
    """One notice. `closed`: the user or the time has closed it, or its action was taken."""

    closed = Signal()

    def __init__(self, notice: Notice, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.notice = notice
        self._timer = QTimer(self, singleShot=True, interval=_milliseconds(notice))
        self._timer.timeout.connect(self.closed)
        self._sign, self._text = QLabel(), QLabel(notice.text)
        self._action, self._copy = QPushButton(), QPushButton()
        self._close = QToolButton()
        self._lay_out()
        self._dress()
        for button, slot in (
            (self._action, self._on_action),
            (self._copy, self._on_copy),
            (self._close, self.closed),
        ):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(slot)
        self._redraw()
        self._retranslate()

    def _dress(self) -> None:
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._text.setWordWrap(True)  # after the policy, to which it adds height for width
        if self.notice.action is not None:
            self._action.setText(self.notice.action[0])
        self._action.setVisible(self.notice.action is not None)
        self._copy.setVisible(bool(self.notice.details))
        self.setAccessibleName(self.notice.text)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACE * 3 // 2, SPACE, SPACE, SPACE)
        row.setSpacing(SPACE)
        row.addWidget(self._sign)
        row.addWidget(self._text, 1)
        for button in (self._action, self._copy, self._close):
            row.addWidget(button)

    def set_shown(self, shown: bool) -> None:
        """Show it, and let its time pass, or let it wait for a place."""
        self.setVisible(shown)
        self._let_time_pass(shown)

    def _let_time_pass(self, passes: bool) -> None:
        """Nobody is hurried: time stands still while the pointer or the keyboard is here."""
        here = self.underMouse() or self.has_focus()
        if not passes or here or self.notice.kind not in _PASSING:
            self._timer.stop()
        elif not self._timer.isActive():
            self._timer.start()

    def has_focus(self) -> bool:
        """Whether the keyboard is here."""
        focus = QApplication.focusWidget()
        return focus is not None and self.isAncestorOf(focus)

    def enterEvent(self, event: QEnterEvent) -> None:
        """The user reads."""
        self._timer.stop()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """The user has read."""
        self._let_time_pass(True)
        super().leaveEvent(event)

    @Slot(QWidget, QWidget)
    def on_focus_changed(self, _old: QWidget | None, _new: QWidget | None) -> None:
        """The keyboard came or went."""
        if self.isVisible():
            self._let_time_pass(True)

    @Slot()
    def _on_action(self) -> None:
        action = self.notice.action
        self.closed.emit()
        if action is not None:
            action[1]()

    @Slot()
    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(f"{self.notice.text}\n{self.notice.details}")
        self._copy.setText(self.tr("Copied"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow language and theme."""
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        elif event.type() in (QEvent.Type.PaletteChange, QEvent.Type.DevicePixelRatioChange):
            self._redraw()
        super().changeEvent(event)

    def _redraw(self) -> None:
        kind = self.notice.kind
        ratio = self.devicePixelRatioF()
        self._sign.setPixmap(pixmap(_ICONS[kind], ICON, _colour(kind), ratio))
        self._close.setIcon(icon("close", colours().muted))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A raised card with a stripe in the colour of its kind."""
        c = colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        card = QPainterPath()
        card.addRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
        painter.fillPath(card, QColor(c.raised))
        painter.setClipPath(card)
        painter.fillRect(0, 0, STRIPE, self.height(), QColor(_colour(self.notice.kind)))
        painter.setClipping(False)
        painter.strokePath(card, QPen(QColor(c.border), 1))

    def _retranslate(self) -> None:
        self._copy.setText(self.tr("Copy details"))
        self._close.setToolTip(self.tr("Close"))
        self._close.setAccessibleName(self.tr("Close this message"))
        self._action.setAccessibleName(self._action.text())
        self._copy.setAccessibleName(self._copy.text())


def _colour(kind: Kind) -> str:
    c = colours()
    return {"info": c.accent, "good": c.good, "warning": c.warning, "bad": c.bad}[kind]


def _milliseconds(notice: Notice) -> int:
    """Long enough to read it, and to reach for its button."""
    least = SECONDS_WITH_ACTION if notice.action else SECONDS
    return round(1000 * (least + SECONDS_A_LETTER * len(notice.text)))


class NoticeBar(QWidget):
    """The notices of a session, the newest at the bottom; it takes no room where there are none."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cards: list[NoticeCard] = []
        self._column = QVBoxLayout()
        self._column.setSpacing(SPACE // 2)
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACE, SPACE // 2, SPACE, SPACE // 2)
        row.addStretch(1)
        row.addLayout(self._column, 100)
        row.addStretch(1)
        self.setVisible(False)
        session.noticed.connect(self._on_noticed)

    def notices(self) -> list[Notice]:
        """What is shown now, from top to bottom."""
        return [card.notice for card in self._cards if not card.isHidden()]

    @Slot(object)
    def _on_noticed(self, notice: Notice) -> None:
        for old in [c for c in self._cards if notice.key and c.notice.key == notice.key]:
            self._remove(old)
        card = NoticeCard(notice, self)
        card.setMaximumWidth(WIDTH)
        card.closed.connect(self._on_closed)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(card.on_focus_changed)
        self._cards.append(card)
        self._column.addWidget(card)
        self._make_room()
        self._announce(notice)

    @Slot()
    def _on_closed(self) -> None:
        card = self.sender()
        assert isinstance(card, NoticeCard)
        had_focus = card.has_focus()
        self._remove(card)
        self._make_room()
        if had_focus and self._cards:
            self._cards[-1].focusNextChild()

    def _remove(self, card: NoticeCard) -> None:
        self._cards.remove(card)
        self._column.removeWidget(card)
        card.hide()
        card.deleteLater()

    def _make_room(self) -> None:
        """Of more than three, those in passing go; errors wait until there is a place."""
        extra = len(self._cards) - SHOWN
        for card in [c for c in self._cards[:-1] if c.notice.kind in _PASSING][: max(0, extra)]:
            self._remove(card)
        for card in self._cards[:-SHOWN]:
            card.set_shown(False)
        for card in self._cards[-SHOWN:]:
            card.set_shown(True)
        self.setVisible(bool(self._cards))

    def _announce(self, notice: Notice) -> None:
        """For those who do not see it: a screen reader says it, errors at once."""
        event = QAccessibleAnnouncementEvent(self, notice.text)
        politeness = QAccessible.AnnouncementPoliteness
        at_once = notice.kind == "bad"
        event.setPoliteness(politeness.Assertive if at_once else politeness.Polite)
        QAccessible.updateAccessibility(event)
