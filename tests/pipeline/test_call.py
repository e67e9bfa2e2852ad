"""A call over loudspeakers through the real engines: no word twice, and mine are mine."""

from collections import Counter

import numpy as np
import pytest
import soundfile

from voicerec_desktop.audio.decode import decode
from voicerec_desktop.core.cancel import CancelToken
from voicerec_desktop.core.model import Meeting, MeetingStatus, Source, Track, TrackKind
from voicerec_desktop.core.text import fold
from voicerec_desktop.export.labels import speaker_label
from voicerec_desktop.paths import embedded, resources
from voicerec_desktop.pipeline.job import ProcessOptions
from voicerec_desktop.pipeline.pipeline import Pipeline
from voicerec_desktop.pipeline.supervisor import Supervisor
from voicerec_desktop.sound import open_decoded
from voicerec_desktop.speech.catalogue import Catalogue
from voicerec_desktop.store.library import Library

RATE = 16_000
QUESTION = "en_talk/LJ001-0002"  # what I say while the others pause
ANSWERS = ("en/librivox_austen-0870", "en/librivox_austen-0880")
AT_ONCE = ("en_talk/LJ001-0004", 1.5)  # and what I say while they speak

pytestmark = pytest.mark.model


def speech(folder, path):
    target = folder / "speech.f32"
    decode(path, target, cancel=CancelToken(), on_progress=lambda _: None)
    return np.array(open_decoded(target))


def room(sound, delay, level):
    """What a microphone hears of loudspeakers: later, quieter, with a room that fades."""
    random = np.random.default_rng(3)
    steps = np.arange(RATE // 4)
    answer = 0.15 * random.normal(0, 1, len(steps)) * np.exp(-steps / RATE / 0.06)
    answer[0] = 1.0
    heard = np.convolve(sound, answer)[: len(sound)]
    return np.pad(heard * level * sound.std() / heard.std(), (round(delay * RATE), 0))[: len(sound)]


@pytest.fixture
def call(eval_data, tmp_path):
    """Both sides of a call: they speak, I do, they go on, I interrupt them."""

    def found(name):
        return next((eval_data / name).parent.glob(f"{(eval_data / name).name}.[wf]*"))

    first, second = (speech(tmp_path, found(name)) for name in ANSWERS)
    mine = speech(tmp_path, found(QUESTION))
    late = speech(tmp_path, found(AT_ONCE[0]))
    pause = RATE
    begin = len(first) + pause
    again = begin + len(mine) + pause
    size = again + max(len(second), round(AT_ONCE[1] * RATE) + len(late)) + 2 * RATE
    others, me = np.zeros(size), np.zeros(size)
    others[: len(first)] = first
    me[begin : begin + len(mine)] = mine
    others[again : again + len(second)] = second
    at = again + round(AT_ONCE[1] * RATE)
    me[at : at + len(late)] = late
    texts = {
        name: (eval_data / f"{name}.txt").read_text("utf-8")
        for name in (*ANSWERS, QUESTION, AT_ONCE[0])
    }
    return others, me, texts


@pytest.fixture
def transcribed(warm_home):
    def transcribe(others, mic):
        tracks = []
        folder = warm_home.meeting("call")
        folder.mkdir(parents=True)
        for kind, sound in ((TrackKind.MIC, mic), (TrackKind.SYSTEM, others)):
            path = folder / f"{kind}.flac"
            soundfile.write(path, np.clip(sound, -1, 1), RATE)
            tracks.append(Track(f"call-{kind}", "call", kind, str(path)))
        with (
            Library(warm_home.library, warm_home.backups) as library,
            Supervisor(warm_home.log) as supervisor,
        ):
            meeting = Meeting("call", "t", "2026", source=Source.RECORDING)
            library.add_meeting(meeting, tracks)
            catalogue = Catalogue(warm_home.models, embedded(), resources() / "models.toml")
            options = ProcessOptions(language="en", device="cpu")
            pipeline = Pipeline(library, warm_home, catalogue, supervisor)
            pipeline.process("call", options, CancelToken(), lambda _: None)
            assert library.meeting("call").status == MeetingStatus.READY
            return library.transcript("call")

    return transcribe


def words(transcript, *, mine):
    """Counted words of one side that are shown."""
    return Counter(
        fold(word.text)
        for s in transcript.segments
        if not s.doubtful and (s.track_id == "call-mic") is mine
        for word in s.words
    )


def share(found, text):
    """The part of the words of a text that was found."""
    wanted = Counter(fold(text).split())
    return (wanted & found).total() / wanted.total()


@pytest.mark.parametrize("level", [0.25, 0.6])
def test_over_loudspeakers_no_word_comes_twice_and_mine_are_kept(call, transcribed, level):
    others, me, texts = call
    hiss = np.random.default_rng(5).normal(0, 1e-4, len(me))
    transcript = transcribed(others, me + room(others, 0.08, level) + hiss)
    theirs, mine = words(transcript, mine=False), words(transcript, mine=True)
    said_by_them = Counter(fold(" ".join(texts[name] for name in ANSWERS)).split())
    said_by_me = Counter(fold(" ".join((texts[QUESTION], texts[AT_ONCE[0]]))).split())
    twice = (mine & said_by_them) - said_by_me
    assert twice.total() == 0, twice
    assert share(mine, texts[QUESTION]) > 0.8
    for name in ANSWERS:
        assert share(theirs, texts[name]) > 0.6
    assert share(mine, texts[AT_ONCE[0]]) > 0.5
    labels = {speaker_label(transcript, s.speaker_id, "en") for s in transcript.segments}
    assert "Me" in labels
