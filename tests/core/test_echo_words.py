"""Nobody is transcribed twice, and nobody who is near the microphone is lost."""

import pytest

from voicerec_desktop.core.attribution import number_by_first_word
from voicerec_desktop.core.echo_words import ECHO, mark_echo
from voicerec_desktop.core.model import ME, Segment, Speaker, Word


def segment(name, text, start=0.0, flags=()):
    """Half a second a word."""
    words = tuple(
        Word(start + 0.5 * i, start + 0.5 * i + 0.4, f" {part}")
        for i, part in enumerate(text.split())
    )
    return Segment(name, words[0].start, words[-1].end, text, words, None, "mic", tuple(flags))


def marked(mine, others, share=None):
    return [(s.text, ECHO in s.flags) for s in mark_echo(mine, others, share)]


OTHERS = [segment("s", "так давайте обсудим бюджет на год")]


def faint(*ranges):
    return lambda start, end: 0.05 if any(a <= start < b for a, b in ranges) else 0.9


def test_words_of_the_others_of_which_little_is_left_are_an_echo():
    heard = [segment("m", "давайте обсудим", 0.6)]
    assert marked(heard, OTHERS, faint((0, 9))) == [("давайте обсудим", True)]
    assert marked(heard, OTHERS, faint()) == [("давайте обсудим", False)]  # said by both
    assert marked(heard, OTHERS) == [("давайте обсудим", False)]


def test_other_words_are_kept_however_faint_they_are():
    assert marked([segment("m", "нет подождите")], OTHERS, faint((0, 9))) == [
        ("нет подождите", False)
    ]


def test_the_same_words_later_are_no_echo():
    later = [segment("m", "так давайте обсудим бюджет", 20.0)]
    assert marked(later, OTHERS, faint((0, 99))) == [("так давайте обсудим бюджет", False)]


def test_a_row_of_the_same_words_is_an_echo_whatever_is_left_of_it():
    heard = [segment("m", "Так, давайте обсудим бюджет на год.", 0.08)]
    assert marked(heard, OTHERS) == [("Так, давайте обсудим бюджет на год.", True)]
    three = [segment("m", "так давайте обсудим", 0.08)]
    assert marked(three, OTHERS) == [("так давайте обсудим", False)]


def test_yes_said_by_both_at_once_stays_with_both():
    assert marked([segment("m", "да")], [segment("s", "да")], faint()) == [("да", False)]


def test_a_segment_is_cut_where_the_echo_ends():
    heard = [segment("m", "так давайте обсудим бюджет нет стоп", 0.0)]
    assert marked(heard, OTHERS) == [("так давайте обсудим бюджет", True), ("нет стоп", False)]
    first, second = mark_echo(heard, OTHERS, None)
    assert (first.id, second.id) == ("m", "m.e1")
    assert (second.start, second.end) == (2.0, 2.9)
    assert [word.text for word in second.words] == [" нет", " стоп"]


def test_misheard_words_within_an_echo_belong_to_it():
    heard = [segment("m", "так тавайте обсудим бюджет", 0.0)]
    assert marked(heard, OTHERS, faint((0, 9))) == [("так тавайте обсудим бюджет", True)]
    near = faint((0.0, 0.5), (1.0, 9))  # the voice near the microphone said it
    assert marked(heard, OTHERS, near) == [
        ("так", True),
        ("тавайте", False),
        ("обсудим бюджет", True),
    ]


def test_a_row_may_go_on_over_segments():
    heard = [segment("a", "так давайте"), segment("b", "обсудим бюджет", 1.0)]
    assert marked(heard, OTHERS) == [("так давайте", True), ("обсудим бюджет", True)]


@pytest.mark.parametrize("text", ["", "..."])
def test_what_has_no_letters_is_no_word_of_the_others(text):
    said = Segment("s", 0, 1, text, (Word(0, 1, text),))
    assert marked([segment("m", "—")], [said], faint((0, 9))) == [("—", False)]
    assert mark_echo([Segment("m", 0, 1, "")], OTHERS, None) == [Segment("m", 0, 1, "")]


def test_what_is_doubtful_already_stays_as_it_is():
    doubtful = segment("m", "так давайте обсудим бюджет", flags=("doubtful:loop",))
    assert mark_echo([doubtful], OTHERS, None) == [doubtful]


def test_me_is_not_counted_and_the_others_have_other_colours():
    speakers = [Speaker("me", ME), Speaker("b", 1), Speaker("a", 2)]
    said = [
        Segment(i, n, n + 1, "x", (Word(n, n + 1, " x", speaker_id=i),), i)
        for n, i in enumerate(("a", "me", "b"))
    ]
    found = number_by_first_word(speakers, said)
    assert [(s.id, s.number, s.colour) for s in found] == [("me", 0, 0), ("a", 1, 1), ("b", 2, 2)]
