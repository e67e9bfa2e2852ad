"""Scores that can be computed by hand."""

import pytest

from voicerec_desktop.core.errors import ErrorCode, KnownError
from voicerec_desktop.evaluate.scores import KEYS, evaluate


def said(*lines, language="en") -> dict:
    """A JSON export: speaker, text and perhaps flags."""
    segments = [{"speaker": line[0], "text": line[1], "flags": list(line[2:])} for line in lines]
    return {"meeting": {"language": language}, "segments": segments, "turns": []}


def spoken(*turns) -> dict:
    return {
        "meeting": {},
        "segments": [],
        "turns": [{"start": start, "end": end, "speaker": who} for start, end, who in turns],
    }


def stm(*lines) -> str:
    return "\n".join(f"call 1 {who} {i} {i + 1} {text}" for i, (who, text) in enumerate(lines))


def rttm(*turns) -> str:
    return "\n".join(
        f"SPEAKER call 1 {start} {end - start} <NA> <NA> {who} <NA> <NA>"
        for start, end, who in turns
    )


@pytest.mark.parametrize(
    ("reference", "heard", "errors", "words"),
    [
        ("one two three four", "One, two; three four!", 0, 4),
        ("one two three four", "one too three four", 1, 4),
        ("one two three four", "one three four", 1, 4),
        ("one two three four", "one two three four five six", 2, 4),
        ("one two three four", "", 4, 4),
        ("we have five people", "We have 5 people.", 0, 4),
        ("a b", "c d e f", 4, 2),
    ],
)
def test_wer_counts_wrong_missing_and_added_words(reference, heard, errors, words):
    scores = evaluate(said(("Speaker 1", heard)), text=reference)
    assert (scores["wer_errors"], scores["wer_words"]) == (errors, words)
    assert scores["wer"] == pytest.approx(errors / words)


def test_cer_counts_characters():
    scores = evaluate(said(("a", "cat"), ("a", "..."), ("a", "sad")), text="cat sat")
    assert scores["cer"] == pytest.approx(1 / 7)


def test_only_the_scores_with_a_reference_are_given():
    scores = evaluate(said(("a", "да")), text="да")
    assert set(scores) == set(KEYS)
    assert {key for key, value in scores.items() if value is not None} == {
        "wer",
        "cer",
        "wer_errors",
        "wer_words",
    }
    assert set(evaluate(said(("a", "да"))).values()) == {None}


def test_doubtful_text_does_not_count():
    heard = said(("a", "one two"), ("a", "thanks for watching", "doubtful:credits"))
    assert evaluate(heard, text="one two")["wer"] == 0
    assert evaluate(heard, stm=stm(("x", "one two")))["cpwer"] == 0


@pytest.mark.parametrize("names", [("Speaker 1", "Speaker 2"), ("Speaker 2", "Speaker 1")])
def test_cpwer_does_not_mind_how_speakers_are_called(names):
    first, second = names
    heard = said((first, "one two"), (second, "three four"), (first, "five"))
    scores = evaluate(heard, stm=stm(("anna", "one two"), ("ivan", "three four"), ("anna", "five")))
    assert (scores["cpwer"], scores["cpwer_errors"], scores["cpwer_words"]) == (0, 0, 5)
    assert scores["wer"] == 0


@pytest.mark.parametrize(
    ("heard", "errors"),
    [
        # "five" goes to the wrong one: deleted with one, inserted with the other
        ([("1", "one two"), ("2", "three four five")], 2),
        # one speaker for both: the shorter part is deleted and inserted
        ([("1", "one two three four five")], 4),
        # a third speaker takes one word: deleted and inserted
        ([("1", "one two"), ("2", "three four"), ("3", "five")], 2),
        ([("1", "one two five"), (None, "three four")], 0),
        ([], 5),
    ],
)
def test_cpwer_counts_words_of_the_wrong_speaker(heard, errors):
    reference = stm(("anna", "one two"), ("ivan", "three four"), ("anna", "five"))
    scores = evaluate(said(*heard), stm=reference)
    assert (scores["cpwer_errors"], scores["cpwer_words"]) == (errors, 5)
    assert scores["cpwer"] == pytest.approx(errors / 5)


TRUTH = [(0, 10, "anna"), (10, 20, "ivan")]


@pytest.mark.parametrize(
    ("found", "der", "collar", "count"),
    [
        ([(0, 10, "2"), (10, 20, "1")], 0, 0, 0),
        ([(0, 10, "1")], 0.5, 0.5, -1),  # ten of twenty seconds missed
        ([(0, 20, "1")], 0.5, 0.5, -1),  # ten seconds with the wrong speaker
        ([(0, 10, "1"), (10, 20, "2"), (20, 25, "2")], 0.25, None, 0),  # false alarm
        ([(0, 10.2, "1"), (10.2, 20, "2")], 0.01, 0, 0),  # within a quarter of a second
        ([(0, 10, "1"), (10, 20, "2"), (0, 10, "3")], 0.5, None, 1),
        ([], 1, 1, -2),
    ],
)
def test_der_counts_missed_false_and_confused_seconds(found, der, collar, count):
    scores = evaluate(spoken(*found), rttm=rttm(*TRUTH))
    assert scores["der"] == pytest.approx(der)
    assert scores["speaker_count_error"] == count
    if collar is not None:
        assert scores["der_collar"] == pytest.approx(collar)


def test_der_counts_overlapping_speech_twice():
    truth = [(0, 10, "anna"), (5, 10, "ivan")]
    assert evaluate(spoken((0, 10, "1")), rttm=rttm(*truth))["der"] == pytest.approx(5 / 15)


def test_a_perfect_export_of_the_sample_conversation_scores_zero(sample):
    reference = sample.with_suffix(".stm").read_text("utf-8")
    turns = sample.with_suffix(".rttm").read_text("utf-8")
    lines = [line.split() for line in reference.splitlines() if not line.startswith(";;")]
    heard = said(*((f"Speaker {line[2]}", " ".join(line[5:]).upper()) for line in lines))
    heard["turns"] = [
        {"start": float(s), "end": float(s) + float(d), "speaker": who}
        for _, _, _, s, d, _, _, who, *_ in map(str.split, turns.splitlines())
    ]
    scores = evaluate(heard, stm=reference, rttm=turns)
    assert scores["cpwer"] == scores["der"] == scores["speaker_count_error"] == 0
    assert scores["cpwer_words"] > 50


@pytest.mark.parametrize("reference", ["", " \n", "..."])
def test_an_empty_text_gives_no_rate_but_counts_what_was_made_up(reference):
    scores = evaluate(said(("a", "one two")), text=reference)
    assert (scores["wer"], scores["cer"]) == (None, None)
    assert (scores["wer_errors"], scores["wer_words"]) == (2, 0)


@pytest.mark.parametrize("reference", ["", " \n", ";; nothing\n"])
def test_empty_references_of_speakers_give_no_rate_but_count_what_was_made_up(reference):
    heard = said(("a", "one two")) | {"turns": [{"start": 0, "end": 1, "speaker": "a"}]}
    scores = evaluate(heard, stm=reference, rttm=reference)
    assert (scores["wer"], scores["cpwer"], scores["der"]) == (None, None, None)
    assert (scores["cpwer_errors"], scores["cpwer_words"]) == (2, 0)
    assert scores["speaker_count_error"] == 1


def test_numbers_are_read_in_the_language_of_the_meeting_unless_told_otherwise():
    heard = said(("a", "OK 5"), language="ru")
    assert evaluate(heard, text="OK пять")["wer"] == 0
    assert evaluate(heard, text="OK five", language="en")["wer"] == 0


@pytest.mark.parametrize(
    "broken",
    [
        [],
        {},
        {"segments": [], "turns": [{"start": 0}]},
        {"segments": [], "turns": [{"start": "x", "end": 1, "speaker": "a"}]},
        {"segments": [{"speaker": "a", "text": None, "flags": []}], "turns": []},
        {"segments": [{"speaker": "a", "text": "x", "flags": [1]}], "turns": []},
        {"segments": ["x"], "turns": []},
        {"segments": None, "turns": []},
        {"segments": [], "turns": [], "meeting": None},
    ],
)
def test_what_is_no_export_is_refused(broken):
    with pytest.raises(KnownError) as caught:
        evaluate(broken, text="x")
    assert caught.value.code == ErrorCode.REFERENCE_INVALID
    assert caught.value.params["why"] == "not_export"
