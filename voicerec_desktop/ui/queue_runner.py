"""Works the queue off: one meeting at a time, its engines on their lanes, its news as signals."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from voicerec_desktop.core.cancel import CancelToken
from voicerec_desktop.core.errors import KnownError
from voicerec_desktop.core.model import Stage
from voicerec_desktop.core.process_options import ProcessOptions
from voicerec_desktop.error_texts import window_text
from voicerec_desktop.ui.i18n import current_language, fill
from voicerec_desktop.ui.notices import Notice
from voicerec_desktop.ui.session import Session

if TYPE_CHECKING:
    from voicerec_desktop.pipeline.supervisor import Supervisor
    from voicerec_desktop.store.library import Library
    from voicerec_desktop.ui.lanes import Task

TICK_MS = 200  # between two looks at how far the work is


@dataclass(frozen=True, slots=True)
class QueueItem:
    """A meeting in the queue as a view shows it.

    Attributes:
        stage: of `Stage`, or "" before the first.
        share: of the whole work, 0 to 1.
        seconds_left: None while nobody can tell.
    """

    meeting_id: str
    title: str
    held: bool = False
    running: bool = False
    stage: str = ""
    share: float = 0.0
    seconds_left: float | None = None


@dataclass(slots=True)
class _Stages:
    """How far each stage of the running meeting is."""

    duration: float = 0.0
    began: dict[Stage, float] = field(default_factory=dict)
    done: dict[Stage, float] = field(default_factory=dict)
    spent: dict[Stage, float] = field(default_factory=dict)

    def start(self, stage: Stage) -> None:
        self.began[stage], self.done[stage] = time.monotonic(), 0.0

    def seconds(self, stage: Stage) -> float:
        return self.spent.get(stage, time.monotonic() - self.began[stage])

    @property
    def current(self) -> str:
        running = [stage for stage in self.began if self.done[stage] < 1.0]
        # Text is what the user waits for; telling apart is shown when it alone is left.
        return next((s.value for s in running if s == Stage.ASR), running[0] if running else "")


class QueueRunner(QObject):
    """The queue of one session.

    Signals:
        changed: jobs came, went or moved.
        progressed: a meeting is further than before (its id), some times a second.
        started, finished, failed, cancelled: a meeting's work (its id; `failed` the error, too).
        segments_arrived: text that is in the library now (id, tuple of `Segment`).
        added: how many files were put into the queue, and their meetings' ids.
    """

    changed = Signal()
    progressed = Signal(str)
    started = Signal(str)
    finished = Signal(str)
    failed = Signal(str, object)
    cancelled = Signal(str)
    segments_arrived = Signal(str, object)
    added = Signal(object)
    _event = Signal(object)
    _taken = Signal(object)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._supervisor: Supervisor | None = None
        self._library: Library | None = None
        self._task: Task | None = None
        self._running = ""
        self._closing = self._missed = False
        self._stages = _Stages()
        self._paces: Sequence[Any] = ()
        self._options = ProcessOptions()
        self.jobs: tuple[QueueItem, ...] = ()
        self.paused = False
        self._event.connect(self._on_event)
        self._taken.connect(self._on_taken)
        self._timer = QTimer(self, interval=TICK_MS)
        self._timer.timeout.connect(self._on_tick)
        session.opened.connect(self._on_opened)

    # what the user asks for

    def add(self, paths: Sequence[Path]) -> None:
        """Put files and folders into the queue; `added` follows, refused ones are told."""
        from voicerec_desktop.pipeline.queue import Queue

        options = self.options()
        task = self._session.run(
            lambda library: Queue(library).enqueue_files(paths, options), True, "adding"
        )
        task.finished.connect(self._on_added)
        task.failed.connect(self._session.report)

    def options(self) -> ProcessOptions:
        """How meetings are processed by the settings."""
        settings = self._session.settings
        return ProcessOptions(
            language=settings.language,
            model=settings.model,
            device=settings.device,
            diarization_model=settings.diarization_model,
        )

    def retry(self, meeting_id: str, options: ProcessOptions | None = None) -> None:
        """Put a meeting into the queue again, with the settings of now or others."""
        chosen = options or self.options()
        self._queue(lambda queue: queue.retry(meeting_id, chosen))

    def cancel(self, meeting_id: str) -> None:
        """Take a meeting out of the queue, and stop the work on it."""
        if meeting_id == self._running and self._task is not None:
            self._task.cancel()
        self._queue(lambda queue: queue.cancel(meeting_id))

    def hold(self, meeting_id: str, held: bool) -> None:
        """Let a meeting wait until it is let go; a running one stops and goes on from there."""
        if held and meeting_id == self._running and self._task is not None:
            self._task.cancel()
        task = self._session.change(lambda library: library.hold_job(meeting_id, held))
        task.finished.connect(self._on_queue_changed)

    def move(self, meeting_id: str, before: str | None) -> None:
        """Move a meeting before another one, or to the end."""
        task = self._session.change(lambda library: library.move_job(meeting_id, before))
        task.finished.connect(self._on_queue_changed)

    def set_paused(self, paused: bool) -> None:
        """Begin no further meeting, and stop the running one, which goes on from there later."""
        self.paused = paused
        if paused and self._task is not None:
            self._task.cancel()
        self.changed.emit()
        self._take_next()

    @property
    def busy(self) -> bool:
        """Whether a meeting is being worked at."""
        return bool(self._running)

    @property
    def running_id(self) -> str:
        """The meeting that is being worked at, or ""."""
        return self._running

    def item(self, meeting_id: str) -> QueueItem | None:
        """The queue's row of a meeting."""
        return next((job for job in self.jobs if job.meeting_id == meeting_id), None)

    def probe(self) -> dict[str, Any]:
        """What each engine can use here; takes seconds, for lanes only."""
        supervisor = self._engines()
        return {engine: supervisor.probe(engine) for engine in ("asr", "diarization")}

    def close(self) -> None:
        """Stop the work, which goes on at the next start, and the engines."""
        self._closing = True
        self._timer.stop()
        if self._task is not None:
            self._task.cancel()
        for name in ("queue", "asr", "diarization"):
            self._session.lanes[name].close()
        if self._supervisor is not None:
            self._supervisor.close()
        if self._library is not None:
            self._library.close()

    # the queue

    def _queue(self, work: Callable[[Any], object]) -> None:
        from voicerec_desktop.pipeline.queue import Queue

        task = self._session.change(lambda library: work(Queue(library)))
        task.finished.connect(self._on_queue_changed)

    @Slot()
    def _on_opened(self) -> None:
        self._queue(lambda queue: queue.recover())

    @Slot(object)
    def _on_added(self, results: Sequence[Any]) -> None:
        from voicerec_desktop.pipeline.queue import Added, Refused

        added = [one for one in results if isinstance(one, Added)]
        for notice in self._refusals([one for one in results if isinstance(one, Refused)]):
            self._session.notify(notice)
        self._session.remember_recent([one.path for one in added])
        self._on_queue_changed(None)
        self.added.emit(tuple(one.meeting.id for one in added))

    def _refusals(self, refused: Sequence[Any]) -> list[Notice]:
        texts = [window_text(one.error, current_language()) for one in refused]
        if len(texts) <= 2:
            return [Notice("bad", text, text) for text in texts]
        summary = self.tr("%n file(s) could not be opened.", "", len(texts))
        first = fill(self.tr("The first: %1"), texts[0])
        return [Notice("bad", f"{summary} {first}", "refused", details="\n".join(texts))]

    @Slot(object)
    def _on_queue_changed(self, _result: object) -> None:
        self._session.meetings_changed.emit()
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Read the queue anew: `changed` follows."""
        task = self._session.run(_jobs)
        task.finished.connect(self._on_jobs)

    @Slot(object)
    def _on_jobs(self, jobs: Sequence[QueueItem]) -> None:
        self.jobs = tuple(self._current(job) for job in jobs)
        self.changed.emit()
        self._take_next()

    def _current(self, item: QueueItem) -> QueueItem:
        if item.meeting_id != self._running:
            return item
        share, left = self._estimate()
        return replace(
            item, running=True, stage=self._stages.current, share=share, seconds_left=left
        )

    def _estimate(self) -> tuple[float, float | None]:
        from voicerec_desktop.pipeline.queue import StageSoFar, estimate

        stages = self._stages
        so_far = {s: StageSoFar(done, stages.seconds(s)) for s, done in stages.done.items()}
        found = estimate(stages.duration, self._options, so_far, self._paces)
        if found is not None:
            return found.done, found.seconds
        known = [stages.done.get(s, 0.0) for s in (Stage.DECODE, Stage.ASR, Stage.DIARIZATION)]
        return sum(known) / len(known), None

    # the work

    def _take_next(self) -> None:
        self._missed = self._task is not None  # it may have looked before a job came
        if self._missed or self.paused or self._closing or not self.jobs:
            return
        self._task = self._session.lanes["queue"].start(self._work)
        self._task.finished.connect(self._on_finished)
        self._task.failed.connect(self._on_failed)
        self._task.cancelled.connect(self._on_cancelled)

    def _work(self, cancel: CancelToken) -> None:
        """Take the next job and do it: one task, so that no job is taken and then left alone."""
        from voicerec_desktop.pipeline.pipeline import Pipeline
        from voicerec_desktop.pipeline.queue import Queue

        library = self._own_library()
        queue = Queue(library)
        job = queue.next_job()
        if job is None:
            return
        duration = library.meeting(job.meeting_id).duration
        self._taken.emit((job, duration, library.paces()))
        pipeline = Pipeline(
            library,
            self._session.home,
            self._session.catalogue(),
            self._engines(),
            self._side_by_side,
        )
        try:
            pipeline.process(job.meeting_id, job.options, cancel, self._event.emit)
        finally:
            queue.finish(job.meeting_id)

    def _own_library(self) -> "Library":
        """A connection of its own: long writes of the work do not hold up the views' reading."""
        if self._library is None:
            from voicerec_desktop.store.library import Library

            self._library = Library(self._session.home.library, self._session.home.backups)
        return self._library

    def _engines(self) -> "Supervisor":
        if self._supervisor is None:
            from voicerec_desktop.pipeline.supervisor import Supervisor

            self._supervisor = Supervisor(self._session.home.log)
        return self._supervisor

    @Slot(object)
    def _on_taken(self, found: Any) -> None:
        job, duration, self._paces = found
        self._running, self._options = job.meeting_id, job.options
        self._stages = _Stages(duration)
        self._timer.start()
        self.started.emit(job.meeting_id)
        self._on_queue_changed(None)

    def _side_by_side(self, works: dict[str, Callable[[], None]]) -> list[BaseException | None]:
        """Run each work on the lane of its name; called on the queue's lane, which waits."""
        return [wait() for wait in [self._session.lanes[n].submit(w) for n, w in works.items()]]

    @Slot(object)
    def _on_event(self, event: object) -> None:
        from voicerec_desktop.pipeline import events

        stages = self._stages
        match event:
            case events.StageStarted(stage=stage):
                stages.start(stage)
            case events.StageProgress(stage=stage, done=done) if stage in stages.done:
                stages.done[stage] = done
            case events.StageFinished(stage=stage, seconds=seconds):
                stages.done[stage], stages.spent[stage] = 1.0, seconds
                self._session.meetings_changed.emit()
            case events.SegmentsArrived(meeting_id=meeting_id, segments=segments):
                self.segments_arrived.emit(meeting_id, segments)
            case events.SoundDamaged():
                text = self.tr("The file is damaged or cut off: what can be read is transcribed.")
                self._session.notify(Notice("warning", text, "damaged"))
            case events.Degraded(device=device):
                self._session.notify(self._degraded(device))

    def _degraded(self, device: str) -> Notice:
        if device == "cpu":
            text = self.tr("The engine had to be restarted. It goes on with the processor.")
        else:
            text = self.tr("The engine had to be restarted. It goes on with smaller steps.")
        return Notice("warning", text, "degraded")

    @Slot()
    def _on_tick(self) -> None:
        if self._running:
            self.jobs = tuple(self._current(replace(job, running=False)) for job in self.jobs)
            self.progressed.emit(self._running)

    @Slot(object)
    def _on_finished(self, _result: object) -> None:
        if meeting_id := self._settle():
            self.finished.emit(meeting_id)

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        meeting_id = self._settle()
        if not meeting_id or not isinstance(error, KnownError):
            self._session.report(error)
        if meeting_id:
            self.failed.emit(meeting_id, error)

    @Slot()
    def _on_cancelled(self) -> None:
        if meeting_id := self._settle():
            self.cancelled.emit(meeting_id)

    def _settle(self) -> str:
        """The work has ended: look for more. The meeting, or "" where none was taken."""
        meeting_id, self._running, self._task = self._running, "", None
        self._timer.stop()
        if meeting_id:
            self._session.meeting_changed.emit(meeting_id)
            self._on_queue_changed(None)
        elif self._missed:
            self._take_next()
        return meeting_id


def _jobs(library: "Library") -> list[QueueItem]:
    return [
        QueueItem(j.meeting_id, library.meeting(j.meeting_id).title, j.held) for j in library.jobs()
    ]
