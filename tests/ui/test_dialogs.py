"""Small dialogs: shortcuts, about, and questions."""

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QApplication, QLineEdit, QMessageBox, QPushButton, QTreeWidget

from voicerec_desktop import __version__
from voicerec_desktop.ui.dialogs import confirm
from voicerec_desktop.ui.dialogs.about_dialog import AboutDialog
from voicerec_desktop.ui.dialogs.shortcuts_dialog import ShortcutsDialog
from voicerec_desktop.ui.dialogs.typed_confirmation import TypedConfirmation

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # the offscreen one


def action(text, *keys):
    made = QAction(text)
    made.setShortcuts([QKeySequence(one) for one in keys])
    return made


@pytest.fixture
def shortcuts(session, qtbot):
    file = [action("&Open files…", "Ctrl+O"), action("No keys")]
    edit = [action("&Undo", "Ctrl+Z"), action("Find && replace", "Ctrl+H", "Ctrl+R")]
    dialog = ShortcutsDialog([("File", file), ("Edit", edit)])
    dialog.kept = (file, edit)
    dialog.show()
    return dialog


def rows(dialog):
    """What can be seen: groups, and below them what is done by which keys."""
    root = dialog.findChild(QTreeWidget).invisibleRootItem()
    return {
        top.text(0): [
            (top.child(i).text(0), top.child(i).text(1))
            for i in range(top.childCount())
            if not top.child(i).isHidden()
        ]
        for top in (root.child(i) for i in range(root.childCount()))
        if not top.isHidden()
    }


def test_all_shortcuts_are_listed_by_group(shortcuts):
    assert rows(shortcuts) == {
        "File": [("Open files", "Ctrl+O")],
        "Edit": [("Undo", "Ctrl+Z"), ("Find & replace", "Ctrl+H, Ctrl+R")],
    }


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("undo", {"Edit": [("Undo", "Ctrl+Z")]}),
        ("ctrl+o", {"File": [("Open files", "Ctrl+O")]}),
        ("edit find", {"Edit": [("Find & replace", "Ctrl+H, Ctrl+R")]}),
        ("nonsense", {}),
    ],
)
def test_shortcuts_are_found_by_action_keys_and_group(shortcuts, qtbot, typed, found):
    qtbot.keyClicks(shortcuts.findChild(QLineEdit), typed)
    assert rows(shortcuts) == found


def test_about_names_parts_with_licences_and_copies_them(session, qtbot):
    dialog = AboutDialog(session)
    dialog.show()
    tree = dialog.findChild(QTreeWidget)
    qtbot.waitUntil(lambda: tree.topLevelItemCount() > 10)
    parts = [tree.topLevelItem(i) for i in range(tree.topLevelItemCount())]
    licences = {part.text(0): part.text(2) for part in parts}
    assert "LGPL" in licences["PySide6"]
    assert "MIT" in licences["pyannote.audio"]
    assert all(licences.values())
    copy = next(b for b in dialog.findChildren(QPushButton) if b.text() == "Copy diagnostics")
    qtbot.mouseClick(copy, Qt.MouseButton.LeftButton)
    copied = QGuiApplication.clipboard().text()
    assert __version__ in copied
    assert f"torch {next(p.text(1) for p in parts if p.text(0) == 'torch')}" in copied


def answer(key):
    """Press a key in the question as soon as it is there."""

    def press():
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        box.kept = [button.text() for button in box.buttons()]
        from PySide6.QtTest import QTest

        QTest.keyClick(box.defaultButton() if key == Qt.Key.Key_Return else box, key)

    QTimer.singleShot(0, press)


@pytest.mark.parametrize(
    ("danger", "key", "wanted"),
    [
        (False, Qt.Key.Key_Return, True),
        (False, Qt.Key.Key_Escape, False),
        (True, Qt.Key.Key_Return, False),
        (True, Qt.Key.Key_Escape, False),
    ],
)
def test_enter_does_what_is_asked_unless_something_would_be_lost(session, danger, key, wanted):
    answer(key)
    assert confirm.ask(None, "Go on?", "It takes a while.", "Go on", danger) is wanted


def test_a_dangerous_thing_is_done_by_its_own_button(session):
    def press():
        box = QApplication.activeModalWidget()
        next(b for b in box.buttons() if b.text() == "Delete").click()

    QTimer.singleShot(0, press)
    assert confirm.ask(None, "Delete <b>?", "For ever.", "Delete", danger=True)


def test_much_is_lost_only_after_the_word_is_typed(session, qtbot):
    dialog = TypedConfirmation("Delete all?", "For ever.", "delete", "Delete all")
    dialog.show()
    done = []
    dialog.confirmed.connect(lambda: done.append(1))
    action = next(b for b in dialog.findChildren(QPushButton) if b.text() == "Delete all")
    field = dialog.findChild(QLineEdit)
    qtbot.keyClicks(field, "delet")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert not done
    assert not action.isEnabled()
    dialog.show()
    field.clear()
    qtbot.keyClicks(field, "Delete ")
    qtbot.mouseClick(action, Qt.MouseButton.LeftButton)
    assert done == [1]
