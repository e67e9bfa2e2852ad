"""The stages of one meeting: each reads rows, does its work, writes rows.

A stage whose last run is done with the same options is not run again, so a meeting that was
interrupted anywhere goes on from there.
"""

import logging
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from voicerec_desktop.core.cancel import CancelToken
from voicerec_desktop.core.errors import Cancelled, ErrorCode, KnownError
from voicerec_desktop.core.glossary import Glossary
from voicerec_desktop.core.model import MeetingStatus, Source, Stage, Track
from voicerec_desktop.messages import (
    Diarize,
    LanguageDetected,
    Progress,
    Reply,
    SegmentsFound,
    SpeakersFound,
    Transcribe,
)
from voicerec_desktop.paths import Home
from voicerec_desktop.pipeline import events
from voicerec_desktop.pipeline.assembly import assemble
from voicerec_desktop.pipeline.decoding import decode_tracks
from voicerec_desktop.pipeline.job import SMALLEST_MODEL, Job, Options, ProcessOptions
from voicerec_desktop.pipeline.recording import finish_recording, is_recorded
from voicerec_desktop.pipeline.supervisor import Supervisor
from voicerec_desktop.speech.catalogue import Catalogue
from voicerec_desktop.speech.device import Step, ladder
from voicerec_desktop.store.library import Library
from voicerec_desktop.store.search import stem
from voicerec_desktop.store.sidecar import write_sidecar

SILENCE = 6  # of 255
UNEXPECTED = "unexpected"  # the error of a meeting on which we failed, not the world
log = logging.getLogger(__name__)
Works = dict[str, Callable[[], None]]  # by engine
SideBySide = Callable[[Works], list[BaseException | None]]


class Pipeline:
    """Processes meetings of one library.

    Args:
        side_by_side: runs works at once, each on the thread of its engine.
    """

    def __init__(
        self,
        library: Library,
        home: Home,
        catalogue: Catalogue,
        supervisor: Supervisor,
        side_by_side: SideBySide | None = None,
    ) -> None:
        self._library = library
        self._home = home
        self._catalogue = catalogue
        self._supervisor = supervisor
        self._side_by_side = side_by_side or on_threads

    def process(
        self,
        meeting_id: str,
        options: ProcessOptions,
        cancel: CancelToken,
        on_event: Callable[[events.Event], None],
    ) -> None:
        """Bring a meeting from wherever it is to ready.

        Raises:
            KnownError: MEETING_BUSY, or a stage failed: the meeting is marked failed and keeps
                what it has.
            Cancelled: the meeting is marked interrupted.
        """
        if is_recorded(self._home, meeting_id):
            self._library.update_meeting(meeting_id, status=MeetingStatus.RECORDING)
            raise KnownError(ErrorCode.MEETING_BUSY, id=meeting_id)
        if not self._library.claim(meeting_id):
            raise KnownError(ErrorCode.MEETING_BUSY, id=meeting_id)
        try:
            self._library.remember_options(meeting_id, options)
            if self._library.meeting(meeting_id).source == Source.RECORDING:
                finish_recording(self._library, self._home, meeting_id, cancel, on_event)
            job = Job(
                meeting_id,
                self._library.tracks(meeting_id),
                options,
                Glossary((*self._library.glossary(), *options.glossary), stem),
                self._library,
                self._home,
                CancelToken(cancel),
                on_event,
            )
            self._stages(job)
            self._finish(job)
        except BaseException as error:
            self._note_failure(meeting_id, error)
            raise

    def _note_failure(self, meeting_id: str, error: BaseException) -> None:
        status, why = MeetingStatus.FAILED, UNEXPECTED
        if isinstance(error, KnownError):
            why = error.code.value
        elif isinstance(error, (Cancelled, KeyboardInterrupt)):
            status, why = MeetingStatus.INTERRUPTED, ""
        try:
            self._library.update_meeting(meeting_id, status=status, error=why)
        except KnownError as second:  # a full disk, say; what came first is told
            log.warning("%s is not marked %s: %s", meeting_id, status, second)

    def _finish(self, job: Job) -> None:
        """Ready means that the sidecar is there, too."""
        with self._library.transaction():
            self._library.update_meeting(job.meeting_id, status=MeetingStatus.READY)
            write_sidecar(self._library, job.meeting_id, self._home.meeting(job.meeting_id))
        for track in job.tracks:
            try:
                self._home.decoded(track.id).unlink(missing_ok=True)
                self._home.without_echo(track.id).unlink(missing_ok=True)
            except OSError as error:  # somebody reads it; it is only a cache
                log.warning("%s", error)

    def _stages(self, job: Job) -> None:
        models = self._locate_models(job.options)  # before any work: a missing model is told first
        works: Works = {}
        if job.options.diarization and not job.done(Stage.DIARIZATION, _diarization(job.options)):
            self._supervisor.warm_up("diarization")
            works["diarization"] = lambda: self._diarize(job, models[1])
        if not job.done(Stage.ASR, _asr(job)):
            self._supervisor.warm_up("asr")
            works["asr"] = lambda: self._transcribe(job, models[0])
        decode_tracks(job)
        self._run_all(works, job.cancel)
        job.cancel.check()
        assemble(job)

    def _run_all(self, works: Works, cancel: CancelToken) -> None:
        """Run works side by side; the first failure stops the others and is raised."""

        def guarded(work: Callable[[], None]) -> None:
            try:
                work()
            except BaseException:
                cancel.cancel()
                raise

        ended = self._side_by_side({n: partial(guarded, work) for n, work in works.items()})
        failures = [error for error in ended if error is not None]
        failures.sort(key=lambda error: isinstance(error, Cancelled))
        if failures:
            raise failures[0]

    def _locate_models(self, options: ProcessOptions) -> tuple[Path, Path]:
        asr = self._catalogue.locate(options.model)
        if not options.diarization:
            return asr, Path()
        return asr, self._catalogue.locate(options.diarization_model)

    def _transcribe(self, job: Job, model: Path) -> None:
        options = _asr(job)
        last = self._library.last_run(job.meeting_id, Stage.ASR)
        if last is None or last.options != options:
            self._library.update_meeting(job.meeting_id, language=job.options.language)
            for track in job.tracks:
                self._library.clear_asr(track.id)
        with job.stage(Stage.ASR, options):
            for number, track in enumerate(by_speech(job.tracks, self._library.peaks)):
                self._transcribe_track(job, track, model, number)

    def _transcribe_track(self, job: Job, track: Track, model: Path, number: int) -> None:
        clean = self._home.without_echo(track.id)
        audio = clean if clean.is_file() else self._home.decoded(track.id)

        def request(step: Step) -> Transcribe:
            said = self._library.asr_segments(track.id)
            smallest = self._catalogue.locate(SMALLEST_MODEL) if step.smaller else model
            return Transcribe(
                audio=str(audio),
                model=str(smallest),
                track_id=track.id,
                language=self._library.meeting(job.meeting_id).language,
                device=step.device,
                compute_type=step.compute_type,
                batch_size=step.batch_size,
                hotwords=job.glossary.hotwords(),
                start=said[-1].end if said else 0.0,
            )

        def on_message(message: Reply) -> None:
            if isinstance(message, SegmentsFound) and message.segments:
                self._library.append_asr(track.id, message.segments)
                job.on_event(events.SegmentsArrived(job.meeting_id, message.segments))
            elif isinstance(message, LanguageDetected):
                self._library.update_meeting(job.meeting_id, language=message.language)
                job.on_event(events.LanguageFound(job.meeting_id, message.language))
            elif isinstance(message, Progress):
                share = (number + message.done) / len(job.tracks)
                job.on_event(events.StageProgress(job.meeting_id, Stage.ASR, share))

        self._run("asr", Stage.ASR, job, request, on_message)

    def _diarize(self, job: Job, model: Path) -> None:
        with job.stage(Stage.DIARIZATION, _diarization(job.options)):
            for track in job.others:
                self._diarize_track(job, track, model)

    def _diarize_track(self, job: Job, track: Track, model: Path) -> None:
        least, most = _speakers(job)

        def request(step: Step) -> Diarize:
            return Diarize(
                audio=str(self._home.decoded(track.id)),
                model=str(model),
                track_id=track.id,
                device=step.device,
                min_speakers=least,
                max_speakers=most,
            )

        def on_message(message: Reply) -> None:
            if isinstance(message, SpeakersFound):
                self._library.replace_diarization(track.id, message.diarization)
            elif isinstance(message, Progress):
                job.progressed(Stage.DIARIZATION, track, message.done)

        self._run("diarization", Stage.DIARIZATION, job, request, on_message)

    def _run(
        self,
        engine: str,
        stage: Stage,
        job: Job,
        request: Callable[[Step], Transcribe | Diarize],
        on_message: Callable[[Reply], None],
    ) -> None:
        def on_degraded(step: Step, error: KnownError) -> None:
            if error.code == ErrorCode.NO_DEVICE and not error.detail:
                return  # a computer without a GPU is no news
            job.on_event(
                events.Degraded(
                    job.meeting_id,
                    stage,
                    error.code.value,
                    step.device,
                    step.compute_type,
                    step.batch_size,
                )
            )

        steps = ladder(job.options.device)
        self._supervisor.run(engine, steps, request, on_message, job.cancel, on_degraded)


def by_speech(tracks: Sequence[Track], peaks: Callable[[str], bytes]) -> list[Track]:
    """The track on which most is said first: what it speaks is the language of all of them.

    A microphone in which nobody spoke would tell a language by its noise. Peaks well above the
    quiet moments of a track, and above silence, count as speech.
    """

    def loud(track: Track) -> int:
        found = peaks(track.id)
        floor = max(SILENCE, 3 * sorted(found)[len(found) // 10]) if found else 0
        return sum(peak > floor for peak in found)

    return sorted(tracks, key=loud, reverse=True)


def _asr(job: Job) -> Options:
    """What the text depends on."""
    return {
        "model": job.options.model,
        "language": job.options.language,
        "hotwords": list(job.glossary.hotwords()),
    }


def _speakers(job: Job) -> tuple[int, int]:
    """How many speak on each of the tracks that are diarized, where the user knows of all."""
    least, most = job.options.min_speakers, job.options.max_speakers
    elsewhere = len(job.others) - 1 + bool(job.mine)  # at least
    if not elsewhere:
        return least, most
    alone = len(job.others) == 1  # only the user is not on it
    return (max(1, least - 1) if alone and least else 1), (max(1, most - elsewhere) if most else 0)


def _diarization(options: ProcessOptions) -> Options:
    """What the speakers depend on."""
    return {
        "model": options.diarization_model,
        "min_speakers": options.min_speakers,
        "max_speakers": options.max_speakers,
    }


def on_threads(works: Works) -> list[BaseException | None]:
    """Run works side by side on threads of their own; what each of them raised."""
    with ThreadPoolExecutor(2, thread_name_prefix="stage") as pool:
        futures = [pool.submit(work) for work in works.values()]
    return [future.exception() for future in futures]
