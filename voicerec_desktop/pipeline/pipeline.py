"""The stages of one meeting: each reads rows, does its work, writes rows.

A stage whose last run is done with the same options is not run again, so a meeting that was
interrupted anywhere goes on from there.
"""

import logging
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from voicerec_desktop.audio.channels import has_two_recordings
from voicerec_desktop.audio.decode import decode
from voicerec_desktop.core.attribution import attribute, number_by_first_word
from voicerec_desktop.core.cancel import CancelToken
from voicerec_desktop.core.errors import Cancelled, ErrorCode, KnownError
from voicerec_desktop.core.glossary import Glossary, GlossaryEntry
from voicerec_desktop.core.ids import new_id
from voicerec_desktop.core.model import (
    Meeting,
    MeetingStatus,
    Segment,
    Speaker,
    SpeakerTurn,
    Stage,
    StageState,
    Track,
    TrackKind,
)
from voicerec_desktop.core.segmentation import join_words
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
from voicerec_desktop.pipeline.supervisor import Supervisor
from voicerec_desktop.speech.catalogue import Catalogue
from voicerec_desktop.speech.device import Step, ladder
from voicerec_desktop.store.library import Library
from voicerec_desktop.store.search import stem
from voicerec_desktop.store.sidecar import write_sidecar

SMALLEST_MODEL = "whisper-base"
EMBEDDED_DIARIZATION = "diarization-embedded"
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ProcessOptions:
    """How a meeting is processed. `language` "" means: detect; 0 speakers: find out."""

    language: str = ""
    model: str = SMALLEST_MODEL
    device: str = "auto"
    diarization: bool = True
    diarization_model: str = EMBEDDED_DIARIZATION
    min_speakers: int = 0
    max_speakers: int = 0
    glossary: tuple[GlossaryEntry, ...] = ()


@dataclass
class _Job:
    """One run over a meeting."""

    meeting_id: str
    tracks: list[Track]
    options: ProcessOptions
    glossary: Glossary
    cancel: CancelToken
    on_event: Callable[[events.Event], None]


def open_file(library: Library, path: Path) -> Meeting:
    """Put a sound file into the library: meeting and track, before anything else is done.

    A meeting of the same file that is not finished is taken up again.

    Raises:
        KnownError: there is no such file.
    """
    path = path.absolute()
    if not path.exists():
        raise KnownError(ErrorCode.FILE_MISSING, path=str(path))
    if path.is_dir():
        raise KnownError(ErrorCode.IS_DIRECTORY, path=str(path))
    if (unfinished := _unfinished(library, path)) is not None:
        return unfinished
    now = datetime.now(UTC).isoformat(timespec="seconds")
    meeting = Meeting(new_id(), path.stem, now)
    library.add_meeting(meeting, [Track(new_id(), meeting.id, TrackKind.FILE, str(path))])
    return meeting


def _unfinished(library: Library, path: Path) -> Meeting | None:
    open_states = (MeetingStatus.QUEUED, MeetingStatus.INTERRUPTED)
    for meeting in library.meetings():
        if meeting.status in open_states and any(
            track.path == str(path) for track in library.tracks(meeting.id)
        ):
            return meeting
    return None


class Pipeline:
    """Processes meetings of one library."""

    def __init__(
        self, library: Library, home: Home, catalogue: Catalogue, supervisor: Supervisor
    ) -> None:
        self._library = library
        self._home = home
        self._catalogue = catalogue
        self._supervisor = supervisor

    def process(
        self,
        meeting_id: str,
        options: ProcessOptions,
        cancel: CancelToken,
        on_event: Callable[[events.Event], None],
    ) -> None:
        """Bring a meeting from wherever it is to ready.

        Raises:
            KnownError: a stage failed; the meeting is marked failed and keeps what it has.
            Cancelled: the meeting is marked interrupted.
        """
        glossary = Glossary((*self._library.glossary(), *options.glossary), stem)
        tracks = self._library.tracks(meeting_id)
        job = _Job(meeting_id, tracks, options, glossary, CancelToken(cancel), on_event)
        self._library.update_meeting(meeting_id, status=MeetingStatus.PROCESSING, error="")
        try:
            self._stages(job)
        except Cancelled:
            self._library.update_meeting(meeting_id, status=MeetingStatus.INTERRUPTED)
            raise
        except KnownError as error:
            self._library.update_meeting(
                meeting_id, status=MeetingStatus.FAILED, error=error.code.value
            )
            raise
        self._library.update_meeting(meeting_id, status=MeetingStatus.READY)
        write_sidecar(self._library, meeting_id, self._home.meeting(meeting_id))
        for track in tracks:
            self._home.decoded(track.id).unlink(missing_ok=True)

    def _stages(self, job: _Job) -> None:
        models = self._locate_models(job.options)  # before any work: a missing model is told first
        if job.options.diarization:
            self._supervisor.warm_up("diarization")
        self._supervisor.warm_up("asr")
        self._decode(job)
        both = [lambda: self._asr(job, models[0])]
        if job.options.diarization:
            both.append(lambda: self._diarize(job, models[1]))
        _run_all(both, job.cancel)
        self._attribute(job)

    def _locate_models(self, options: ProcessOptions) -> tuple[Path, Path]:
        asr = self._catalogue.locate(options.model)
        if not options.diarization:
            return asr, Path()
        return asr, self._catalogue.locate(options.diarization_model)

    @contextmanager
    def _stage(self, job: _Job, stage: Stage, options: dict[str, object]) -> Iterator[None]:
        """Write down that a stage runs, how long it took and how it ended."""
        run = self._library.start_stage(job.meeting_id, stage, options)
        job.on_event(events.StageStarted(job.meeting_id, stage))
        began = time.monotonic()
        state, why = StageState.FAILED, "unexpected"
        try:
            yield
            state, why = StageState.DONE, ""
        except Cancelled:
            state, why = StageState.CANCELLED, ""
            raise
        except KnownError as error:
            why = str(error)
            raise
        finally:
            seconds = time.monotonic() - began
            self._library.finish_stage(run, state, seconds, why)
        job.on_event(events.StageFinished(job.meeting_id, stage, seconds))

    def _done(self, job: _Job, stage: Stage, options: dict[str, object]) -> bool:
        last = self._library.last_run(job.meeting_id, stage)
        return last is not None and last.state == StageState.DONE and last.options == options

    def _decode(self, job: _Job) -> None:
        if self._done(job, Stage.DECODE, {}) and all(
            self._home.decoded(track.id).is_file() for track in job.tracks
        ):
            return
        with self._stage(job, Stage.DECODE, {}):
            self._separate(job)
            for track in job.tracks:
                self._decode_track(job, track)
        job.tracks = self._library.tracks(job.meeting_id)

    def _separate(self, job: _Job) -> None:
        """Make two tracks of a stereo file whose channels are two recordings."""
        track = job.tracks[0]
        if len(job.tracks) > 1 or track.kind != TrackKind.FILE or track.channel >= 0:
            return
        if has_two_recordings(Path(track.path), job.cancel):
            self._library.update_track(replace(track, channel=0))
            self._library.add_track(replace(track, id=new_id(), channel=1))
            job.tracks = self._library.tracks(job.meeting_id)

    def _decode_track(self, job: _Job, track: Track) -> None:
        decoded = decode(
            Path(track.path),
            self._home.decoded(track.id),
            cancel=job.cancel,
            on_progress=lambda done: _on_progress(job, Stage.DECODE, track, done),
            channel=track.channel if track.channel >= 0 else None,
        )
        self._library.update_track(
            replace(
                track,
                sample_rate=decoded.sample_rate,
                channels=decoded.channels,
                frames=round(decoded.duration * decoded.sample_rate),
                sha256=decoded.sha256,
                warning=decoded.warning,
            )
        )
        self._library.set_peaks(track.id, decoded.peaks)
        self._library.update_meeting(job.meeting_id, duration=decoded.duration)
        if decoded.warning:
            job.on_event(events.SoundDamaged(job.meeting_id, decoded.warning))

    def _asr(self, job: _Job, model: Path) -> None:
        hotwords = list(job.glossary.hotwords())
        options: dict[str, object] = {
            "model": job.options.model,
            "language": job.options.language,
            "hotwords": hotwords,
        }
        if self._done(job, Stage.ASR, options):
            return
        last = self._library.last_run(job.meeting_id, Stage.ASR)
        if last is None or last.options != options:
            for track in job.tracks:
                self._library.clear_asr(track.id)
        with self._stage(job, Stage.ASR, options):
            for track in job.tracks:
                self._asr_track(job, track, model, tuple(hotwords))

    def _asr_track(self, job: _Job, track: Track, model: Path, hotwords: tuple[str, ...]) -> None:
        def request(step: Step) -> Transcribe:
            said = self._library.asr_segments(track.id)
            smallest = self._catalogue.locate(SMALLEST_MODEL) if step.smaller else model
            return Transcribe(
                audio=str(self._home.decoded(track.id)),
                model=str(smallest),
                track_id=track.id,
                language=job.options.language or self._library.meeting(job.meeting_id).language,
                device=step.device,
                compute_type=step.compute_type,
                batch_size=step.batch_size,
                hotwords=hotwords,
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
                _on_progress(job, Stage.ASR, track, message.done)

        if job.options.language:
            self._library.update_meeting(job.meeting_id, language=job.options.language)
        self._run("asr", Stage.ASR, job, request, on_message)

    def _diarize(self, job: _Job, model: Path) -> None:
        options: dict[str, object] = {
            "model": job.options.diarization_model,
            "min_speakers": job.options.min_speakers,
            "max_speakers": job.options.max_speakers,
        }
        if self._done(job, Stage.DIARIZATION, options):
            return
        with self._stage(job, Stage.DIARIZATION, options):
            for track in job.tracks:
                self._diarize_track(job, track, model)

    def _diarize_track(self, job: _Job, track: Track, model: Path) -> None:
        least, most = job.options.min_speakers, job.options.max_speakers
        if len(job.tracks) > 1:  # the others speak on the other tracks
            least, most = 1, max(1, most - len(job.tracks) + 1) if most else 0

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
                _on_progress(job, Stage.DIARIZATION, track, message.done)

        self._run("diarization", Stage.DIARIZATION, job, request, on_message)

    def _run(
        self,
        engine: str,
        stage: Stage,
        job: _Job,
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

    def _attribute(self, job: _Job) -> None:
        options: dict[str, object] = {
            "diarization": job.options.diarization,
            "glossary": [asdict(entry) for entry in job.options.glossary],
        }
        with self._stage(job, Stage.ATTRIBUTION, options):
            segments: list[Segment] = []
            speakers: list[Speaker] = []
            turns: list[SpeakerTurn] = []
            for track in job.tracks:
                said = self._library.asr_segments(track.id)
                found = self._library.diarization(track.id) if job.options.diarization else None
                if found is not None:
                    said = attribute(said, found.exclusive, found.turns)
                    speakers.extend(found.speakers)
                    turns.extend(found.turns)
                segments.extend(_corrected(said, job.glossary))
            segments.sort(key=lambda segment: segment.start)
            heard = number_by_first_word(speakers, segments)
            ids = {speaker.id for speaker in heard}
            kept = [turn for turn in turns if turn.speaker_id in ids]
            self._library.replace_segments(job.meeting_id, heard, segments, kept)


def _on_progress(job: _Job, stage: Stage, track: Track, done: float) -> None:
    """Report how far a stage is, over all tracks."""
    before = next(i for i, one in enumerate(job.tracks) if one.id == track.id)
    job.on_event(events.StageProgress(job.meeting_id, stage, (before + done) / len(job.tracks)))


def _corrected(segments: Sequence[Segment], glossary: Glossary) -> Iterator[Segment]:
    for segment in segments:
        words = glossary.correct(segment.words)
        if words == segment.words:
            yield segment
        else:
            yield replace(segment, words=tuple(words), text=join_words(words))


def _run_all(works: Sequence[Callable[[], None]], cancel: CancelToken) -> None:
    """Run works side by side; the first failure stops the others and is raised."""
    stopped = threading.Event()

    def guarded(work: Callable[[], None]) -> None:
        try:
            work()
        except BaseException:
            stopped.set()
            cancel.cancel()
            raise

    with ThreadPoolExecutor(len(works), thread_name_prefix="stage") as pool:
        futures = [pool.submit(guarded, work) for work in works]
    failures = [e for e in (future.exception() for future in futures) if e is not None]
    failures.sort(key=lambda e: isinstance(e, Cancelled))
    if failures:
        raise failures[0]
