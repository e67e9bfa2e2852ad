"""Places with nothing to show: what they say, and their buttons."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QLabel, QPushButton

from voicerec_desktop.ui.states import TEXT_WIDTH, StateView
from voicerec_desktop.ui.theme import DARK, LIGHT

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # the offscreen one


@pytest.fixture
def state(qtbot, session):
    view = StateView()
    qtbot.addWidget(view)
    view.resize(640, 480)
    view.show()
    return view


def buttons(view):
    return {b.text(): b for b in view.findChildren(QPushButton) if b.isVisible()}


def test_each_button_does_its_own_thing_by_mouse_and_keyboard(state, qtbot):
    done = []
    state.set_state(
        "error",
        "It failed",
        "Try it again.",
        [("Try again", lambda: done.append("retry")), ("Details", lambda: done.append("more"))],
    )
    qtbot.mouseClick(buttons(state)["Details"], Qt.MouseButton.LeftButton)
    buttons(state)["Try again"].setFocus()
    qtbot.keyClick(buttons(state)["Try again"], Qt.Key.Key_Space)
    assert done == ["more", "retry"]
    assert buttons(state)["Try again"].property("primary")
    assert not buttons(state)["Details"].property("primary")


def test_a_new_state_replaces_the_old_one_and_is_told_to_those_who_listen(state, qtbot):
    state.set_state("open", "Empty", "Drop files.", [("Open", lambda: None)])
    state.set_state("search", "Nothing found", "Try other words.")
    assert not buttons(state)
    assert state.accessibleName() == "Nothing found"
    assert state.accessibleDescription() == "Try other words."
    shown = {label.text() for label in state.findChildren(QLabel) if label.isVisible()}
    assert {"Nothing found", "Try other words."} <= shown
    assert "Empty" not in shown


def test_buttons_that_do_not_fit_stand_one_below_the_other(state, qtbot):
    state.set_state("open", "Empty", "", [("Open files here", print), ("Open a folder", print)])
    first, second = buttons(state).values()
    assert first.geometry().top() == second.geometry().top()
    state.resize(200, 480)
    qtbot.waitUntil(lambda: second.geometry().top() >= first.geometry().bottom())
    assert first.width() <= state.width()


def test_long_text_is_broken_into_lines_that_can_be_read(state, qtbot):
    text = "Здесь появятся встречи, которые вы откроете или запишете. " * 4
    state.set_state("open", "Пока нет встреч", text)
    (label,) = [one for one in state.findChildren(QLabel) if one.text() == text]
    qtbot.waitUntil(lambda: label.height() >= label.heightForWidth(label.width()) > 0)
    assert label.width() <= TEXT_WIDTH
    middle = label.mapTo(state, label.rect().center()).x()
    assert abs(middle - state.rect().center().x()) <= 2


def test_the_icon_follows_the_theme(state, session):
    def drawn(colour: str) -> bool:
        image = state.grab().toImage()
        wanted = QColor(colour)
        return any(
            image.pixelColor(x, y) == wanted for x in range(290, 350) for y in range(100, 300)
        )

    state.set_state("open", "", "")
    assert drawn(LIGHT.muted)
    session.update_settings(theme="dark")
    assert drawn(DARK.muted)
    assert not drawn(LIGHT.muted)
