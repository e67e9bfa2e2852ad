"""Edits in the library: row by row, undone and redone across restarts, safe from new runs."""

from dataclasses import replace

import pytest

from voicerec_desktop.core.editing import (
    Edit,
    EditKind,
    Rows,
    add_speaker,
    apply,
    assign_words,
    correct_text,
    dismiss,
    inverse,
    join_segments,
    merge_speakers,
    rename_speaker,
    restore,
    split_segment,
)
from voicerec_desktop.core.errors import ErrorCode, KnownError
from voicerec_desktop.core.model import (
    Diarization,
    Segment,
    Speaker,
    SpeakerTurn,
    Stage,
    StageState,
    Transcript,
)
from voicerec_desktop.store.backup import backup_into
from voicerec_desktop.store.deletion import delete_meeting
from voicerec_desktop.store.library import Library
from voicerec_desktop.store.recovery import recover
from voicerec_desktop.store.sidecar import write_due_sidecars, write_sidecar


@pytest.fixture
def meeting(library, add_meeting) -> str:
    add_meeting(library, "other", "раз", "бюджет на год")
    add_meeting(library, "m", "раз два", "бюджет на год", "три", "четыре пять")
    return "m"


def rows(transcript: Transcript) -> Rows:
    return Rows(transcript.segments, transcript.speakers, transcript.turns)


def do(library: Library, make, *arguments) -> Edit:
    """Make an edit of what is stored, and store it."""
    before = library.transcript("m")
    edit = make(before, *arguments)
    library.apply_edit("m", edit)
    assert library.transcript("m") == apply(before, edit)
    return edit


def do_many(library: Library) -> list[Transcript]:
    """Edits of all kinds; what was stored before the first one and after each."""
    states = [library.transcript("m")]
    for make, *arguments in (
        (correct_text, "m-0", "раз, два!"),
        (split_segment, "m-1", 1),
        (lambda t: assign_words(t, "m-3", 1, 1, add_speaker(t)),),
        (rename_speaker, "m-t-s1", "Анна"),
        (merge_speakers, "m-t-s2", "m-t-s1"),
        (join_segments, ["m-2", "m-3"]),
        (dismiss, "m-0"),
        (restore, "m-0"),
    ):
        do(library, make, *arguments)
        states.append(library.transcript("m"))
    return states


def test_edits_of_all_kinds_are_taken_back_and_done_again_across_restarts(home, meeting, library):
    others = library.transcript("other")
    states = do_many(library)
    library.close()
    for before, after in zip(reversed(states[:-1]), reversed(states[1:]), strict=True):
        with Library(home.library, home.backups) as opened:
            kind = opened.undo_kind("m")
            done = opened.undo("m")
            assert done.kind == kind == opened.redo_kind("m")
            assert opened.transcript("m") == before == apply(after, done)
            assert opened.check() == []
    with Library(home.library, home.backups) as opened:
        assert opened.undo("m") is opened.undo_kind("m") is None
    for after in states[1:]:
        with Library(home.library, home.backups) as opened:
            opened.redo("m")
            assert opened.transcript("m") == after
    with Library(home.library, home.backups) as opened:
        assert opened.redo("m") is opened.redo_kind("m") is None
        assert opened.transcript("other") == others


def test_a_new_edit_takes_the_place_of_those_that_were_undone(library, meeting):
    do(library, correct_text, "m-0", "первое")
    do(library, correct_text, "m-0", "второе")
    library.undo("m")
    library.undo("m")
    do(library, correct_text, "m-0", "третье")
    assert library.redo("m") is None
    library.undo("m")
    assert library.transcript("m").segments[0].text == "раз два"
    assert library.undo("m") is None


def test_meetings_are_undone_apart(library, meeting):
    do(library, correct_text, "m-0", "первое")
    other = library.transcript("other")
    library.apply_edit("other", correct_text(other, "other-0", "иное"))
    library.undo("m")
    assert library.transcript("m").segments[0].text == "раз два"
    assert library.transcript("other").segments[0].text == "иное"


@pytest.mark.parametrize(
    "stale",
    [
        lambda t: correct_text(t, "m-0", "новое"),
        lambda t: rename_speaker(t, "m-t-s1", "Борис"),
        lambda t: assign_words(t, "m-0", 0, 0, "m-t-s2"),
        lambda t: Edit(EditKind.SPEAKER, Rows(turns=(SpeakerTurn(1, 2, "m-t-s1"),)), Rows()),
        lambda t: Edit(EditKind.SPLIT, Rows(), Rows((replace(t.segments[0], text="x"),))),
        lambda t: Edit(EditKind.SPEAKER, Rows(), Rows(speakers=(t.speakers[0],))),
    ],
)
def test_an_edit_of_rows_that_are_not_there_any_more_changes_nothing(library, meeting, stale):
    edit = stale(library.transcript("m"))
    do(library, correct_text, "m-0", "старое слово")
    do(library, rename_speaker, "m-t-s1", "Анна")
    before = library.transcript("m")
    with pytest.raises(KnownError) as caught:
        library.apply_edit("m", edit)
    assert caught.value.code == ErrorCode.EDIT_OUTDATED
    assert library.transcript("m") == before
    assert library.undo("m").kind == EditKind.RENAME


def test_an_edit_of_another_meeting_or_of_one_that_is_gone_is_refused(library, meeting, home):
    edit = correct_text(library.transcript("m"), "m-0", "новое")
    for place in ("other", "none"):
        with pytest.raises(KnownError) as caught:
            library.apply_edit(place, edit)
        assert caught.value.code == ErrorCode.EDIT_OUTDATED
    added = Edit(EditKind.SPEAKER, Rows(), Rows(speakers=(Speaker("x", 9),)))
    with pytest.raises(KnownError):
        library.apply_edit("none", added)


def test_of_two_processes_that_edit_the_same_segment_one_is_refused(library, meeting, spawn):
    other = spawn("""
from voicerec_desktop.core.editing import correct_text
seen = library.transcript("m")
say("seen")
sys.stdin.readline()
library.apply_edit("m", correct_text(seen, "m-1", "соседний"))
library.apply_edit("m", correct_text(seen, "m-0", "чужое"))
""")
    assert other.stdout.readline() == "seen\n"
    do(library, correct_text, "m-0", "моё")
    other.communicate("\n")
    assert other.returncode != 0
    assert [s.text for s in library.transcript("m").segments[:2]] == ["моё", "соседний"]


def test_search_finds_what_is_there_now(library, meeting):
    def hits(word: str) -> int:
        return len([hit for hit in library.search(word) if hit.meeting_id == "m"])

    do(library, correct_text, "m-0", "совсем иное")
    assert (hits("раз"), hits("совсем")) == (0, 1)
    library.undo("m")
    assert (hits("раз"), hits("совсем")) == (1, 0)
    do(library, split_segment, "m-1", 1)
    assert (hits("бюджет"), hits("год"), hits("бюджет год")) == (1, 1, 0)
    do(library, dismiss, "m-1")
    assert (hits("бюджет"), hits("год")) == (0, 1)
    do(library, restore, "m-1")
    assert hits("бюджет") == 1
    assert library.check() == []


def test_what_the_engines_said_is_never_touched(library, meeting):
    said = library.asr_segments("m-t")
    library.replace_diarization("m-t", Diarization(library.transcript("m").turns))
    found = library.diarization("m-t")
    do_many(library)
    assert library.asr_segments("m-t") == said
    assert library.diarization("m-t") == found


def rerun(library: Library, *texts: str) -> Rows:
    """What the engines say when they run again."""
    segments = tuple(
        Segment(f"new-{i}", i * 5.0, i * 5.0 + 4, text, (), "m-t-s1", "m-t")
        for i, text in enumerate(texts)
    )
    turns = tuple(SpeakerTurn(s.start, s.end, "m-t-s1") for s in segments)
    library.replace_segments("m", [Speaker("m-t-s1", 1)], segments, turns)
    return rows(library.transcript("m"))


def test_a_new_transcript_of_an_edited_meeting_can_be_undone_to_the_edited_one(library, meeting):
    edited = do_many(library)
    new = rerun(library, "новый", "прогон")
    assert new.speakers[0].name == "Анна"
    assert library.undo_kind("m") == EditKind.RERUN
    done = library.undo("m")
    assert library.transcript("m") == edited[-1]
    assert inverse(done).after == new
    library.undo("m")
    assert library.transcript("m") == edited[-2]
    library.redo("m")
    library.redo("m")
    assert rows(library.transcript("m")) == new
    assert [hit.segment_id for hit in library.search("прогон")] == ["new-1"]


def test_a_new_transcript_of_a_meeting_without_edits_leaves_nothing_to_undo(library, meeting):
    do(library, correct_text, "m-0", "первое")
    library.undo("m")
    new = rerun(library, "новый")
    assert library.undo("m") is library.redo("m") is None
    assert rows(library.transcript("m")) == new


def test_the_same_transcript_once_more_is_no_edit(library, meeting):
    do(library, rename_speaker, "m-t-s1", "Анна")
    same = library.transcript("m")
    library.replace_segments("m", same.speakers, same.segments, same.turns)
    assert library.undo_kind("m") == EditKind.RENAME


def test_a_name_is_an_edit_too(library, meeting):
    library.rename_speaker("m-t-s1", "Анна")
    library.rename_speaker("m-t-s1", "Анна")
    library.rename_speaker("gone", "Анна")
    assert library.undo_kind("m") == EditKind.RENAME
    library.undo("m")
    assert library.transcript("m").speakers[0].name is None
    assert library.undo("m") is None


def test_a_lost_library_comes_back_with_what_was_edited(home, library, meeting):
    write_sidecar(library, "m", home.meeting("m"))
    assert library.due_sidecars() == {}
    edited = do_many(library)[-1]
    assert list(library.due_sidecars()) == ["m"]
    assert write_due_sidecars(library, home.meetings) == ["m"]
    assert write_due_sidecars(library, home.meetings) == []
    library.close()
    home.library.unlink()
    recover(home.library, home.backups, home.meetings)
    with Library(home.library, home.backups) as again:
        assert again.transcript("m") == edited


@pytest.mark.parametrize("change", ["undo", "redo", "title"])
def test_a_sidecar_is_due_after_any_change(home, library, meeting, change):
    do(library, correct_text, "m-0", "первое")
    if change == "redo":
        library.undo("m")
    write_sidecar(library, "m", home.meeting("m"))
    if change == "title":
        library.update_meeting("m", title="Иное")
    else:
        getattr(library, change)("m")
    assert list(library.due_sidecars()) == ["m"]


def test_what_is_edited_while_the_sidecar_is_written_is_still_due(library, meeting):
    do(library, correct_text, "m-0", "первое")
    version = library.due_sidecars()["m"]
    do(library, correct_text, "m-0", "второе")
    library.sidecar_written("m", version)
    assert list(library.due_sidecars()) == ["m"]


def test_no_edited_word_stays_of_a_deleted_meeting(home, library, meeting, words_in):
    do(library, correct_text, "m-0", "Гиппопотам тут")
    do(library, correct_text, "m-0", "Синхрофазотрон тут")
    library.undo("m")
    backup_into(home.library, home.backups)
    assert words_in(home.data, "Гиппопотам")
    assert words_in(home.data, "Синхрофазотрон")
    assert delete_meeting(library, home, "m") == []
    library.close()
    assert words_in(home.data, "Гиппопотам") == words_in(home.data, "Синхрофазотрон") == []


def test_an_edit_touches_only_its_rows(library, add_meeting):
    """Else a long meeting would feel heavy: most of its rows are neither read nor written."""
    texts = [f"слово {i}" for i in range(3000)]
    add_meeting(library, "m", *texts)
    before = library.transcript("m")
    edit = correct_text(before, "m-1500", "иное")
    changes, seen = library._connection.total_changes, []
    library._connection.set_trace_callback(seen.append)
    library.apply_edit("m", edit)
    library.undo("m")
    library._connection.set_trace_callback(None)
    assert library._connection.total_changes - changes < 30
    assert not any("FROM segment WHERE meeting_id" in statement for statement in seen)
    assert library.transcript("m") == before


def test_a_transcript_made_since_the_engines_ran_is_known_as_such(library, meeting):
    def run(stage: Stage, state: StageState = StageState.DONE, **options: object) -> None:
        library.finish_stage(library.start_stage("m", stage, options), state, 1.0)

    assert library.assembled("m") is None
    run(Stage.ASR)
    run(Stage.ATTRIBUTION, glossary=["x"])
    assert library.assembled("m").options == {"glossary": ["x"]}
    run(Stage.DECODE)
    assert library.assembled("m") is not None
    run(Stage.DIARIZATION, StageState.CANCELLED)
    assert library.assembled("m") is None
    run(Stage.ATTRIBUTION, StageState.FAILED)
    assert library.assembled("m") is None
