"""Real Whisper on real speech: words in order, in time, and none where nobody speaks."""

import os

import numpy as np
import pytest

from voicerec_desktop.core.cancel import CancelToken
from voicerec_desktop.core.errors import Cancelled, ErrorCode, KnownError
from voicerec_desktop.messages import LanguageDetected, SegmentsFound, Transcribe
from voicerec_desktop.sound import SAMPLE_RATE
from voicerec_desktop.speech.whisper import HOTWORD_TOKENS, WhisperTranscriber

pytestmark = pytest.mark.model
TERMS = tuple(f"Термин-{number} проекта" for number in range(300))


@pytest.fixture(scope="module")
def whisper(models):
    return WhisperTranscriber(models / "whisper-base", "cpu", "int8")


@pytest.fixture(scope="module")
def audio(sample):
    import soundfile

    return soundfile.read(sample, dtype="float32")[0]


def read(path):
    import av

    with av.open(str(path)) as container:
        resampler = av.AudioResampler("fltp", "mono", SAMPLE_RATE)
        frames = [f for frame in container.decode(audio=0) for f in resampler.resample(frame)]
        frames += resampler.resample(None)
    return np.concatenate([frame.to_ndarray()[0] for frame in frames])


def transcribe(whisper, audio, cancel=None, **options):
    request = Transcribe(audio="", model="whisper-base", track_id="t", **options)
    return list(whisper.transcribe(audio, request, cancel or CancelToken()))


def segments(messages):
    return [s for m in messages if isinstance(m, SegmentsFound) for s in m.segments]


def text(messages):
    return " ".join(segment.text for segment in segments(messages)).lower()


@pytest.fixture(scope="module")
def heard(whisper, audio):
    return transcribe(whisper, audio)


def test_the_language_is_told_before_the_first_words(heard):
    assert isinstance(heard[0], LanguageDetected)
    assert heard[0].language == "en"
    assert heard[0].probability > 0.8
    assert sum(isinstance(message, LanguageDetected) for message in heard) == 1


def test_words_come_in_order_and_inside_the_recording(heard, audio):
    found = segments(heard)
    words = [word for segment in found for word in segment.words]
    assert len(words) > 60
    starts = [word.start for word in words]
    assert starts == sorted(starts)
    assert all(0 <= word.start <= word.end <= len(audio) / SAMPLE_RATE for word in words)
    assert words[0].start > 5, "nobody speaks before"
    for segment in found:
        assert (segment.start, segment.end) == (segment.words[0].start, segment.words[-1].end)
        assert segment.track_id == "t"
        assert segment.text == "".join(word.text for word in segment.words).strip()


def test_what_is_said_is_what_is_written(heard):
    said = text(heard)
    for phrase in ("new jersey", "sheila", "texas"):
        assert phrase in said


def test_it_is_told_how_far_the_recording_is_done(heard, audio):
    until = [message.until for message in heard if isinstance(message, SegmentsFound)]
    assert until == sorted(until)
    assert until[-1] == len(audio) / SAMPLE_RATE


def test_a_language_that_is_given_is_not_guessed(whisper, audio):
    messages = transcribe(whisper, audio[: 16 * SAMPLE_RATE], language="en")
    assert not any(isinstance(message, LanguageDetected) for message in messages)
    assert "new jersey" in text(messages) or "hello" in text(messages)


def test_russian_is_detected_and_written(whisper, eval_data):
    files = sorted((eval_data / "ru_ivr").glob("*.[fw]*"))
    messages = transcribe(whisper, read(next(f for f in files if f.suffix != ".txt")))
    assert messages[0].language == "ru"
    assert any("а" <= letter <= "я" for letter in text(messages))


def test_transcribing_from_the_middle_goes_on_without_doubles(whisper, audio, heard):
    found = segments(heard)
    at = len(found) // 2
    start = found[at - 1].end
    rest = segments(transcribe(whisper, audio, language="en", start=start))
    assert rest[0].start >= start
    before = {word.text for segment in found[:at] for word in segment.words[-1:]}
    assert rest[0].words[0].text not in before
    expected = " ".join(s.text for s in found[at:]).lower().split()
    again = " ".join(s.text for s in rest).lower().split()
    assert len(set(expected) & set(again)) > 0.7 * len(set(expected))
    assert len(again) < 1.2 * len(expected)


def test_names_are_spelt_as_the_glossary_has_them(whisper, audio, heard):
    assert {"diane", "sheila"} <= set(text(heard).replace(".", " ").split())
    part = audio[: 22 * SAMPLE_RATE]
    said = text(transcribe(whisper, part, language="en", hotwords=("Sheela", "Dyan")))
    assert "dyan in new jersey" in said
    assert "sheela" in said


def test_three_hundred_terms_fit_the_budget_and_break_nothing(whisper, audio):
    hotwords = whisper._hotwords(TERMS)
    tokens = whisper._model.hf_tokenizer.encode(" " + hotwords).ids
    assert HOTWORD_TOKENS * 0.8 < len(tokens) <= HOTWORD_TOKENS
    assert hotwords.split(", ") == list(TERMS[: hotwords.count(",") + 1])
    messages = transcribe(whisper, audio[: 22 * SAMPLE_RATE], language="en", hotwords=TERMS)
    said = text(messages)
    assert "new jersey" in said
    assert "термин" not in said


def test_one_term_that_is_far_too_long_does_not_keep_out_the_others(whisper):
    assert whisper._hotwords(("слово " * 200, "RUMA", "Войсрек")) == "RUMA, Войсрек"
    assert whisper._hotwords(()) is None


@pytest.mark.parametrize(
    "sound",
    [
        np.zeros(0, np.float32),
        np.zeros(SAMPLE_RATE // 5, np.float32),
        np.zeros(35 * SAMPLE_RATE, np.float32),
        np.random.default_rng(0).normal(0, 0.1, 20 * SAMPLE_RATE).astype(np.float32),
        0.3 * np.sin(np.arange(20 * SAMPLE_RATE) * 0.17, dtype=np.float32),
    ],
    ids=["nothing", "a fifth of a second", "silence", "white noise", "a tone"],
)
def test_where_nobody_speaks_nothing_is_said(whisper, sound):
    for language in ("", "ru"):
        found = segments(transcribe(whisper, sound, language=language))
        assert all(segment.doubtful for segment in found)


def test_real_noise_gives_nothing_but_doubtful_text(whisper, eval_data):
    files = [path for path in sorted((eval_data / "nospeech").iterdir()) if path.suffix == ".flac"]
    for path in files:
        sound = read(path)[: 20 * SAMPLE_RATE]
        found = segments(transcribe(whisper, sound, language="en"))
        sure = [segment for segment in found if not segment.doubtful]
        assert sure == [], path.name


def test_cancelling_stops_before_the_next_piece(whisper, audio):
    cancel = CancelToken()
    request = Transcribe(audio="", model="m", language="en", batch_size=1)
    pieces = whisper.transcribe(np.concatenate([audio, audio]), request, cancel)
    next(pieces)
    cancel.cancel()
    with pytest.raises(Cancelled):
        for _ in pieces:
            pass


FILES = ("model.bin", "tokenizer.json", "vocabulary.json")
DAMAGE = ("cut short", "garbage", "empty")
DAMAGES = [
    *((name, how) for name in (*FILES, "config.json") for how in DAMAGE),
    *((name, "gone") for name in FILES),  # a Whisper model loads without its config.json
]


@pytest.mark.parametrize(("name", "how"), DAMAGES)
def test_a_damaged_model_is_told_as_such(models, tmp_path, name, how):
    good = models / "whisper-base"
    folder = tmp_path / "whisper-base"
    folder.mkdir()
    for path in good.iterdir():
        os.link(path, folder / path.name)
    size = (good / name).stat().st_size
    (folder / name).unlink()
    if how == "cut short":
        with (good / name).open("rb") as file:
            (folder / name).write_bytes(file.read(size // 2))
    elif how != "gone":
        (folder / name).write_bytes(b"\x13garbage\xff" * 999 if how == "garbage" else b"")
    with pytest.raises(KnownError) as raised:
        WhisperTranscriber(folder, "cpu", "int8")
    assert raised.value.code == ErrorCode.MODEL_CORRUPT
    assert raised.value.params["id"] == "whisper-base"
