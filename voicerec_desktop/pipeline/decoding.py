"""The decode stage: every track of a meeting as the engines want it."""

from dataclasses import replace
from pathlib import Path

from voicerec_desktop.audio.channels import has_two_recordings
from voicerec_desktop.audio.decode import decode
from voicerec_desktop.audio.echo import remove_echo
from voicerec_desktop.core.ids import new_id
from voicerec_desktop.core.model import Stage, Track, TrackKind
from voicerec_desktop.pipeline import events
from voicerec_desktop.pipeline.job import Job
from voicerec_desktop.store.failures import translated


def decode_tracks(job: Job) -> None:
    """Decode all tracks of a meeting; nothing where that has been done."""
    here = all(job.home.decoded(track.id).is_file() for track in job.tracks)
    if here and job.done(Stage.DECODE, {}):
        return
    with job.stage(Stage.DECODE, {}):
        _separate(job)
        durations = [_decode(job, track) for track in job.tracks]
        job.library.update_meeting(job.meeting_id, duration=max(durations))
        for track in job.mine:
            _remove_echo(job, track)
    job.tracks = job.library.tracks(job.meeting_id)


def _separate(job: Job) -> None:
    """Make two tracks of a stereo file whose channels are two recordings."""
    track = job.tracks[0]
    if len(job.tracks) > 1 or track.kind != TrackKind.FILE or track.channel >= 0:
        return
    if has_two_recordings(Path(track.path), job.cancel):
        with job.library.transaction():
            job.library.update_track(replace(track, channel=0))
            job.library.add_track(replace(track, id=new_id(), channel=1))
        job.tracks = job.library.tracks(job.meeting_id)


def _remove_echo(job: Job, track: Track) -> None:
    """For recognition only: what is played stays as it was recorded."""
    others = [job.home.decoded(other.id) for other in job.others]
    target = job.home.without_echo(track.id)
    with translated(target):
        remove_echo(job.home.decoded(track.id), others, target, job.cancel)


def _decode(job: Job, track: Track) -> float:
    """Decode one track; its seconds."""
    decoded = decode(
        Path(track.path),
        job.home.decoded(track.id),
        cancel=job.cancel,
        on_progress=lambda done: job.progressed(Stage.DECODE, track, done),
        channel=track.channel if track.channel >= 0 else None,
        clock_rate=track.clock_rate,
    )
    job.library.update_track(
        replace(
            track,
            sample_rate=decoded.sample_rate,
            channels=decoded.channels,
            frames=round(decoded.duration * decoded.sample_rate),
            sha256=decoded.sha256,
            warning=decoded.warning,
        )
    )
    job.library.set_peaks(track.id, decoded.peaks)
    if decoded.warning:
        job.on_event(events.SoundDamaged(job.meeting_id, decoded.warning))
    return decoded.duration
