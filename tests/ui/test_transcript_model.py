"""Rows of the transcript: an edit touches its own, in whatever order they come and go."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QSignalSpy

from voicerec_desktop.core import editing
from voicerec_desktop.core.editing import Edit, EditKind, Rows
from voicerec_desktop.ui.models.transcript_model import TranscriptModel
from voicerec_desktop.ui.transcript_text import corrected_word, word_spans


class Opened:
    """A model and the transcript it shows; Qt's own tester watches every step."""

    def __init__(self, transcript):
        self.transcript = transcript
        self.model = TranscriptModel()
        fatal = QAbstractItemModelTester.FailureReportingMode.Fatal
        self._tester = QAbstractItemModelTester(self.model, fatal)
        self.model.load(transcript)
        self.resets = QSignalSpy(self.model.modelReset)
        self.inserted = QSignalSpy(self.model.rowsInserted)
        self.changed = QSignalSpy(self.model.dataChanged)

    def edit(self, edit):
        self.transcript = editing.apply(self.transcript, edit)
        self.model.apply(edit, self.transcript)

    @property
    def shown(self):
        return [self.model.segment(row).id for row in range(self.model.rowCount())]

    @property
    def expected(self):
        return [s.id for s in self.transcript.segments if not s.dismissed]


@pytest.fixture
def opened(qapp, transcript_of):
    return Opened(transcript_of(rows=12))


def test_a_corrected_text_changes_its_row_and_no_other(opened):
    segment = opened.transcript.segments[3]
    opened.edit(editing.correct_text(opened.transcript, segment.id, "Другое."))
    assert opened.model.data(opened.model.index(3, 0)) == "Другое."
    assert opened.resets.count() == opened.inserted.count() == 0
    first, last = opened.changed.at(0)[:2]
    assert (first.row(), last.row()) == (3, 4)  # the row after it may show its speaker anew


def test_split_join_dismiss_and_undo_leave_the_rows_of_the_transcript(opened):
    segments = opened.transcript.segments
    steps = [
        lambda t: editing.split_segment(t, segments[2].id, 2),
        lambda t: editing.join_segments(t, [s.id for s in t.segments[5:8]]),
        lambda t: editing.dismiss(t, segments[0].id),
        lambda t: editing.merge_speakers(t, t.speakers[1].id, t.speakers[0].id),
        lambda t: editing.dismiss(t, segments[-1].id),
    ]
    done = []
    for make in steps:
        done.append(make(opened.transcript))
        opened.edit(done[-1])
        assert opened.shown == opened.expected
    assert opened.model.dismissed_count == 2
    for edit in reversed(done):
        opened.edit(editing.inverse(edit))
        assert opened.shown == opened.expected
    assert opened.resets.count() == 0
    assert opened.model.dismissed_count == 0
    assert [opened.model.row_of(segment_id) for segment_id in opened.shown] == list(range(12))


def test_segments_of_a_second_track_come_between_those_of_the_first(opened):
    new = tuple(
        replace(s, id=f"b-{s.id}", start=s.start + 1, end=s.end + 1, track_id="other")
        for s in opened.transcript.segments
    )
    opened.edit(Edit(EditKind.TEXT, Rows(), Rows(new)))
    assert opened.shown == opened.expected
    assert len(opened.shown) == 24
    assert opened.resets.count() == 0


def test_a_segment_that_is_said_later_than_thought_moves(opened):
    segment = opened.transcript.segments[2]
    later = replace(segment, start=17.0, end=18.0)
    opened.edit(Edit(EditKind.TEXT, Rows((segment,)), Rows((later,))))
    assert opened.shown == opened.expected
    assert opened.model.row_of(segment.id) == 4


def test_a_new_transcript_of_thousands_of_rows_is_shown_whole(qapp, transcript_of):
    opened = Opened(transcript_of(rows=600))
    new = tuple(replace(s, id=f"new-{s.id}") for s in opened.transcript.segments)
    opened.edit(Edit(EditKind.RERUN, Rows(opened.transcript.segments), Rows(new)))
    assert opened.shown == opened.expected
    assert opened.shown[0].startswith("new-")


def test_who_speaks_is_shown_where_the_speaker_changes_or_a_pause_ends(opened):
    starts = [opened.model.starts_group(row) for row in range(6)]
    assert starts == [True, True, True, True, True, True]
    first, second = opened.transcript.segments[:2]
    opened.edit(editing.assign_speaker(opened.transcript, [second.id], first.speaker_id))
    assert [opened.model.starts_group(row) for row in range(3)] == [True, False, False]
    late = replace(second, start=3 + 4 * 12 + 30, end=4 * 12 + 40, id="late")
    last = replace(late, id="last", start=late.end, end=late.end + 1)
    opened.edit(Edit(EditKind.TEXT, Rows(), Rows((late, last))))
    assert opened.model.starts_group(12)
    assert not opened.model.starts_group(13)


def test_a_row_is_read_out_as_speaker_time_text_and_what_is_special(opened):
    model, segment = opened.model, opened.transcript.segments[1]
    role = Qt.ItemDataRole.AccessibleTextRole
    assert model.data(model.index(1, 0), role) == f"Speaker 2, 0:04, {segment.text}"
    rename = editing.rename_speaker(opened.transcript, segment.speaker_id, "Борис")
    opened.edit(rename)
    doubtful = replace(segment, flags=("doubtful:credits", "overlap"))
    opened.edit(Edit(EditKind.TEXT, Rows((segment,)), Rows((doubtful,))))
    spoken = model.data(model.index(1, 0), role)
    assert spoken == f"Борис, 0:04, {segment.text}, doubtful, several people speak"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("Это рума, да.", "Это RUMA, да.", ("RUMA", "рума")),
        ("Это ру ма, да.", "Это RUMA, да.", ("RUMA", "ру ма")),
        ("у нас кубер нетес", "у нас Kubernetes", ("Kubernetes", "кубер нетес")),
        ("Это дом.", "Это Дом!", None),
        ("один два три", "один три", None),
        ("один два три", "раз два четыре", None),
        ("их было пять", "их было 5", None),
    ],
)
def test_one_corrected_word_is_told_from_other_corrections(old, new, expected):
    assert corrected_word(old, new) == expected


def test_words_are_found_in_their_text_though_it_has_other_blanks(transcript_of):
    segment = transcript_of().segments[0]
    loose = replace(segment, text="  " + segment.text.replace(" ", "   "))
    assert [loose.text[a:b] for a, b in word_spans(loose)] == segment.text.split()
