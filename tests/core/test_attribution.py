from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicerec_desktop.core.attribution import attribute, number_by_first_word, speakers_of_words
from voicerec_desktop.core.model import FLAG_OVERLAP, Segment, Speaker, SpeakerTurn, Word


def words(*spans: tuple[float, float, str]) -> list[Word]:
    return [Word(start, end, " " + text) for start, end, text in spans]


def owners(given: list[Word]) -> list[str | None]:
    return [word.speaker_id for word in given]


A, B = "a", "b"


def test_a_word_goes_to_the_turn_it_overlaps_most():
    given = words((0.0, 1.0, "one"), (1.0, 2.0, "two"), (2.0, 3.0, "three"), (3.0, 4.0, "four"))
    turns = [SpeakerTurn(0.0, 1.6, A), SpeakerTurn(1.6, 4.0, B)]
    assert owners(speakers_of_words(given, turns)) == [A, A, B, B]


def test_a_word_between_turns_goes_to_the_nearest_within_half_a_second():
    given = words((0.0, 1.0, "one"), (1.35, 1.4, "two"), (2.0, 3.0, "three"), (3.0, 3.5, "x"))
    turns = [SpeakerTurn(0.0, 1.0, A), SpeakerTurn(1.5, 4.0, B)]
    assert owners(speakers_of_words(given, turns)) == [A, B, B, B]


def test_a_word_far_from_all_turns_stays_with_the_speaker_before_it():
    given = words((0.0, 1.0, "one"), (5.0, 5.5, "two"), (9.0, 9.5, "three"))
    turns = [SpeakerTurn(0.0, 1.0, A), SpeakerTurn(8.9, 9.5, B)]
    assert owners(speakers_of_words(given, turns)) == [A, A, B]


def test_without_turns_nobody_speaks():
    assert owners(speakers_of_words(words((0.0, 1.0, "one")), [])) == [None]


def test_a_short_island_inside_a_sentence_goes_to_the_speaker_around_it():
    given = words((0, 1, "we"), (1, 2, "will"), (2, 2.2, "uh"), (2.2, 3, "do"), (3, 4, "it."))
    turns = [SpeakerTurn(0, 2, A), SpeakerTurn(2, 2.2, B), SpeakerTurn(2.2, 4, A)]
    assert owners(speakers_of_words(given, turns)) == [A] * 5


def test_an_answer_of_one_word_between_two_sentences_stays_with_who_gave_it():
    given = words((0, 1, "Ready?"), (1.1, 1.4, "Yes."), (1.5, 2, "Good."))
    turns = [SpeakerTurn(0, 1, A), SpeakerTurn(1.05, 1.45, B), SpeakerTurn(1.45, 2, A)]
    assert owners(speakers_of_words(given, turns)) == [A, B, A]


def test_a_segment_is_cut_where_the_speaker_changes():
    spoken = tuple(words((0, 1, "Hello"), (1, 2, "there."), (2, 3, "Hi!"), (3, 4, "Hi.")))
    segment = Segment("s", 0, 4, "", spoken, flags=("doubtful:loop",))
    first, second = attribute([segment], [SpeakerTurn(0, 2, A), SpeakerTurn(2, 4, B)])
    assert (first.text, first.speaker_id, first.start, first.end) == ("Hello there.", A, 0, 2)
    assert (second.text, second.speaker_id) == ("Hi! Hi.", B)
    assert first.id == "s"
    assert second.id != "s"
    assert first.doubtful
    assert second.doubtful


def test_text_under_two_speakers_is_marked_as_overlap():
    segment = Segment("s", 0, 2, "", tuple(words((0, 1, "one"), (1, 2, "two"))))
    both = [SpeakerTurn(0, 2, A), SpeakerTurn(1.5, 2, B)]
    (marked,) = attribute([segment], [SpeakerTurn(0, 2, A)], both)
    (clean,) = attribute([segment], [SpeakerTurn(0, 2, A)], both[:1])
    assert FLAG_OVERLAP in marked.flags
    assert FLAG_OVERLAP not in clean.flags


def test_speakers_are_numbered_by_first_word_and_silent_ones_left_out():
    spoken = [
        Segment("1", 0, 1, "x", (Word(0, 1, " x", speaker_id=B),), B),
        Segment("2", 1, 2, "y", (Word(1, 2, " y", speaker_id=A),), A),
    ]
    speakers = [Speaker(A, 1), Speaker(B, 2), Speaker("silent", 3)]
    assert [(s.id, s.number) for s in number_by_first_word(speakers, spoken)] == [(B, 1), (A, 2)]


def test_doubtful_text_gives_nobody_the_first_number():
    made_up = Segment("1", 0, 1, "x", (Word(0, 1, " x", speaker_id=B),), B, flags=("doubtful:x",))
    real = Segment("2", 1, 2, "y", (Word(1, 2, " y", speaker_id=A),), A)
    numbered = number_by_first_word([Speaker(A, 1), Speaker(B, 2)], [made_up, real])
    assert [(s.id, s.number, s.colour) for s in numbered] == [(A, 1, 0), (B, 2, 1)]


def test_a_name_and_a_voice_stay_with_their_speaker_when_numbers_change():
    spoken = [Segment("1", 0, 1, "x", (Word(0, 1, " x", speaker_id=B),), B)]
    (heard,) = number_by_first_word([Speaker(A, 1), Speaker(B, 2, "Анна", 1, (1.0,))], spoken)
    assert heard == Speaker(B, 1, "Анна", 0, (1.0,))


def test_a_change_of_speaker_beside_the_end_of_a_sentence_moves_there():
    given = words(
        (0, 1, "Are"), (1, 2, "you"), (2, 2.3, "ready?"), (2.3, 2.7, "Of"), (2.7, 4, "course.")
    )
    late = [SpeakerTurn(0, 2.65, A), SpeakerTurn(2.65, 4, B)]
    early = [SpeakerTurn(0, 1.9, A), SpeakerTurn(1.9, 4, B)]
    assert owners(speakers_of_words(given, late)) == [A, A, A, B, B]
    assert owners(speakers_of_words(given, early)) == [A, A, A, B, B]


def test_a_change_of_speaker_moves_where_less_speech_changes_hands():
    """Real words of a real answer: the pause after it is nobody's speech."""
    given = words(
        (9.47, 9.73, "there."),
        *((9.97, 10.21, "Neither"), (10.21, 10.43, "did"), (10.43, 10.65, "I.")),
        (10.89, 10.97, "Okay."),
    )
    turns = [SpeakerTurn(7.6, 9.9, A), SpeakerTurn(9.97, 10.46, B), SpeakerTurn(10.46, 14.7, A)]
    assert owners(speakers_of_words(given, turns)) == [A, B, B, B, A]


def test_a_change_of_speaker_far_from_the_end_of_a_sentence_stays():
    given = words((0, 1, "Stop."), (1, 2, "I"), (2, 3, "will"), (3, 4, "not"), (4, 5, "go"))
    turns = [SpeakerTurn(0, 3, A), SpeakerTurn(3, 5, B)]
    assert owners(speakers_of_words(given, turns)) == [A, A, A, B, B]


@pytest.mark.parametrize("answer", ["No.", "Нет.", "Я.", "I.", "Yes!"])
def test_an_answer_of_one_word_stays_with_who_gave_it_whatever_it_is(answer):
    given = words((0, 1, "Ready?"), (1.1, 1.4, answer), (1.5, 2, "Good."))
    turns = [SpeakerTurn(0, 1, A), SpeakerTurn(1.05, 1.45, B), SpeakerTurn(1.45, 2, A)]
    assert owners(speakers_of_words(given, turns)) == [A, B, A]


def test_an_interjection_between_pauses_stays_with_who_made_it():
    given = words((0, 1, "we"), (1.4, 1.6, "mhm"), (2, 3, "do"), (3, 4, "it."))
    turns = [SpeakerTurn(0, 1.2, A), SpeakerTurn(1.4, 1.6, B), SpeakerTurn(1.8, 4, A)]
    assert owners(speakers_of_words(given, turns)) == [A, B, A, A]


def test_the_halves_of_a_word_stay_together():
    given = [Word(0, 1, " twenty"), Word(1, 2, "-five"), Word(2, 3, " people")]
    turns = [SpeakerTurn(0, 1, A), SpeakerTurn(1, 3, B)]
    assert owners(speakers_of_words(given, turns)) == [A, A, B]


def test_a_segment_without_words_is_kept():
    silent = Segment("s", 0, 4, "(смех)")
    assert attribute([silent], [SpeakerTurn(0, 2, A)]) == [silent]


@pytest.mark.parametrize(
    ("turns", "marked"),
    [
        ([(0, 2, A), (1.5, 2, B)], True),
        ([(0, 2, A), (1.8, 2, B)], False),
        ([(0, 2, A), (0.5, 0.6, B), (1, 1.1, B), (1.5, 1.6, B)], True),
        ([(0, 1, A), (1, 2, B)], False),
        ([(0, 2, A), (3, 5, B), (3, 5, "c")], False),
        ([(0, 2, A), (0, 2, B), (0.5, 1, "c")], True),
    ],
)
def test_the_overlap_flag_means_a_third_of_a_second_of_two_voices(turns, marked):
    segment = Segment("s", 0, 2, "", tuple(words((0, 1, "one"), (1, 2, "two"))))
    (result,) = attribute([segment], [SpeakerTurn(0, 2, A)], [SpeakerTurn(*turn) for turn in turns])
    assert (FLAG_OVERLAP in result.flags) == marked


SPANS = st.lists(st.tuples(st.floats(0, 100), st.floats(0.01, 2)), max_size=30)
TEXTS = st.sampled_from([" да", " нет.", " Ну?", "-то", " и", " ага,"])
TURNS = st.lists(
    st.tuples(st.floats(0, 100), st.floats(0.01, 9), st.sampled_from("abc")), max_size=12
).map(lambda found: [SpeakerTurn(s, s + d, who) for s, d, who in found])


@given(SPANS, st.lists(TEXTS, min_size=30, max_size=30), TURNS)
def test_every_word_gets_one_of_the_speakers_and_stays_as_it_is(spans, texts, turns):
    said = [Word(s, s + d, text) for (s, d), text in zip(sorted(spans), texts, strict=False)]
    half = len(said) // 2
    parts = [Segment(str(i), 0, 1, "", tuple(p)) for i, p in enumerate((said[:half], said[half:]))]
    segments = [part for part in parts if part.words]
    once = attribute(segments, turns, turns)
    assert [replace(w, speaker_id=None) for part in once for w in part.words] == said
    for part in once:
        assert {word.speaker_id for word in part.words} == {part.speaker_id}
        assert part.text == "".join(word.text for word in part.words).strip()
    assert {part.speaker_id for part in once} <= ({t.speaker_id for t in turns} or {None})
    assert len({part.id for part in once}) == len(once)
    assert attribute(once, turns, turns) == once


@given(st.lists(st.tuples(st.floats(0, 100), st.floats(0.01, 2)), min_size=1, max_size=30))
def test_one_speaker_gives_one_speaker(spans):
    given = words(*((s, s + d, f"w{i}") for i, (s, d) in enumerate(sorted(spans))))
    assert set(owners(speakers_of_words(given, [SpeakerTurn(40, 50, A)]))) == {A}


def test_a_speaker_of_whom_no_word_was_caught_comes_last_if_long_enough():
    word = Word(5.0, 5.4, " Да.", speaker_id="b")
    said = Segment("1", 5.0, 5.4, "Да.", (word,), "b")
    turns = [SpeakerTurn(*t) for t in ((0, 3, "quiet"), (4, 4.5, "cough"), (5, 5.4, "b"))]
    speakers = [Speaker("quiet", 1), Speaker("cough", 2), Speaker("b", 3)]
    numbered = number_by_first_word(speakers, [said], turns)
    assert [(s.id, s.number) for s in numbered] == [("b", 1), ("quiet", 2)]
