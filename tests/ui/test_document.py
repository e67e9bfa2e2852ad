"""The open meeting: read, edited, undone, and told when storing fails."""

import pytest

from voicerec_desktop.core import editing
from voicerec_desktop.core.model import Segment
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
    document.edit(lambda t: editing.rename_speaker(t, speaker.id, "Анна"))
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


@pytest.fixture
def long(session, qtbot, transcript_of, put_transcript):
    """A meeting so long that edits are made on a lane."""
    transcript = transcript_of("02long", rows=1500)
    task = session.run(lambda library: put_transcript(library, transcript))
    with qtbot.waitSignal(task.finished):
        pass
    document = MeetingDocument(session)
    with qtbot.waitSignal(document.loaded):
        document.open("02long")
    return document


def merge(document):
    """Ask to make the third speaker the second."""
    one, two = document.transcript.speakers[2].id, document.transcript.speakers[1].id
    document.edit(lambda t: editing.merge_speakers(t, one, two))


def names(transcript):
    return [speaker.name for speaker in transcript.speakers]


def test_edits_of_a_long_meeting_do_not_wait_for_each_other_and_keep_their_order(
    long, session, qtbot
):
    texts, told, first = [], [], long.transcript.segments[0]
    long.edited.connect(lambda edit: texts.append(edit.after.segments[0].text))
    for text in ("Раз.", "Раз два.", "Раз два три."):
        long.edit(lambda t, text=text: editing.correct_text(t, first.id, text), told.append)
    assert not texts
    assert long.transcript.segments[0] is first
    qtbot.waitUntil(lambda: len(told) == 3)
    assert texts == ["Раз.", "Раз два.", "Раз два три."]
    assert told == [True, True, True]
    assert stored(session, qtbot, "02long") == long.transcript


def test_undo_takes_back_the_edit_that_is_still_being_made(long, session, qtbot):
    before = long.transcript
    merge(long)
    with qtbot.waitSignals([long.edited, long.edited]):
        long.undo()
    assert long.transcript == before == stored(session, qtbot, "02long")
    with qtbot.waitSignal(long.edited):
        long.redo()
    assert len(long.transcript.speakers) == 2
    assert stored(session, qtbot, "02long") == long.transcript


def test_an_edit_takes_in_the_segments_that_arrive_while_it_is_made(long, qtbot):
    last, third = long.transcript.segments[-1], long.transcript.speakers[2].id
    new = Segment("late", last.end, last.end + 1, "Ещё.", (), third, last.track_id)
    merge(long)
    with qtbot.waitSignal(long.edited):
        long.append((new,))
    assert len(long.transcript.segments) == 1501
    assert third not in {segment.speaker_id for segment in long.transcript.segments}


def test_what_is_still_being_made_is_stored_when_the_document_goes(long, session, qtbot):
    speaker = long.transcript.speakers[0].id
    merge(long)
    long.edit(lambda t: editing.rename_speaker(t, speaker, "Анна"))
    long.finish()
    found = stored(session, qtbot, "02long")
    assert names(found) == ["Анна", None]
    assert session.is_open
    assert len(long.transcript.speakers) == 3  # nobody looks any more


def test_another_meeting_is_opened_while_an_edit_is_made(long, filled, session, qtbot):
    merge(long)
    with qtbot.waitSignal(long.loaded):
        long.open(filled)
    assert len(long.transcript.speakers) == 3
    assert len(stored(session, qtbot, "02long").speakers) == 2
