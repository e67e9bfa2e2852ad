"""What goes into the library comes out equal."""

from dataclasses import replace
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from voicerec_desktop.core.errors import ErrorCode, KnownError
from voicerec_desktop.core.glossary import GlossaryEntry
from voicerec_desktop.core.model import (
    Diarization,
    Gap,
    GapReason,
    Meeting,
    MeetingStatus,
    Segment,
    Source,
    Speaker,
    SpeakerTurn,
    Stage,
    StageRun,
    StageState,
    Track,
    TrackKind,
    Word,
)
from voicerec_desktop.store.library import Library

SECONDS = st.floats(0, 1e5)
TEXT = st.text(max_size=12)
REAL = st.floats(allow_nan=False, allow_infinity=False)
SIZE = st.integers(0, 2**40)
MEETINGS = st.builds(
    Meeting,
    id=st.just(""),
    title=TEXT,
    started_at=TEXT,
    duration=SECONDS,
    language=TEXT,
    status=st.sampled_from(MeetingStatus),
    source=st.sampled_from(Source),
    error=TEXT,
)
TRACKS = st.builds(
    Track,
    id=st.just(""),
    meeting_id=st.just(""),
    kind=st.sampled_from(TrackKind),
    path=TEXT,
    sample_rate=SIZE,
    channels=SIZE,
    frames=SIZE,
    sha256=TEXT,
    warning=TEXT,
    channel=st.integers(-1, 9),
    clock_rate=REAL,
)
WORDS = st.builds(
    Word,
    start=SECONDS,
    end=SECONDS,
    text=TEXT,
    probability=REAL,
    speaker_id=st.none() | TEXT,
    original=st.none() | TEXT,
)
SEGMENTS = st.builds(
    Segment,
    id=st.just(""),
    start=SECONDS,
    end=SECONDS,
    text=TEXT,
    words=st.lists(WORDS, max_size=3).map(tuple),
    speaker_id=st.none() | TEXT,
    track_id=TEXT,
    flags=st.lists(TEXT, max_size=2).map(tuple),
    avg_logprob=REAL,
    no_speech_prob=REAL,
)
SPEAKERS = st.builds(
    Speaker,
    id=st.just(""),
    number=SIZE,
    name=st.none() | st.text(min_size=1),
    colour=SIZE,
    embedding=st.lists(REAL, max_size=4).map(tuple),
)
TURNS = st.builds(SpeakerTurn, start=SECONDS, end=SECONDS, speaker_id=TEXT)
JSON = st.dictionaries(TEXT, st.none() | st.booleans() | SIZE | REAL | TEXT | st.lists(TEXT))
RUNS = st.builds(
    StageRun,
    meeting_id=st.just(""),
    stage=st.sampled_from(Stage),
    state=st.sampled_from(StageState),
    options=JSON,
    seconds=SECONDS,
    error=TEXT,
)


@pytest.fixture(scope="module")
def shared(tmp_path_factory):
    """One library for all examples of a property."""
    folder = tmp_path_factory.mktemp("values")
    with Library(folder / "library.db", folder / "backups") as library:
        yield library


NUMBERS = count()


def property_test(test):
    return settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])(
        test
    )


@property_test
@given(MEETINGS, TRACKS, st.binary(), st.lists(st.tuples(SECONDS, SECONDS)))
def test_meetings_and_tracks(shared, meeting, track, peaks, holes):
    key = f"m{next(NUMBERS):09}"
    meeting = replace(meeting, id=key)
    first = replace(track, id=f"{key}-1", meeting_id=key)
    second = replace(track, id=f"{key}-2", meeting_id=key)
    gaps = [
        Gap(first.id, start, duration, reason)
        for (start, duration), reason in zip(sorted(holes), [*GapReason] * 99, strict=False)
    ]
    shared.add_meeting(meeting, [first])
    shared.add_track(second)
    shared.set_peaks(first.id, peaks)
    for gap in gaps:
        shared.add_gap(gap)

    assert shared.meeting(key) == meeting
    assert meeting in shared.meetings()
    assert shared.tracks(key) == [first, second]
    assert (shared.peaks(first.id), shared.peaks(second.id)) == (peaks, b"")
    assert shared.gaps(first.id) == gaps
    shared.update_track(replace(second, path="new", sha256="ab"))
    assert shared.tracks(key) == [first, replace(second, path="new", sha256="ab")]


@property_test
@given(
    st.lists(SEGMENTS, max_size=4),
    st.lists(SPEAKERS, max_size=3),
    st.lists(TURNS, max_size=3),
    st.lists(RUNS, max_size=3),
)
def test_transcripts_engine_results_and_stages(shared, segments, speakers, turns, runs):
    key = f"m{next(NUMBERS):09}"
    track = Track(f"{key}-t", key, TrackKind.MIC, "/a")
    segments = [
        replace(s, id=f"{key}-{i}")
        for i, s in enumerate(sorted(segments, key=lambda segment: (segment.start, segment.end)))
    ]
    speakers = [
        replace(s, id=f"{key}-s{i}")
        for i, s in enumerate(sorted(speakers, key=lambda speaker: speaker.number))
    ]
    turns = sorted(turns, key=lambda turn: (turn.start, turn.end, turn.speaker_id))
    diarization = Diarization(tuple(turns), tuple(turns[:1]), tuple(speakers))
    shared.add_meeting(Meeting(key, "t", "2026"), [track])
    assert shared.diarization(track.id) is None

    shared.append_asr(track.id, segments[:2])
    shared.append_asr(track.id, segments[2:])
    shared.replace_diarization(track.id, Diarization())
    shared.replace_diarization(track.id, diarization)
    for run in runs:
        shared.finish_stage(
            shared.start_stage(key, run.stage, run.options), run.state, run.seconds, run.error
        )
    runs = [replace(run, meeting_id=key) for run in runs]

    assert shared.asr_segments(track.id) == segments
    assert shared.diarization(track.id) == diarization
    assert shared.transcript(key).segments == tuple(segments)  # until there is something better
    shared.replace_segments(key, speakers, segments, turns)
    found = shared.transcript(key)
    assert found.segments == tuple(segments)
    assert found.speakers == tuple(speakers)
    assert found.turns == tuple(turns)
    assert found.stages == tuple(runs)
    for stage in Stage:
        assert shared.last_run(key, stage) == next(
            (run for run in reversed(runs) if run.stage == stage), None
        )
    shared.clear_asr(track.id)
    assert shared.asr_segments(track.id) == []


def test_the_glossary(library):
    entries = [
        GlossaryEntry("RUMA", ("рум", "рума"), True),
        GlossaryEntry("«Ёлка»", (), False),
    ]
    library.replace_glossary([GlossaryEntry("old", ("x",), False)])
    library.replace_glossary(entries)
    assert library.glossary() == entries


def test_meetings_are_listed_newest_first(library):
    for key, started in (("a", "2026-01-02"), ("b", "2026-01-03"), ("c", "2026-01-01")):
        library.add_meeting(Meeting(key, key, started), [])
    assert [meeting.id for meeting in library.meetings()] == ["b", "a", "c"]


def test_an_update_changes_only_what_is_given(library):
    library.add_meeting(Meeting("m", "old", "2026", 3.0, "ru", error="disk_full"), [])
    library.add_meeting(Meeting("other", "other", "2026"), [])
    library.update_meeting("m", title="new")
    assert library.meeting("m") == Meeting("m", "new", "2026", 3.0, "ru", error="disk_full")
    library.update_meeting("m", status=MeetingStatus.FAILED, error="", duration=4.0, language="en")
    assert library.meeting("m") == Meeting("m", "new", "2026", 4.0, "en", MeetingStatus.FAILED)
    assert library.meeting("other") == Meeting("other", "other", "2026")


def test_names_survive_a_new_transcript_of_the_same_speakers(library, add_meeting):
    add_meeting(library, "m", "раз", "два")
    transcript = library.transcript("m")
    one, two = transcript.speakers
    library.rename_speaker(one.id, "Анна")
    library.replace_segments("m", [one, two], transcript.segments, transcript.turns)
    assert [s.name for s in library.transcript("m").speakers] == ["Анна", None]
    library.rename_speaker(one.id, None)
    assert library.transcript("m").speakers == (one, two)


@pytest.mark.parametrize(
    ("given_id", "found"),
    [
        ("01jqaaaa1", "01jqaaaa1"),
        ("01jqaa", ErrorCode.MEETING_AMBIGUOUS),
        ("01jqaaaa", "01jqaaaa"),  # itself, although another one begins so
        ("01JQB", "01jqb"),
        ("01jq%", ErrorCode.MEETING_UNKNOWN),
        ("01j", ErrorCode.MEETING_UNKNOWN),  # too little to be meant
        ("", ErrorCode.MEETING_UNKNOWN),
        ("нет такой", ErrorCode.MEETING_UNKNOWN),
        ("\udcff\udcfe\udcfd\udcfc", ErrorCode.MEETING_UNKNOWN),  # an argument that is no Unicode
        ("x' OR 1=1 --", ErrorCode.MEETING_UNKNOWN),
    ],
)
def test_a_meeting_is_found_by_its_id_or_what_it_alone_begins_with(library, given_id, found):
    for key in ("01jqaaaa", "01jqaaaa1", "01jqb"):
        library.add_meeting(Meeting(key, "t", "2026"), [])
    if isinstance(found, ErrorCode):
        with pytest.raises(KnownError) as caught:
            library.meeting(given_id)
        assert caught.value.code == found
    else:
        assert library.meeting(given_id).id == found


def test_a_transaction_is_stored_whole_or_not_at_all(library, add_meeting):
    class StopError(Exception):
        pass

    def stopped() -> None:
        with library.transaction():
            add_meeting(library, "m", "раз")
            raise StopError

    with pytest.raises(StopError):
        stopped()
    assert library.meetings() == []
    with library.transaction():
        add_meeting(library, "m", "раз")
        add_meeting(library, "n", "два")
    assert len(library.meetings()) == 2
