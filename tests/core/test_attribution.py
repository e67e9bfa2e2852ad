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


@given(
    st.lists(st.tuples(st.floats(0, 100), st.floats(0.01, 2)), max_size=30),
    st.lists(st.tuples(st.floats(0, 100), st.floats(0.01, 9), st.sampled_from("ab")), max_size=12),
)
def test_no_word_is_lost_or_changed(spans, turns):
    given = words(*((s, s + d, f"w{i}") for i, (s, d) in enumerate(sorted(spans))))
    segment = Segment("s", 0, 1, "", tuple(given))
    cut = attribute([segment] if given else [], [SpeakerTurn(s, s + d, w) for s, d, w in turns])
    result = [word for part in cut for word in part.words]
    assert [(w.start, w.end, w.text) for w in result] == [(w.start, w.end, w.text) for w in given]
    if turns:
        assert all(word.speaker_id for word in result)


@given(st.lists(st.tuples(st.floats(0, 100), st.floats(0.01, 2)), min_size=1, max_size=30))
def test_one_speaker_gives_one_speaker(spans):
    given = words(*((s, s + d, f"w{i}") for i, (s, d) in enumerate(sorted(spans))))
    assert set(owners(speakers_of_words(given, [SpeakerTurn(40, 50, A)]))) == {A}
