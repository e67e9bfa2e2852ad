"""What a user may do to a transcript, and that all of it can be taken back."""

from dataclasses import replace as changed
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voicerec_desktop.core.attribution import number_by_first_word
from voicerec_desktop.core.editing import (
    EditKind,
    Match,
    add_speaker,
    apply,
    assign_speaker,
    assign_words,
    correct_text,
    dismiss,
    find,
    in_order,
    inverse,
    join_segments,
    merge_speakers,
    recolour,
    rename_speaker,
    replace,
    restore,
    split_segment,
)
from voicerec_desktop.core.model import (
    Meeting,
    Segment,
    Speaker,
    SpeakerTurn,
    Transcript,
    Word,
)
from voicerec_desktop.core.segmentation import join_words
from voicerec_desktop.export import json_export, txt
from voicerec_desktop.export.options import ExportOptions


def segment(
    key: str, text: str, start: float = 0.0, speaker: str | None = "a", **values
) -> Segment:
    """A word a second, 0.8 s long; "|" parts words that are written together."""
    pieces = [p for token in text.split() for p in (" " + token).split("|")]
    words = tuple(
        Word(start + i, start + i + 0.8, piece, 0.5, speaker) for i, piece in enumerate(pieces)
    )
    end = words[-1].end if words else start + 1
    return Segment(key, start, end, join_words(words), words, speaker, "t", **values)


def transcript(*segments: Segment, **values) -> Transcript:
    speakers = (Speaker("a", 1, colour=0), Speaker("b", 2, "Борис", 1))
    turns = tuple(SpeakerTurn(s.start, s.end, s.speaker_id) for s in segments if s.speaker_id)
    return Transcript(Meeting("m", "t", "2026"), (), speakers, segments, turns, **values)


def words_after(old: str, new: str) -> list[tuple[str, float, float, str | None]]:
    """Text, times and original of the words after a correction."""
    made = transcript(segment("s", old))
    edit = correct_text(made, "s", new)
    (after,) = edit.after.segments
    assert after.text == join_words(after.words) == " ".join(new.split())
    return [(w.text, round(w.start, 3), round(w.end, 3), w.original) for w in after.words]


def test_corrected_words_keep_their_times_and_remember_what_the_engine_said():
    assert words_after("мы любим рум очень", "Мы любим RUMA очень.") == [
        (" Мы", 0, 0.8, "мы"),
        (" любим", 1, 1.8, None),
        (" RUMA", 2, 2.8, "рум"),
        (" очень.", 3, 3.8, "очень"),
    ]


def test_words_that_come_between_share_the_gap_by_their_length():
    assert words_after("да конечно", "да ну бог конечно") == [
        (" да", 0, 0.8, None),
        (" ну", 0.8, 0.88, ""),
        (" бог", 0.88, 1.0, ""),
        (" конечно", 1, 1.8, None),
    ]


def test_words_that_become_more_or_fewer_share_the_time_of_those_they_replace():
    assert words_after("скажи завтра всем", "скажи за втра всем") == [
        (" скажи", 0, 0.8, None),
        (" за", 1, 1.267, "завтра"),
        (" втра", 1.267, 1.8, ""),
        (" всем", 2, 2.8, None),
    ]
    assert words_after("по тому да", "потому да") == [
        (" потому", 0, 1.8, "по тому"),
        (" да", 2, 2.8, None),
    ]


def test_words_that_go_leave_the_others_alone():
    assert words_after("ну это это самое", "это самое") == [
        (" это", 2, 2.8, None),
        (" самое", 3, 3.8, None),
    ]


def test_of_words_that_are_written_together_only_the_wrong_one_changes():
    assert words_after("twenty|-five men", "twenty-nine men") == [
        (" twenty", 0, 0.8, None),
        ("-nine", 1, 1.8, "-five"),
        (" men", 2, 2.8, None),
    ]
    assert words_after("今|日|は", "今週は") == [
        (" 今", 0, 0.8, None),
        ("週", 1, 1.8, "日"),
        ("は", 2, 2.8, None),
    ]


def test_a_term_of_two_words_that_the_glossary_wrote_stays_one_word():
    term = Word(0, 1, " Visual Studio", 0.5, "a", "вижуал студия")
    rest = Word(1, 2, " тут", 0.5, "a")
    made = transcript(Segment("s", 0, 2, "Visual Studio тут", (term, rest), "a", "t"))
    (after,) = correct_text(made, "s", "Visual Studio там").after.segments
    assert after.words[0] == term
    (after,) = correct_text(made, "s", "Visual Studia тут").after.segments
    assert [(w.text, w.original) for w in after.words] == [
        (" Visual", "вижуал студия"),
        (" Studia", ""),
        (" тут", None),
    ]


def test_what_the_engine_said_is_remembered_over_many_corrections_until_it_is_put_back():
    made = transcript(segment("s", "рум тут"))
    for text in ("RUM тут", "Рума тут"):
        made = apply(made, correct_text(made, "s", text))
        assert made.segments[0].words[0].original == "рум"
    made = apply(made, correct_text(made, "s", "рум тут"))
    assert made.segments[0].words[0].original is None


def test_corrected_text_is_edited_and_trusted():
    made = transcript(segment("s", "ага", flags=("doubtful:loop", "overlap")))
    (after,) = correct_text(made, "s", "ага, да").after.segments
    assert after.flags == ("restored:loop", "overlap", "edited")
    assert correct_text(made, "s", "  ага\n") is None
    assert correct_text(made, "nobody", "ага") is None


def test_text_that_is_taken_away_dismisses_the_segment():
    made = transcript(segment("s", "раз два"))
    edit = correct_text(made, "s", " \n ")
    assert edit.kind == EditKind.DISMISS
    assert apply(made, edit).segments[0].text == "раз два"


def test_a_segment_without_words_gets_some_when_it_is_corrected():
    made = transcript(Segment("s", 10.0, 12.0, "раз", (), "a", "t"))
    (after,) = correct_text(made, "s", "раз два").after.segments
    assert [(w.text, w.start, w.end) for w in after.words] == [(" раз", 10, 12), (" два", 12, 12)]


def test_a_split_segment_is_two_with_their_own_words_and_times():
    made = transcript(segment("s", "раз два три", 5, flags=("overlap",)), segment("z", "ещё", 20))
    after = apply(made, split_segment(made, "s", 2))
    first, second, other = after.segments
    assert (first.id, first.start, first.end, first.text) == ("s", 5, 6.8, "раз два")
    assert (second.start, second.end, second.text) == (7, 7.8, "три")
    assert second.id not in ("s", "z")
    assert second.flags == ("overlap",)
    assert other is made.segments[1]
    assert split_segment(made, "s", 0) is split_segment(made, "s", 3) is None


def test_neighbours_are_joined_as_the_words_of_the_first_speaker():
    one, two = segment("s1", "раз два", 0, "a"), segment("s2", "три", 5, "b")
    made = transcript(one, two, segment("s3", "ещё", 9))
    after = apply(made, join_segments(made, ["s2", "s1"]))
    joined = after.segments[0]
    assert (joined.id, joined.start, joined.end, joined.text) == ("s1", 0, 5.8, "раз два три")
    assert {word.speaker_id for word in joined.words} == {"a"}
    assert len(after.segments) == 2


def test_what_is_certain_is_not_hidden_by_doubtful_text_that_is_joined_to_it():
    real, doubt = segment("s1", "раз", 0), segment("s2", "два", 3, flags=("doubtful:loop",))
    (joined,) = join_segments(transcript(real, doubt), ["s1", "s2"]).after.segments
    assert joined.flags == ("restored:loop",)
    both = transcript(changed(real, flags=("doubtful:x",)), doubt)
    (joined,) = join_segments(both, ["s1", "s2"]).after.segments
    assert joined.doubtful


def test_only_neighbours_on_one_track_are_joined():
    made = transcript(*(segment(f"s{i}", "да", i * 2.0) for i in range(3)))
    assert join_segments(made, ["s0", "s2"]) is None
    assert join_segments(made, ["s0"]) is None
    assert join_segments(made, ["s0", "gone"]) is None
    other = transcript(made.segments[0], changed(made.segments[1], track_id="u"))
    assert join_segments(other, ["s0", "s1"]) is None
    hidden = apply(made, dismiss(made, "s1"))
    joined = apply(hidden, join_segments(hidden, ["s0", "s2"]))
    assert [s.text for s in joined.segments] == ["да да", "да"]


def test_segments_and_their_turns_go_to_another_speaker():
    made = transcript(segment("s1", "раз два", 0), segment("s2", "три", 5), segment("s3", "да", 9))
    after = apply(made, assign_speaker(made, ["s1", "s3"], "b"))
    assert [s.speaker_id for s in after.segments] == ["b", "a", "b"]
    assert [w.speaker_id for w in after.segments[0].words] == ["b", "b"]
    assert [(t.start, t.speaker_id) for t in after.turns] == [(0, "b"), (5, "a"), (9, "b")]
    nobody = apply(made, assign_speaker(made, ["s1"], None))
    assert nobody.segments[0].speaker_id is None
    assert [t.start for t in nobody.turns] == [5, 9]
    assert assign_speaker(made, ["s1"], "a") is None
    assert assign_speaker(made, ["s1"], "nobody") is None


def test_a_turn_that_goes_on_stays_and_slivers_beside_the_segment_do_not():
    said = segment("s", "раз два", 10)  # to 11.8
    made = changed(transcript(said), turns=(SpeakerTurn(4, 12, "a"), SpeakerTurn(11, 20, "b")))
    after = apply(made, assign_speaker(made, ["s"], "b"))
    assert after.turns == (SpeakerTurn(4, 10, "a"), SpeakerTurn(10, 20, "b"))


def test_words_go_to_somebody_new_and_the_segment_is_cut_there():
    made = transcript(segment("s", "раз два три четыре", 0))
    new = add_speaker(made)
    assert (new.number, new.colour) == (3, 2)
    after = apply(made, assign_words(made, "s", 1, 2, new))
    assert [(s.text, s.speaker_id) for s in after.segments] == [
        ("раз", "a"),
        ("два три", new.id),
        ("четыре", "a"),
    ]
    assert after.speakers[-1] == new
    assert [(t.start, t.end, t.speaker_id) for t in after.turns] == [
        (0, 1, "a"),
        (1, 2.8, new.id),
        (2.8, 3.8, "a"),
    ]
    whole = apply(made, assign_words(made, "s", 0, 3, "b"))
    assert [(s.id, s.speaker_id) for s in whole.segments] == [("s", "b")]
    assert assign_words(made, "s", 0, 3, "a") is None
    assert assign_words(made, "s", 2, 1, "b") is None


def test_a_name_is_trimmed_and_can_be_taken_away():
    made = transcript()
    named = apply(made, rename_speaker(made, "a", "  Анна \n Петрова "))
    assert named.speaker("a").name == "Анна Петрова"
    assert apply(named, rename_speaker(named, "a", " ")).speaker("a").name is None
    assert rename_speaker(named, "a", "Анна Петрова") is None
    assert apply(made, recolour(made, "b", 7)).speaker("b").colour == 7
    assert recolour(made, "b", 1) is None


def test_merged_speakers_are_one_with_a_name_and_turns_that_do_not_overlap():
    made = transcript(segment("s1", "раз", 0, "a"), segment("s2", "два", 0.5, "b"))
    after = apply(made, merge_speakers(made, "b", "a"))
    assert after.speakers == (Speaker("a", 1, "Борис", 0),)
    assert {s.speaker_id for s in after.segments} == {"a"}
    assert {w.speaker_id for s in after.segments for w in s.words} == {"a"}
    assert after.turns == (SpeakerTurn(0, 1.3, "a"),)
    assert merge_speakers(made, "a", "a") is merge_speakers(made, "a", "gone") is None


@pytest.mark.parametrize(
    ("text", "query", "options", "found"),
    [
        ("Ёлка и елка", "ЁЛКА", {}, ["Ёлка", "елка"]),
        ("Ёлка и елка", "Елка", {"match_case": True}, ["Ёлка"]),
        ("рум, румба, рум-рум", "рум", {"whole_words": True}, ["рум", "рум", "рум"]),
        ("румба рум", "рум", {}, ["рум", "рум"]),
        ("İİ дом", "дом", {}, ["дом"]),  # lower case is longer
        ("ΟΔΟΣ οδός", "οδος", {}, ["ΟΔΟΣ"]),
        ("ааа", "аа", {}, ["аа"]),
        ("a.b", ".", {}, ["."]),
        ("текст", " ", {}, []),
        ("текст", "", {}, []),
    ],
)
def test_finding(text, query, options, found):
    made = transcript(Segment("s", 0, 1, text))
    places = find(made, query, **options)
    assert [text[match.start : match.end] for match in places] == found


def test_all_matches_are_replaced_in_one_edit_and_other_words_keep_their_times():
    made = transcript(
        segment("s1", "рум тут рум", 0), segment("s2", "нет", 5), segment("s3", "Рум!", 9)
    )
    edit = replace(made, find(made, "рум"), "RUMA")
    after = apply(made, edit)
    assert [s.text for s in after.segments] == ["RUMA тут RUMA", "нет", "RUMA!"]
    assert [w.start for w in after.segments[0].words] == [0, 1, 2]
    assert after.segments[0].words[1] == made.segments[0].words[1]
    assert after.segments[1] is made.segments[1]
    assert [s.id for s in edit.before.segments] == ["s1", "s3"]
    assert replace(made, find(made, "рум"), "рум") is not None  # "Рум!" in other letters
    assert replace(made, [Match("s1", 5, 99), Match("gone", 0, 1)], "x") is None  # out of date
    assert replace(made, [], "x") is None


def test_a_replacement_that_leaves_nothing_leaves_the_segment():
    made = transcript(segment("s1", "эм", 0), segment("s2", "эм да", 3))
    assert [s.text for s in apply(made, replace(made, find(made, "эм"), "")).segments] == [
        "эм",
        "да",
    ]


def test_dismissed_text_is_neither_found_nor_exported_nor_numbered():
    made = transcript(
        segment("s1", "титры", 0, "b", flags=("doubtful:loop",)), segment("s2", "да", 5)
    )
    hidden = apply(made, dismiss(made, "s1"))
    options = ExportOptions(doubtful=True)
    assert find(made, "титры")
    assert find(hidden, "титры") == []
    assert "титры" in txt.render(made, options).decode()
    assert "титры" not in txt.render(hidden, options).decode()
    assert [s["id"] for s in json_export.document(hidden)["segments"]] == ["s2"]
    loud = [
        changed(s, flags=tuple(f for f in s.flags if f == "dismissed")) for s in hidden.segments
    ]
    assert [s.id for s in number_by_first_word(made.speakers, loud)] == ["a", "b"]
    assert dismiss(hidden, "s1") is None


def test_restored_text_counts_and_says_why_it_was_doubted():
    made = transcript(segment("s", "да", flags=("doubtful:loop",)))
    for before in (made, apply(made, dismiss(made, "s"))):
        after = apply(before, restore(before, "s"))
        assert after.segments[0].flags == ("restored:loop",)
        assert "да" in txt.render(after, ExportOptions(doubtful=False)).decode()
        assert restore(after, "s") is None


WORDS = st.sampled_from(["да", "нет", "Да,", "рум", "twenty|-five", "—", "дом."])
TEXTS = st.lists(WORDS, min_size=1, max_size=5).map(" ".join)


@st.composite
def transcripts(draw) -> Transcript:
    texts = draw(st.lists(TEXTS, min_size=1, max_size=5))
    who = draw(st.lists(st.sampled_from(["a", "b", None]), min_size=5, max_size=5))
    flags = draw(st.lists(st.sampled_from([(), ("doubtful:x",)]), min_size=5, max_size=5))
    return transcript(
        *(segment(f"s{i}", text, i * 20.0, who[i], flags=flags[i]) for i, text in enumerate(texts))
    )


def some_edit(draw, made: Transcript):
    ids = [s.id for s in made.segments]
    one = draw(st.sampled_from(ids))
    at = draw(st.integers(0, 4))
    speaker = draw(st.sampled_from([*(s.id for s in made.speakers), None]))
    place = ids.index(one)
    return draw(
        st.sampled_from(
            [
                lambda: correct_text(made, one, draw(TEXTS).replace("|", "")),
                lambda: split_segment(made, one, at),
                lambda: join_segments(made, ids[place : place + 2]),
                lambda: assign_speaker(made, ids[place : place + 2], speaker),
                lambda: assign_words(made, one, at, at + 1, add_speaker(made)),
                lambda: merge_speakers(made, made.speakers[-1].id, made.speakers[0].id),
                lambda: rename_speaker(made, made.speakers[0].id, "Я"),
                lambda: replace(made, find(made, "да"), "рум и рум"),
                lambda: dismiss(made, one),
                lambda: restore(made, one),
            ]
        )
    )()


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_any_edits_keep_a_transcript_sound_and_are_taken_back_one_by_one(data):
    states = [data.draw(transcripts())]
    edits = []
    for _ in range(4):
        edit = some_edit(data.draw, states[-1])
        if edit is not None:
            assert edit.before != edit.after
            edits.append(edit)
            states.append(apply(states[-1], edit))
    for state in states:
        known = {speaker.id for speaker in state.speakers} | {None}
        assert list(state.segments) == sorted(state.segments, key=in_order)
        assert len({s.id for s in state.segments}) == len(state.segments)
        for said in state.segments:
            assert said.text == join_words(said.words)
            assert {said.speaker_id, *(w.speaker_id for w in said.words)} <= known
            assert all(w.start <= w.end for w in said.words)
            assert all(a.end <= b.start for a, b in pairwise(said.words))
            assert said.start <= said.words[0].start
            assert said.words[-1].end <= said.end
        assert {turn.speaker_id for turn in state.turns} <= known
        assert all(turn.start < turn.end for turn in state.turns)
    for before, edit in zip(reversed(states[:-1]), reversed(edits), strict=True):
        back = apply(states.pop(), inverse(edit))
        assert back == before
