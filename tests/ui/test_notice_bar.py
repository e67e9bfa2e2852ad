"""Notices: shown calmly, gone in time, errors until they are closed, never in the way."""

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QAccessible, QEnterEvent, QGuiApplication
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QLineEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from voicerec_desktop.core.errors import ErrorCode, KnownError
from voicerec_desktop.ui import notice_bar
from voicerec_desktop.ui.notice_bar import NoticeBar, NoticeCard
from voicerec_desktop.ui.notices import Notice

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # the offscreen one


@pytest.fixture
def quick(monkeypatch):
    """Time passes quickly."""
    monkeypatch.setattr(notice_bar, "SECONDS", 0.05)
    monkeypatch.setattr(notice_bar, "SECONDS_WITH_ACTION", 0.05)
    monkeypatch.setattr(notice_bar, "SECONDS_A_LETTER", 0)


@pytest.fixture
def window(session, qtbot):
    """A field to write in, and the bar below it."""
    window = QWidget()
    window.field, window.bar = QLineEdit(), NoticeBar(session)
    layout = QVBoxLayout(window)
    layout.addWidget(window.field)
    layout.addStretch(1)
    layout.addWidget(window.bar)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    window.field.setFocus()
    qtbot.waitUntil(window.field.hasFocus)
    return window


def texts(window):
    return [notice.text for notice in window.bar.notices()]


def cards(window):
    return [card for card in window.bar.findChildren(NoticeCard) if card.isVisible()]


def button(card, text):
    return next(b for b in card.findChildren(QPushButton) if b.text() == text)


def close(card, qtbot):
    qtbot.mouseClick(card.findChild(QToolButton), Qt.MouseButton.LeftButton)


def test_good_news_goes_by_itself_and_an_error_stays(window, session, qtbot, quick):
    session.report(KnownError(ErrorCode.DISK_FULL, path="/disk"))
    session.notify(Notice("good", "Saved"))
    assert len(texts(window)) == 2
    qtbot.waitUntil(lambda: len(texts(window)) == 1)
    assert "/disk" in texts(window)[0]
    close(cards(window)[0], qtbot)
    assert not window.bar.isVisible()


def test_a_notice_waits_while_the_pointer_is_on_it(window, session, qtbot, quick):
    session.notify(Notice("info", "read me"))
    card = cards(window)[0]
    at = QPointF(2, 2)
    QApplication.sendEvent(card, QEnterEvent(at, at, at))
    session.notify(Notice("info", "passing"))
    qtbot.waitUntil(lambda: texts(window) == ["read me"])
    QApplication.sendEvent(card, QEvent(QEvent.Type.Leave))
    qtbot.waitUntil(lambda: texts(window) == [])


def test_a_notice_waits_while_the_keyboard_is_on_it(window, session, qtbot, quick):
    done = []
    session.notify(Notice("good", "Saved", action=("Show", lambda: done.append(1))))
    button(cards(window)[0], "Show").setFocus()
    session.notify(Notice("info", "passing"))
    qtbot.waitUntil(lambda: texts(window) == ["Saved"])
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    assert done == [1]
    assert texts(window) == []


def test_a_notice_never_takes_the_keyboard(window, session, qtbot):
    for kind in ("info", "good", "warning", "bad"):
        session.notify(Notice(kind, kind, action=("Do", print), details="why"))
    qtbot.keyClicks(QApplication.focusWidget(), "words")
    assert window.field.text() == "words"


def test_the_same_key_replaces(window, session):
    session.notify(Notice("bad", "first", "key"))
    session.notify(Notice("bad", "other", "else"))
    session.notify(Notice("bad", "second", "key"))
    assert texts(window) == ["other", "second"]


def test_three_are_shown_and_an_error_waits_for_its_place(window, session, qtbot):
    for text in ("one", "two", "three", "four"):
        session.notify(Notice("bad", text))
    assert texts(window) == ["two", "three", "four"]
    close(cards(window)[-1], qtbot)
    assert texts(window) == ["one", "two", "three"]


def test_of_too_many_what_is_in_passing_goes_first(window, session):
    session.notify(Notice("bad", "error"))
    for text in ("one", "two", "three"):
        session.notify(Notice("info", text))
    assert texts(window) == ["error", "two", "three"]


def test_details_are_copied_with_the_sentence(window, session, qtbot):
    session.report(ValueError("the cause"))
    qtbot.mouseClick(button(cards(window)[0], "Copy details"), Qt.MouseButton.LeftButton)
    copied = QGuiApplication.clipboard().text()
    assert texts(window)[0] in copied
    assert "the cause" in copied


def test_a_screen_reader_says_it_and_errors_at_once(window, session, monkeypatch):
    said = []
    monkeypatch.setattr(
        QAccessible, "updateAccessibility", lambda e: said.append((e.message(), e.politeness()))
    )
    session.notify(Notice("info", "by the way"))
    session.notify(Notice("bad", "it failed"))
    politeness = QAccessible.AnnouncementPoliteness
    assert said == [("by the way", politeness.Polite), ("it failed", politeness.Assertive)]


def test_a_long_sentence_is_shown_longer():
    short, long = Notice("info", "a" * 10), Notice("info", "a" * 200)
    assert notice_bar._milliseconds(long) > notice_bar._milliseconds(short) + 5000


def test_a_long_sentence_is_seen_whole_however_narrow_it_gets(window, session, qtbot):
    session.report(KnownError(ErrorCode.DISK_FULL, path="/very/long/" + "имя папки " * 5))
    label = cards(window)[0].findChildren(QLabel)[1]
    for width in range(760, 400, -40):
        window.resize(width, 300)
        qtbot.waitUntil(lambda: window.width() == width)  # noqa: B023
        qtbot.waitUntil(lambda: label.height() >= label.heightForWidth(label.width()))
