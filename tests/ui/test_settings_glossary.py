"""The glossary editor: what is sound is stored at once, mistakes are told where they are."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLabel, QLineEdit, QPushButton, QTableView

from voicerec_desktop.core.glossary import GlossaryEntry
from voicerec_desktop.ui.settings.settings_dialog import SettingsDialog

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # the offscreen one
TERMS = (
    GlossaryEntry("RUMA", ("рум", "рума"), stem=True),
    GlossaryEntry("Kubernetes", ("кубернетис",)),
    GlossaryEntry("Иванов"),
)
TERM, VARIANTS, ENDINGS, PROBLEM = range(4)


@pytest.fixture
def dialog(session, qtbot):
    with qtbot.waitSignal(session.run(lambda lib: lib.replace_glossary(TERMS)).finished):
        pass
    dialog = SettingsDialog(session, None, page="glossary")
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: table(dialog).model().rowCount() == 3)
    return dialog


@pytest.fixture
def stored(session, qtbot):
    """The terms in the library, after what is under way."""

    def read():
        with qtbot.waitSignal(session.run(lambda lib: tuple(lib.glossary())).finished) as found:
            pass
        return found.args[0]

    return read


def table(dialog):
    return dialog.findChild(QTableView)


def terms(dialog):
    model = table(dialog).model()
    return [model.index(row, TERM).data() for row in range(model.rowCount())]


def problem(dialog, row):
    return table(dialog).model().index(row, PROBLEM).data()


def put(dialog, row, column, text):
    model = table(dialog).model()
    model.setData(model.index(row, column), text, Qt.ItemDataRole.EditRole)


def button(dialog, text):
    return next(b for b in dialog.findChildren(QPushButton) if b.text() == text and b.isVisible())


def says(dialog, words):
    return any(words in x.text() for x in dialog.findChildren(QLabel) if x.isVisible())


def test_a_term_is_typed_and_stored(dialog, stored, qtbot):
    button(dialog, "Add").click()
    editor = table(dialog).findChild(QLineEdit)
    qtbot.keyClicks(editor, "Qwen")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: terms(dialog)[-1] == "Qwen")
    put(dialog, 3, VARIANTS, "квен,  куэн , квен,")
    assert stored() == (*TERMS, GlossaryEntry("Qwen", ("квен", "куэн")))


def test_endings_are_ticked_by_the_keyboard_where_there_are_variants(dialog, stored, qtbot):
    view = table(dialog)
    view.setFocus()
    for row in (1, 2):
        view.setCurrentIndex(view.model().index(row, ENDINGS))
        qtbot.keyClick(view, Qt.Key.Key_Space)
    assert [entry.stem for entry in stored()] == [True, True, False]


def test_a_row_with_a_mistake_is_marked_and_the_others_are_stored(dialog, stored):
    put(dialog, 2, VARIANTS, "рум")
    assert "already stands for “RUMA”" in problem(dialog, 2)
    assert not table(dialog).isColumnHidden(PROBLEM)
    assert says(dialog, "mistakes")
    assert stored() == TERMS[:2]
    put(dialog, 2, VARIANTS, "иванофф")
    assert table(dialog).isColumnHidden(PROBLEM)
    assert not says(dialog, "mistakes")
    assert stored() == (*TERMS[:2], GlossaryEntry("Иванов", ("иванофф",)))


def test_a_new_empty_row_is_no_mistake_yet(dialog, stored):
    button(dialog, "Add").click()
    assert not says(dialog, "mistakes")
    assert stored() == TERMS


def test_rows_with_mistakes_are_told_when_the_dialog_closes(dialog, session):
    noticed = []
    session.noticed.connect(noticed.append)
    put(dialog, 2, TERM, "a = b")
    dialog.close()
    assert [notice.kind for notice in noticed] == ["warning"]


def test_removed_terms_come_back_in_their_places(dialog, stored, qtbot):
    view = table(dialog)
    view.selectRow(0)
    view.setSelectionMode(view.SelectionMode.MultiSelection)
    view.selectRow(2)
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_Delete)
    assert terms(dialog) == ["Kubernetes"]
    assert stored() == TERMS[1:2]
    button(dialog, "Undo").click()
    assert terms(dialog) == ["RUMA", "Kubernetes", "Иванов"]
    assert stored() == TERMS
    qtbot.keyClick(view, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert stored() == TERMS


def test_terms_are_found_by_what_is_heard_and_the_right_one_is_removed(dialog, stored):
    search = next(f for f in dialog.findChildren(QLineEdit) if f.isVisible())
    search.setText("КУБЕР")
    assert terms(dialog) == ["Kubernetes"]
    table(dialog).selectRow(0)
    button(dialog, "Remove").click()
    assert [entry.term for entry in stored()] == ["RUMA", "Иванов"]


def choose_file(dialog, label, path):
    button(dialog, label).click()
    asking = dialog.findChild(QFileDialog)
    asking.fileSelected.emit(str(path))
    asking.reject()


def test_a_file_is_imported_beside_what_is_here(dialog, stored, qtbot, tmp_path):
    path = tmp_path / "термины.txt"
    path.write_text("# ours\nИванов\nQwen = квен\n", encoding="utf-8")
    choose_file(dialog, "Import…", path)
    qtbot.waitUntil(lambda: len(terms(dialog)) == 4)
    assert stored() == (*TERMS, GlossaryEntry("Qwen", ("квен",)))


def test_a_file_with_a_mistake_is_told_with_its_line(dialog, stored, qtbot, tmp_path):
    path = tmp_path / "bad.txt"
    path.write_text("Qwen = квен\n= x\n", encoding="utf-8")
    choose_file(dialog, "Import…", path)
    qtbot.waitUntil(lambda: says(dialog, "line 2"))
    assert stored() == TERMS


def test_what_is_exported_is_imported_again(dialog, stored, session, qtbot, tmp_path):
    path = tmp_path / "out.txt"
    choose_file(dialog, "Export…", path)
    qtbot.waitUntil(lambda: says(dialog, "Saved to"))
    for _ in TERMS:
        table(dialog).selectRow(0)
        button(dialog, "Remove").click()
    assert stored() == ()
    choose_file(dialog, "Import…", path)
    qtbot.waitUntil(lambda: len(terms(dialog)) == 3)
    assert stored() == TERMS


def test_terms_of_another_program_are_taken_over_when_the_page_is_seen_again(
    dialog, session, qtbot
):
    dialog.show_page("general")
    session.run(lambda lib: lib.replace_glossary(TERMS[:1]))
    dialog.show_page("glossary")
    qtbot.waitUntil(lambda: terms(dialog) == ["RUMA"])
