"""Folders as a recorder leaves them, with known sound in them."""

import numpy as np

from voicerec_desktop.audio.journal import Began, Ended, Journal, SegmentOpened
from voicerec_desktop.audio.wav_segments import SegmentWriter

STARTED = "2026-03-02T09:30:00+00:00"


def noise(frames, channels=1, seed=1):
    """int16 that no other piece has."""
    random = np.random.default_rng(seed)
    return random.integers(-9000, 9000, (frames, channels), np.int16)


def record(folder, pieces, *facts, mode="call", ended="stopped"):
    """Write pieces: (kind, rate, second, samples); then more facts, and an end if there was one."""
    folder.mkdir(parents=True)
    journal = Journal(folder)
    kinds = tuple(dict.fromkeys(kind for kind, *_ in pieces)) or ("mic",)
    journal.add(Began(STARTED, mode, kinds))
    for number, (kind, rate, at, samples) in enumerate(pieces, 1):
        name = f"{kind}-{number:04}.wav"
        channels = samples.shape[1]
        journal.add(SegmentOpened(kind, name, rate, channels, "id", "Headset", at))
        writer = SegmentWriter(folder / name, rate, channels)
        writer.append(samples.astype("<i2").tobytes())
        writer.close()
    for fact in facts:
        journal.add(fact)
    if ended:
        journal.add(Ended(1.0, ended))
    journal.close()
