"""One run over a meeting: what its stages share, and the record of how they went."""

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from voicerec_desktop.core.cancel import CancelToken
from voicerec_desktop.core.errors import Cancelled, KnownError
from voicerec_desktop.core.glossary import Glossary
from voicerec_desktop.core.model import Stage, StageState, Track, TrackKind
from voicerec_desktop.core.process_options import (
    EMBEDDED_DIARIZATION,
    SMALLEST_MODEL,
    ProcessOptions,
)
from voicerec_desktop.paths import Home
from voicerec_desktop.pipeline import events
from voicerec_desktop.store.library import Library

__all__ = ["EMBEDDED_DIARIZATION", "SMALLEST_MODEL", "Job", "Options", "ProcessOptions"]
log = logging.getLogger(__name__)
Options = dict[str, object]


@dataclass(slots=True)
class Job:
    """One run over a meeting."""

    meeting_id: str
    tracks: list[Track]
    options: ProcessOptions
    glossary: Glossary
    library: Library
    home: Home
    cancel: CancelToken
    on_event: Callable[[events.Event], None]

    @property
    def mine(self) -> list[Track]:
        """The microphone's tracks of a call: only the user speaks there."""
        call = any(track.kind == TrackKind.SYSTEM for track in self.tracks)
        return [track for track in self.tracks if call and track.kind == TrackKind.MIC]

    @property
    def others(self) -> list[Track]:
        """All other tracks: they are diarized."""
        return [track for track in self.tracks if track not in self.mine]

    def done(self, stage: Stage, options: Options) -> bool:
        """Whether a stage has been done with these options and nothing was tried since."""
        last = self.library.last_run(self.meeting_id, stage)
        return last is not None and last.state == StageState.DONE and last.options == options

    @contextmanager
    def stage(self, stage: Stage, options: Options) -> Iterator[None]:
        """Write down that a stage runs, how long it took and how it ended."""
        with stage_run(self.library, self.meeting_id, stage, options, self.on_event):
            yield

    def progressed(self, stage: Stage, track: Track, done: float) -> None:
        """Tell how far a stage is, over all tracks, when it is `done` of the way with this one."""
        before = next(i for i, one in enumerate(self.tracks) if one.id == track.id)
        share = (before + done) / len(self.tracks)
        self.on_event(events.StageProgress(self.meeting_id, stage, share))


@contextmanager
def stage_run(
    library: Library,
    meeting_id: str,
    stage: Stage,
    options: Options,
    on_event: Callable[[events.Event], None],
) -> Iterator[None]:
    """Write down that a stage runs, how long it took and how it ended."""
    run = library.start_stage(meeting_id, stage, options)
    on_event(events.StageStarted(meeting_id, stage))
    began = time.monotonic()
    try:
        yield
    except BaseException as error:
        state, why = _outcome(error)
        try:
            library.finish_stage(run, state, time.monotonic() - began, why)
        except KnownError as second:  # a full disk, say; what came first is told
            log.warning("%s is not noted as %s: %s", stage, state, second)
        raise
    seconds = time.monotonic() - began
    library.finish_stage(run, StageState.DONE, seconds)
    on_event(events.StageFinished(meeting_id, stage, seconds))


def _outcome(error: BaseException) -> tuple[StageState, str]:
    if isinstance(error, (Cancelled, KeyboardInterrupt)):
        return StageState.CANCELLED, ""
    return StageState.FAILED, str(error) if isinstance(error, KnownError) else repr(error)
