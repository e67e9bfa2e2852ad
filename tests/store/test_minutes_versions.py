"""Minutes in the library: versions, edits, results of blocks, and the log of what was sent."""

from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from voicerec_desktop.core.minutes import Fact, Minutes, MissingPart
from voicerec_desktop.store.deletion import delete_meeting
from voicerec_desktop.store.minutes_versions import LlmRequest
from voicerec_desktop.store.sidecar import restore, write_sidecar

TEXT = st.text(max_size=12)
SECONDS = st.floats(0, 1e5)
FACTS = st.builds(Fact, text=TEXT, owner=TEXT, due=TEXT, quote=TEXT, start=st.none() | SECONDS)
ONE = Minutes("v1", "m", "2026-11-25T00:00:00+00:00", "ru", "general", "qwen", "p", "Итог")
TWO = replace(ONE, id="v2", template="standup")


@given(
    facts=st.lists(FACTS, max_size=3),
    missing=st.lists(st.builds(MissingPart, SECONDS, SECONDS, TEXT), max_size=2),
    edited=st.none() | TEXT,
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
def test_minutes_come_out_as_they_went_in(library, add_meeting, facts, missing, edited):
    minutes = replace(ONE, facts=tuple(facts), missing=tuple(missing), edited=edited)
    if not library.meetings():
        add_meeting(library, "m", "раз")
    library.add_minutes(minutes)
    assert library.minutes_versions("m") == [minutes]
    assert library.transcript("m").minutes == minutes
    library.delete_minutes("v1")
    assert library.minutes("m") is None


def test_a_new_version_leaves_the_old_one_and_what_the_user_wrote(library, add_meeting):
    add_meeting(library, "m", "раз")
    library.add_minutes(ONE)
    library.edit_minutes("v1", "Моими словами")
    library.add_minutes(TWO)
    first, second = library.minutes_versions("m")
    assert (first.text, first.summary) == ("Моими словами", "Итог")
    assert library.minutes("m") == second == TWO
    library.edit_minutes("v1", None)
    assert library.minutes_versions("m")[0].text == "Итог"


def test_a_new_transcript_keeps_the_minutes(library, add_meeting):
    add_meeting(library, "m", "раз")
    library.add_minutes(ONE)
    said = library.transcript("m")
    library.replace_segments("m", said.speakers, said.segments, said.turns)
    assert library.minutes("m") == ONE


def test_all_versions_are_in_the_sidecar(library, home, add_meeting):
    add_meeting(library, "m", "раз")
    library.add_minutes(ONE)
    assert library.due_sidecars() == {"m": 1}
    library.edit_minutes("v1", "своё")
    library.add_minutes(TWO)
    write_sidecar(library, "m", home.meeting("m"))
    library.forget_meeting("m")
    assert restore(library, home.meetings) == ["m"]
    assert library.minutes_versions("m") == [replace(ONE, edited="своё"), TWO]
    assert library.check() == []


def test_the_result_of_a_block_is_found_by_its_key_and_meeting(library, add_meeting):
    add_meeting(library, "m", "раз")
    add_meeting(library, "n", "два")
    library.keep_block("m", "key", b"one")
    library.keep_block("m", "key", b"two")
    assert library.block("m", "key") == b"two"
    assert library.block("n", "key") is None
    assert library.block("m", "other") is None


def test_what_was_sent_stays_known_when_the_meeting_is_deleted(
    library, home, add_meeting, words_in
):
    add_meeting(library, "m", "раз")
    library.add_minutes(replace(ONE, summary="Договорились о тайне"))
    library.keep_block("m", "key", "тайне".encode())
    library.note_llm_request(LlmRequest("2026", "llm.company", 100, "minutes", "m"))
    library.note_llm_request(LlmRequest("2027", "llm.company", 5, "models"))
    assert [one.at for one in library.llm_requests()] == ["2027", "2026"]
    assert [one.size for one in library.llm_requests("m")] == [100]
    delete_meeting(library, home, "m")
    assert library.llm_requests()[1] == LlmRequest("2026", "llm.company", 100, "minutes", None)
    assert words_in(home.data, "тайне") == []
