"""The export dialog: what it shows is what it writes."""

import io
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QPushButton,
)
from shiboken6 import isValid

from voicerec_desktop.core import editing
from voicerec_desktop.export.registry import FORMATS, ExportOptions, render
from voicerec_desktop.ui.dialogs.export_dialog import NAME, ExportDialog, copy_as
from voicerec_desktop.ui.document import MeetingDocument

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # the offscreen one
OPTIONS = ("Times", "Speakers", "Doubtful text")


@pytest.fixture
def document(session, filled, qtbot):
    document = MeetingDocument(session)
    with qtbot.waitSignal(document.loaded):
        document.open(filled)
    return document


@pytest.fixture
def show(document, session, qtbot):
    """Open the dialog; the preview is there."""

    kept = []

    def make():
        dialog = ExportDialog(document, session)
        kept.append(dialog)
        dialog.show()
        qtbot.waitUntil(lambda: shown(dialog) != "")
        return dialog

    return make


@pytest.fixture
def noticed(session):
    found = []
    session.noticed.connect(found.append)
    return found


def shown(dialog):
    return dialog.findChild(QPlainTextEdit).toPlainText()


def check(dialog, text):
    return next(box for box in dialog.findChildren(QCheckBox) if box.text() == text)


def button(dialog, text):
    return next(b for b in dialog.findChildren(QPushButton) if b.text() == text)


def choose(dialog, name, qtbot):
    formats = dialog.findChild(QListWidget)
    row = next(i for i in range(formats.count()) if formats.item(i).data(NAME) == name)
    if row != formats.currentRow():
        formats.setCurrentRow(row)
        qtbot.waitUntil(lambda: shown(dialog) != "")


def save(dialog, qtbot):
    """Press Save; the dialog that asks where."""
    qtbot.mouseClick(button(dialog, "Save…"), Qt.MouseButton.LeftButton)
    return dialog.findChild(QFileDialog)


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_is_saved_as_it_was_shown(show, session, noticed, qtbot, tmp_path, name):
    dialog = show()
    choose(dialog, name, qtbot)
    text = shown(dialog)
    asking = save(dialog, qtbot)
    asking.setDirectory(str(tmp_path))
    asking.accept()
    path = tmp_path / f"Планёрка{FORMATS[name].suffix}"
    qtbot.waitUntil(lambda: bool(noticed))
    body = path.read_bytes()
    if name == "docx":
        written = "\n".join(p.text for p in docx.Document(io.BytesIO(body)).paragraphs)
    else:
        written = body.decode()
    assert text.strip()
    assert "\n".join(written.splitlines()[:200]).startswith(text)
    assert noticed[0].kind == "good"
    assert str(path) in noticed[0].text
    assert noticed[0].action[0] == "Show in folder"
    assert session.settings.export_folder == str(tmp_path)
    assert session.settings.export_format == name
    qtbot.waitUntil(lambda: not isValid(dialog))


def test_options_change_what_is_shown_and_are_remembered(show, qtbot):
    dialog = show()
    assert "[00:04] Спикер 2: Смета готова" in shown(dialog)
    check(dialog, "Times").click()
    qtbot.waitUntil(lambda: "\nСпикер 2: Смета готова" in shown(dialog))
    check(dialog, "Speakers").click()
    qtbot.waitUntil(lambda: "Спикер" not in shown(dialog))
    dialog.close()
    again = show()
    assert "[00:" not in shown(again)
    assert [check(again, text).isChecked() for text in OPTIONS] == [False, False, False]


@pytest.mark.parametrize(
    ("name", "enabled"),
    [
        ("txt", [True, True, True]),
        ("docx", [True, True, True]),
        ("srt", [False, True, True]),
        ("vtt", [False, True, True]),
        ("json", [False, False, False]),
        ("rttm", [False, False, False]),
    ],
)
def test_options_that_a_format_ignores_cannot_be_chosen(show, qtbot, name, enabled):
    dialog = show()
    choose(dialog, name, qtbot)
    assert [check(dialog, text).isEnabled() for text in OPTIONS] == enabled


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("option", ["times", "speakers", "doubtful"])
def test_the_formats_say_truly_which_options_they_heed(transcript_of, name, option):
    made = transcript_of()
    doubtful = replace(made.segments[1], flags=("doubtful:loop",))
    made = replace(made, segments=(made.segments[0], doubtful, *made.segments[2:]))
    bodies = []
    for value in (True, False):
        body = render(made, name, replace(ExportOptions(), **{option: value}))
        if name == "docx":  # its zip holds the time
            body = [p.text for p in docx.Document(io.BytesIO(body)).paragraphs]
        bodies.append(body)
    assert (bodies[0] != bodies[1]) == (option in FORMATS[name].options)


def test_an_edit_is_in_the_preview_at_once(show, document, qtbot):
    dialog = show()
    speaker = document.transcript.speakers[0]
    document.edit(lambda t: editing.rename_speaker(t, speaker.id, "Анна"))
    qtbot.waitUntil(lambda: "Анна: Доброе утро" in shown(dialog))


def test_a_title_that_no_disk_takes_is_suggested_as_one_that_it_does(show, document, qtbot):
    title = replace(document.transcript.meeting, title='Итоги 1/2: "бюджет"?')
    document.transcript = replace(document.transcript, meeting=title)
    asking = save(show(), qtbot)
    field = asking.findChild(QLineEdit)
    assert Path(field.text()).name == "Итоги 1_2_ _бюджет_.txt"
    asking.reject()


def test_a_place_that_cannot_be_written_is_told_in_a_sentence(show, noticed, qtbot, tmp_path):
    (tmp_path / "file").write_text("not a folder")
    asking = save(show(), qtbot)
    asking.fileSelected.emit(str(tmp_path / "file" / "a.txt"))
    asking.reject()
    qtbot.waitUntil(lambda: bool(noticed))
    assert noticed[0].kind == "bad"
    assert str(tmp_path / "file") in noticed[0].text


def test_copy_takes_the_whole_meeting_and_word_files_are_not_copied(show, document, qtbot):
    QGuiApplication.clipboard().clear()
    dialog = show()
    choose(dialog, "md", qtbot)
    qtbot.mouseClick(button(dialog, "Copy"), Qt.MouseButton.LeftButton)
    whole = render(document.transcript, "md", ExportOptions(language="ru")).decode()
    qtbot.waitUntil(lambda: QGuiApplication.clipboard().text() == whole)
    choose(dialog, "docx", qtbot)
    copies = [b for b in dialog.findChildren(QPushButton) if b.text() in ("Copy", "Copied")]
    assert not copies[0].isEnabled()


@pytest.mark.parametrize("name", ["txt", "md"])
def test_copy_as_needs_no_dialog(document, session, noticed, qtbot, name):
    QGuiApplication.clipboard().clear()
    copy_as(document, session, name)
    whole = render(document.transcript, name, ExportOptions(language="ru")).decode()
    qtbot.waitUntil(lambda: bool(noticed))
    assert QGuiApplication.clipboard().text() == whole
    assert noticed[0].kind == "good"


def test_of_a_long_meeting_the_beginning_is_shown_and_that_is_said(
    show, document, transcript_of, qtbot
):
    document.transcript = transcript_of(rows=3000)
    dialog = show()
    assert len(shown(dialog).splitlines()) == 200
    assert any("beginning" in label.text() for label in labels(dialog))


def test_of_a_short_meeting_nothing_is_said_to_be_missing(show):
    assert not any("beginning" in label.text() for label in labels(show()))


def labels(dialog):
    return [label for label in dialog.findChildren(QLabel) if label.isVisible()]


def test_the_dialog_goes_when_its_meeting_does(show, document):
    dialog = show()
    document.close()
    assert not dialog.isVisible()
