from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicerec_desktop.core.model import Word
from voicerec_desktop.core.segmentation import (
    MAX_PAUSE,
    MAX_SECONDS,
    cut_at_pauses_and_sentences,
    ends_sentence,
    join_words,
)


def spoken(text: str, seconds: float = 0.3, pause: float = 0.1) -> list[Word]:
    step = seconds + pause
    return [Word(i * step, i * step + seconds, " " + t) for i, t in enumerate(text.split())]


def texts(words: list[Word]) -> list[str]:
    return [join_words(piece) for piece in cut_at_pauses_and_sentences(words)]


def test_segments_end_with_sentences():
    given = spoken("Начнём с бюджета. Кто готов? Я готова!")
    assert texts(given) == ["Начнём с бюджета.", "Кто готов?", "Я готова!"]


def test_a_long_pause_ends_a_segment_without_a_full_stop():
    given = [Word(0, 1, " one"), Word(1 + MAX_PAUSE + 0.1, 3, " two")]
    assert texts(given) == ["one", "two"]


@pytest.mark.parametrize("text", ["т.е.", "т.", "Mr.", "А.", "руб.", "слово", "а,", "и"])
def test_abbreviations_and_initials_end_no_sentence(text):
    assert not ends_sentence(Word(0, 1, " " + text))


@pytest.mark.parametrize(
    "text", ["да.", "Да?", "да!»", "end…", "(end.)", "No.", "Я.", "я.", "I.", "5.", "А?"]
)
def test_sentence_marks_end_a_sentence(text):
    assert ends_sentence(Word(0, 1, " " + text))


def test_a_sentence_without_end_is_cut_at_its_comma():
    given = spoken(" ".join(["word"] * 29) + " word, " + " ".join(["word"] * 32))
    first, *rest = texts(given)
    assert first.endswith(",")
    assert rest


def test_a_long_sentence_is_cut_at_its_longest_breath():
    given = spoken(" ".join(["word"] * 60))
    late = [replace(w, start=w.start + 0.8, end=w.end + 0.8) for w in given[25:]]
    first, *_ = cut_at_pauses_and_sentences([*given[:25], *late])
    assert len(first) == 25


def test_a_word_of_two_halves_is_never_cut():
    given = [Word(i * 0.5, i * 0.5 + 0.5, "-to" if i % 2 else " twenty") for i in range(100)]
    for piece in cut_at_pauses_and_sentences(given):
        assert piece[0].text == " twenty"
        assert piece[-1].text == "-to"


@given(
    st.lists(
        st.tuples(st.floats(0.01, 3), st.floats(0, 3), st.sampled_from([" а", " б.", " в,"])),
        max_size=60,
    )
)
def test_no_word_is_lost_and_no_piece_is_too_long(parts):
    words, t = [], 0.0
    for seconds, pause, text in parts:
        words.append(Word(t, t + seconds, text))
        t += seconds + pause
    pieces = list(cut_at_pauses_and_sentences(words))
    assert [w for piece in pieces for w in piece] == words
    assert all(len(p) == 1 or p[-1].end - p[0].start <= MAX_SECONDS for p in pieces)
