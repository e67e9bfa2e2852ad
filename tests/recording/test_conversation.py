"""A real conversation, recorded from a real sound server and written down by real engines."""

from collections import Counter

import numpy as np
import pytest
import soundfile

from voicerec_desktop.core.cancel import CancelToken
from voicerec_desktop.core.model import MeetingStatus
from voicerec_desktop.core.text import fold
from voicerec_desktop.export.labels import speaker_label
from voicerec_desktop.paths import embedded, resources
from voicerec_desktop.pipeline.job import ProcessOptions
from voicerec_desktop.pipeline.pipeline import Pipeline
from voicerec_desktop.pipeline.queue import Queue
from voicerec_desktop.pipeline.recording import begin_recording, recover_recordings
from voicerec_desktop.pipeline.supervisor import Supervisor
from voicerec_desktop.speech.catalogue import Catalogue
from voicerec_desktop.store.library import Library

RATE = 48_000
BEGIN = 6.5  # s of the sample at which somebody speaks
ECHO_DELAY, ECHO_LEVEL = 0.08, 0.25

pytestmark = pytest.mark.model


@pytest.fixture
def sides(sample):
    """The sample as a call: Sheila is at this microphone and hears Diane over loudspeakers."""
    sound, rate = soundfile.read(sample, dtype="float32")
    places = np.arange(round(len(sound) / rate * RATE)) * rate / RATE
    sound = np.interp(places, np.arange(len(sound)), sound).astype(np.float32)
    heard = {"Sheila": np.zeros_like(sound), "Diane": np.zeros_like(sound)}
    texts = {"Sheila": [], "Diane": []}
    for line in sample.with_suffix(".stm").read_text().splitlines():
        _, _, who, start, end, text = line.split(maxsplit=5)
        part = slice(round(float(start) * RATE), round(float(end) * RATE))
        heard[who][part] = sound[part]
        texts[who].append(text)
    late = np.roll(heard["Diane"], round(ECHO_DELAY * RATE))
    mic = heard["Sheila"] + ECHO_LEVEL * late
    cut = round(BEGIN * RATE)
    lead = np.zeros(3 * RATE, np.float32)  # null sinks wake up meanwhile
    mic, system = (np.concatenate((lead, one[cut:])) for one in (mic, heard["Diane"]))
    return mic, system, {who: fold(" ".join(said)).split() for who, said in texts.items()}


def pcm(sound, channels):
    samples = np.round(np.clip(sound, -1, 1) * 32767).astype("<i2")
    return np.repeat(samples[:, None], channels, axis=1)


def process(library, home, meeting_id):
    catalogue = Catalogue(home.models, embedded(), resources() / "models.toml")
    options = ProcessOptions(language="en", device="cpu")
    with Supervisor(home.log) as supervisor:
        pipeline = Pipeline(library, home, catalogue, supervisor)
        pipeline.process(meeting_id, options, CancelToken(), lambda _: None)
    return library.transcript(meeting_id)


def said(transcript, mine):
    return Counter(
        part
        for segment in transcript.segments
        if not segment.doubtful
        and (speaker_label(transcript, segment.speaker_id, "en") == "Me") is mine
        for part in fold(segment.text).split()
    )


def share(found, wanted):
    return (Counter(wanted) & found).total() / len(wanted)


@pytest.mark.parametrize("end", ["stop", "kill"])
def test_it_is_written_down_by_side_after_a_stop_and_after_a_kill(
    server, record, sides, warm_home, end
):
    mic, system, texts = sides
    with Library(warm_home.library, warm_home.backups) as library:
        meeting_id = begin_recording(library, warm_home, "call", "Diane")
        session = record(folder=warm_home.recording(meeting_id))
        server.play("vr_micfeed", pcm(mic, 1), wait=False)
        server.play("vr_speakers", pcm(system, 2), wait=False)
        for player in server._players:
            player.wait()
        session.heard(len(mic) / RATE)
        if end == "stop":
            session.stop()
            Queue(library).retry(meeting_id)
        else:
            died = session.kill()
            with library._write() as db:  # as if the window had died, too
                db.execute("UPDATE meeting SET pid = 0, pid_started = ''")
            (found,) = recover_recordings(library, warm_home)
            assert (found.meeting_id, found.title) == (meeting_id, "Diane")
            assert died - 1.0 <= found.seconds <= died
        assert [job.meeting_id for job in library.jobs()] == [meeting_id]
        transcript = process(library, warm_home, meeting_id)
    assert transcript.meeting.status == MeetingStatus.READY
    assert {track.kind.value for track in transcript.tracks} == {"mic", "system"}
    theirs, mine = said(transcript, mine=False), said(transcript, mine=True)
    assert share(mine, texts["Sheila"]) > 0.5  # of 37 words, some spoken into those of the other
    assert share(theirs, texts["Diane"]) > 0.5
    twice = (mine & Counter(texts["Diane"])) - Counter(texts["Sheila"])
    assert twice.total() <= 3, twice  # of 50: single words of mine that are misheard as theirs
    labels = {speaker_label(transcript, s.speaker_id, "en") for s in transcript.segments}
    assert labels >= {"Me", "Speaker 1"}  # short pieces of her voice may pass for several
