"""Meetings that wait for the engines, in the order in which they get their turn."""

from dataclasses import dataclass

import msgspec

from voicerec_desktop.core.process_options import ProcessOptions
from voicerec_desktop.store.connection import Connection

_options = msgspec.json.Decoder(ProcessOptions)


@dataclass(frozen=True, slots=True)
class Job:
    """A meeting that waits for its turn or has it. `held`: it waits until the user says so."""

    meeting_id: str
    position: float
    options: ProcessOptions
    held: bool = False


class Jobs(Connection):
    """The part of the library that keeps the queue."""

    def add_job(self, meeting_id: str, options: ProcessOptions) -> None:
        """Put a meeting at the end of the queue; one that is in it stays where it is."""
        with self._write() as db:
            db.execute(
                "INSERT INTO job SELECT ?, coalesce(max(position), 0) + 1, ?, 0 FROM job WHERE true"
                " ON CONFLICT DO UPDATE SET options = excluded.options, held = 0",
                (meeting_id, _text(options)),
            )
            self.remember_options(meeting_id, options)

    def jobs(self) -> list[Job]:
        """The queue, first comes first."""
        with self._snapshot():
            rows = self._read(
                "SELECT meeting_id, position, options, held FROM job ORDER BY position, meeting_id"
            )
            return [
                Job(m, position, _options.decode(o), bool(held)) for m, position, o, held in rows
            ]

    def move_job(self, meeting_id: str, before: str | None) -> None:
        """Move a job before another one, or (None) to the end; nothing where either is gone."""
        with self._write() as db:
            ids = [job.meeting_id for job in self.jobs()]
            if meeting_id not in ids or before == meeting_id:
                return
            ids.remove(meeting_id)
            if before is not None and before not in ids:
                return
            ids.insert(len(ids) if before is None else ids.index(before), meeting_id)
            db.executemany(
                "UPDATE job SET position = ? WHERE meeting_id = ?",
                [(float(i), one) for i, one in enumerate(ids, 1)],
            )

    def hold_job(self, meeting_id: str, held: bool) -> None:
        """Let a job wait until it is let go again."""
        with self._write() as db:
            db.execute("UPDATE job SET held = ? WHERE meeting_id = ?", (int(held), meeting_id))

    def remove_job(self, meeting_id: str) -> None:
        """Take a meeting out of the queue."""
        with self._write() as db:
            db.execute("DELETE FROM job WHERE meeting_id = ?", (meeting_id,))

    def remember_options(self, meeting_id: str, options: ProcessOptions) -> None:
        """Keep how a meeting is processed, so that it can be done again in the same way."""
        with self._write() as db:
            db.execute("UPDATE meeting SET options = ? WHERE id = ?", (_text(options), meeting_id))

    def last_options(self, meeting_id: str) -> ProcessOptions | None:
        """How a meeting was processed last, or None if nobody knows."""
        with self._snapshot():
            rows = self._read("SELECT options FROM meeting WHERE id = ?", meeting_id)
            return _options.decode(rows[0][0]) if rows and rows[0][0] else None


def _text(options: ProcessOptions) -> str:
    return msgspec.json.encode(options).decode()
