"""The queue in the library: an order that the user changes and that restarts keep."""

import pytest

from voicerec_desktop.core.glossary import GlossaryEntry
from voicerec_desktop.core.process_options import ProcessOptions
from voicerec_desktop.store.library import Library

OPTIONS = ProcessOptions("ru", "whisper-small", "cpu", min_speakers=2, max_speakers=4)
WITH_TERMS = ProcessOptions(diarization=False, glossary=(GlossaryEntry("RUMA", ("рум",), True),))


@pytest.fixture
def waiting(library, add_meeting) -> Library:
    """A library in whose queue four meetings are."""
    for key in "abcd":
        add_meeting(library, key)
        library.add_job(key, OPTIONS)
    return library


def order(library: Library) -> str:
    return "".join(job.meeting_id for job in library.jobs())


def test_jobs_wait_in_the_order_in_which_they_came_with_their_options(home, waiting):
    waiting.add_job("b", WITH_TERMS)  # again: it keeps its place
    waiting.close()
    with Library(home.library, home.backups) as again:
        assert order(again) == "abcd"
        assert [job.options for job in again.jobs()] == [OPTIONS, WITH_TERMS, OPTIONS, OPTIONS]
        assert again.last_options("b") == WITH_TERMS


@pytest.mark.parametrize(
    ("moved", "before", "result"),
    [
        ("d", "a", "dabc"),
        ("a", None, "bcda"),
        ("a", "c", "bacd"),
        ("c", "b", "acbd"),
        ("b", "b", "abcd"),
        ("x", "a", "abcd"),
        ("a", "x", "abcd"),
    ],
)
def test_jobs_are_moved(waiting, moved, before, result):
    waiting.move_job(moved, before)
    assert order(waiting) == result


def test_a_job_can_be_moved_between_the_same_two_any_number_of_times(waiting):
    for i in range(200):
        waiting.move_job("dc"[i % 2], "b")
    assert order(waiting) == "adcb"
    waiting.add_job("a", OPTIONS)
    waiting.remove_job("a")
    waiting.add_job("a", OPTIONS)
    assert order(waiting).endswith("a")


def test_a_held_job_is_held_until_it_is_let_go_or_added_again(waiting):
    waiting.hold_job("b", True)
    waiting.hold_job("c", True)
    assert [job.held for job in waiting.jobs()] == [False, True, True, False]
    waiting.hold_job("b", False)
    waiting.add_job("c", OPTIONS)
    assert not any(job.held for job in waiting.jobs())


def test_a_job_goes_with_its_meeting_and_options_outlive_the_job(waiting):
    waiting.remove_job("a")
    assert waiting.last_options("a") == OPTIONS
    waiting.delete_meeting("b")
    assert order(waiting) == "cd"
    assert waiting.last_options("b") is None


def test_nobody_knows_the_options_of_a_meeting_that_was_never_processed(library, add_meeting):
    add_meeting(library, "m")
    assert library.last_options("m") is None
    library.remember_options("m", WITH_TERMS)
    assert library.last_options("m") == WITH_TERMS
    assert library.jobs() == []
