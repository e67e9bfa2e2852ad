"""The open meeting: read, edited, undone, and told when storing fails."""

import pytest

from voicerec_desktop.core import editing
from voicerec_desktop.ui.document import MeetingDocument


@pytest.fixture
def document(session, filled, qtbot):
    document = MeetingDocument(session)
    with qtbot.waitSignal(document.loaded):
        document.open(filled)
    return document


def stored(session, qtbot, meeting_id):
    with qtbot.waitSignal(session.run(lambda lib: lib.transcript(meeting_id)).finished) as found:
        pass
    return found.args[0]


def test_an_edit_shows_at_once_and_is_in_the_library_soon(document, session, qtbot):
    speaker = document.transcript.speakers[0]
    assert document.edit(lambda t: editing.rename_speaker(t, speaker.id, "Анна"))
    assert document.transcript.speakers[0].name == "Анна"
    assert stored(session, qtbot, document.meeting_id).speakers[0].name == "Анна"


def test_undo_and_redo_change_document_and_library(document, session, qtbot):
    segment = document.transcript.segments[0]
    document.edit(lambda t: editing.correct_text(t, segment.id, "Добрый день."))
    with qtbot.waitSignal(document.edited):
        document.undo()
    assert document.transcript.segments[0].text == segment.text
    assert stored(session, qtbot, document.meeting_id).segments[0].text == segment.text
    with qtbot.waitSignal(document.edited):
        document.redo()
    assert stored(session, qtbot, document.meeting_id).segments[0].text == "Добрый день."


def test_an_edit_that_another_program_made_impossible_is_told_and_the_truth_shown(
    document, session, qtbot
):
    segment = document.transcript.segments[0]
    task = session.run(
        lambda lib: lib.apply_edit(
            document.meeting_id,
            editing.correct_text(lib.transcript(document.meeting_id), segment.id, "Раз."),
        )
    )
    with qtbot.waitSignal(task.finished):
        pass
    with qtbot.waitSignals([session.noticed, document.loaded]):
        document.edit(lambda t: editing.correct_text(t, segment.id, "Два."))
    assert document.transcript.segments[0].text == "Раз."
