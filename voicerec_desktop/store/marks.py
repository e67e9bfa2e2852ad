"""What the user marked in meetings."""

from voicerec_desktop.core.model import Mark
from voicerec_desktop.store.meetings import Meetings, mark_sidecar_due


class Marks(Meetings):
    """The part of the library that keeps marks."""

    def add_mark(self, meeting_id: str, mark: Mark) -> None:
        """Store a mark."""
        with self._write() as db:
            row = (mark.id, meeting_id, mark.at, mark.note)
            db.execute("INSERT INTO mark VALUES (?, ?, ?, ?)", row)
            mark_sidecar_due(db, meeting_id)

    def update_mark(self, mark: Mark) -> None:
        """Store a changed mark."""
        with self._write() as db:
            db.execute(
                "UPDATE mark SET at = ?, note = ? WHERE id = ?", (mark.at, mark.note, mark.id)
            )
            for (meeting_id,) in db.execute("SELECT meeting_id FROM mark WHERE id = ?", (mark.id,)):
                mark_sidecar_due(db, meeting_id)

    def delete_mark(self, mark_id: str) -> None:
        """Forget a mark."""
        with self._write() as db:
            rows = db.execute("SELECT meeting_id FROM mark WHERE id = ?", (mark_id,)).fetchall()
            db.execute("DELETE FROM mark WHERE id = ?", (mark_id,))
            for (meeting_id,) in rows:
                mark_sidecar_due(db, meeting_id)

    def marks(self, meeting_id: str) -> list[Mark]:
        """The marks of a meeting, in order of time."""
        rows = self._read(
            "SELECT id, at, note FROM mark WHERE meeting_id = ? ORDER BY at, id", meeting_id
        )
        return [Mark(*row) for row in rows]
