"""What was done to a meeting, how long it took, and what was cut short."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from voicerec_desktop.core.model import MeetingStatus, Stage, StageRun, StageState
from voicerec_desktop.store import processes
from voicerec_desktop.store.connection import Connection

NEWEST_RUNS = 200
_TEXT_STAGES = (Stage.ASR, Stage.DIARIZATION, Stage.ATTRIBUTION)


@dataclass(frozen=True, slots=True)
class StagePace:
    """What a run of a stage cost: seconds for each second of sound. `model` "": it has none."""

    stage: Stage
    model: str
    seconds: float


class Stages(Connection):
    """The part of the library that knows how far each meeting is."""

    def start_stage(self, meeting_id: str, stage: Stage, options: Mapping[str, object]) -> int:
        """Write down that a stage runs; the row's id."""
        values = (meeting_id, stage.value, StageState.RUNNING.value, _text(options))
        with self._write() as db:
            row = db.execute(
                "INSERT INTO stage_run (meeting_id, stage, state, options, seconds, error)"
                " VALUES (?, ?, ?, ?, 0.0, '')",
                values,
            ).lastrowid
        assert row is not None
        return row

    def finish_stage(self, run_id: int, state: StageState, seconds: float, error: str = "") -> None:
        """Write down how a stage ended."""
        with self._write() as db:
            db.execute(
                "UPDATE stage_run SET state = ?, seconds = ?, error = ? WHERE id = ?",
                (state.value, seconds, error, run_id),
            )

    def last_run(self, meeting_id: str, stage: Stage) -> StageRun | None:
        """The newest run of a stage."""
        runs = [run for run in self._stage_runs(meeting_id) if run.stage == stage]
        return runs[-1] if runs else None

    def assembled(self, meeting_id: str) -> StageRun | None:
        """The run that made the transcript from what the engines said last, or None."""
        runs = [run for run in self._stage_runs(meeting_id) if run.stage in _TEXT_STAGES]
        done = runs and runs[-1].stage == Stage.ATTRIBUTION and runs[-1].state == StageState.DONE
        return runs[-1] if done else None

    def paces(self) -> list[StagePace]:
        """What the newest runs of each stage cost, newest first."""
        rows = self._read(
            "SELECT stage, json_extract(stage_run.options, '$.model'), seconds / duration"
            " FROM stage_run JOIN meeting ON meeting.id = meeting_id"
            " WHERE state = ? AND duration > 0 AND seconds > 0 ORDER BY stage_run.id DESC LIMIT ?",
            StageState.DONE.value,
            NEWEST_RUNS,
        )
        return [StagePace(Stage(stage), model or "", pace) for stage, model, pace in rows]

    def _stage_runs(self, meeting_id: str) -> list[StageRun]:
        rows = self._read(
            "SELECT meeting_id, stage, state, options, seconds, error FROM stage_run"
            " WHERE meeting_id = ? ORDER BY id",
            meeting_id,
        )
        return [
            StageRun(m, Stage(stage), StageState(state), json.loads(options), seconds, error)
            for m, stage, state, options, seconds, error in rows
        ]

    def mark_interrupted(self) -> list[str]:
        """Mark meetings whose process is gone; those of living processes are left alone.

        Recordings do not end with the process that began them.
        """
        with self._write() as db:
            rows = db.execute(
                "SELECT id, pid, pid_started FROM meeting WHERE status = ?",
                (MeetingStatus.PROCESSING.value,),
            ).fetchall()
            gone = [row[0] for row in rows if not processes.lives(row[1], row[2])]
            for meeting_id in gone:
                db.execute(
                    "UPDATE meeting SET status = ? WHERE id = ?",
                    (MeetingStatus.INTERRUPTED.value, meeting_id),
                )
                db.execute(
                    "UPDATE stage_run SET state = ? WHERE meeting_id = ? AND state = ?",
                    (StageState.CANCELLED.value, meeting_id, StageState.RUNNING.value),
                )
        return gone


def _text(options: Mapping[str, object]) -> str:
    return json.dumps(options, ensure_ascii=False)
