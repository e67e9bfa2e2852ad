"""What users did to transcripts: stored row by row, undone and redone across restarts."""

import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

import msgspec

from voicerec_desktop.core.editing import Edit, EditKind, Rows, inverse
from voicerec_desktop.core.errors import ErrorCode, KnownError
from voicerec_desktop.core.model import Segment, Speaker, SpeakerTurn
from voicerec_desktop.store.meetings import mark_sidecar_due
from voicerec_desktop.store.packing import (
    embedding_decoder,
    no_collection,
    pack,
    segment_decoder,
)
from voicerec_desktop.store.transcripts import (
    Transcripts,
    insert_segment,
    insert_speaker,
    insert_turn,
    searchable,
)

_edits = msgspec.msgpack.Decoder(Edit)


class Edits(Transcripts):
    """The part of the library that knows what the user did to each meeting.

    What the engines said stays as it is. A new transcript of an edited meeting is an edit itself,
    so that undoing it brings the edited one back.
    """

    def apply_edit(self, meeting_id: str, edit: Edit) -> None:
        """Store an edit and its rows; what was undone before cannot be redone any more.

        Raises:
            KnownError: EDIT_OUTDATED: the rows that it replaces are not there any more.
        """
        with self._write() as db:
            _swap(db, meeting_id, edit)
            _record(db, meeting_id, edit)

    def undo(self, meeting_id: str) -> Edit | None:
        """Take the last edit back; what was done for that, or None where there is nothing."""
        return self._step(meeting_id, undone=False)

    def redo(self, meeting_id: str) -> Edit | None:
        """Do again what was undone last; what was done for that, or None."""
        return self._step(meeting_id, undone=True)

    def undo_kind(self, meeting_id: str) -> EditKind | None:
        """What `undo` would take back."""
        return self._kind(meeting_id, undone=False)

    def redo_kind(self, meeting_id: str) -> EditKind | None:
        """What `redo` would do again."""
        return self._kind(meeting_id, undone=True)

    def rename_speaker(self, speaker_id: str, name: str | None) -> None:
        """Give a speaker a name, or take it away, as an edit."""
        with self._write() as db:
            found = db.execute("SELECT meeting_id FROM speaker WHERE id = ?", (speaker_id,))
            if (row := found.fetchone()) is None:
                return
            old = _speaker(db, row[0], speaker_id)
            assert old is not None
            new = replace(old, name=name or None)
            if new != old:
                rows = Rows(speakers=(old,)), Rows(speakers=(new,))
                self.apply_edit(row[0], Edit(EditKind.RENAME, *rows))

    def replace_segments(
        self,
        meeting_id: str,
        speakers: Sequence[Speaker],
        segments: Sequence[Segment],
        turns: Sequence[SpeakerTurn],
    ) -> None:
        """Store the transcript and its search index; names given to the same speakers stay.

        Where the user has edited the old one, that can be brought back by `undo`.
        """
        with self._write() as db, no_collection():
            if self._next(meeting_id, undone=False) is None:
                super().replace_segments(meeting_id, speakers, segments, turns)
                _forget_undone(db, meeting_id)
                return
            before = self._rows(meeting_id)
            super().replace_segments(meeting_id, speakers, segments, turns)
            after = self._rows(meeting_id)
            if after != before:
                _record(db, meeting_id, Edit(EditKind.RERUN, before, after))

    def _rows(self, meeting_id: str) -> Rows:
        return Rows(
            tuple(self._segments(meeting_id)),
            tuple(self._speakers(meeting_id)),
            tuple(self._turns(meeting_id)),
        )

    def _step(self, meeting_id: str, *, undone: bool) -> Edit | None:
        with self._write() as db:
            if (row := self._next(meeting_id, undone=undone)) is None:
                return None
            (body,) = db.execute("SELECT body FROM edit WHERE id = ?", (row[0],)).fetchone()
            with no_collection():
                edit = _edits.decode(body)
            done = edit if undone else inverse(edit)
            _swap(db, meeting_id, done)
            db.execute("UPDATE edit SET undone = ? WHERE id = ?", (int(not undone), row[0]))
            mark_sidecar_due(db, meeting_id)
            return done

    def _kind(self, meeting_id: str, *, undone: bool) -> EditKind | None:
        row = self._next(meeting_id, undone=undone)
        return EditKind(row[1]) if row else None

    def _next(self, meeting_id: str, *, undone: bool) -> tuple[int, str] | None:
        """Id and kind of the edit that is undone or (`undone`) redone next."""
        order = "id" if undone else "id DESC"
        rows = self._read(
            f"SELECT id, kind FROM edit WHERE meeting_id = ? AND undone = ? ORDER BY {order}"
            " LIMIT 1",
            meeting_id,
            int(undone),
        )
        return rows[0] if rows else None


def _record(db: sqlite3.Connection, meeting_id: str, edit: Edit) -> None:
    _forget_undone(db, meeting_id)
    at = datetime.now(UTC).isoformat(timespec="milliseconds")
    db.execute(
        "INSERT INTO edit (meeting_id, at, kind, body, undone) VALUES (?, ?, ?, ?, 0)",
        (meeting_id, at, edit.kind.value, pack(edit)),
    )
    mark_sidecar_due(db, meeting_id)


def _forget_undone(db: sqlite3.Connection, meeting_id: str) -> None:
    db.execute("DELETE FROM edit WHERE meeting_id = ? AND undone = 1", (meeting_id,))


def _swap(db: sqlite3.Connection, meeting_id: str, edit: Edit) -> None:
    """Take the rows before an edit out, which must be there, and put those after it in."""
    try:
        _swap_segments(db, meeting_id, edit.before.segments, edit.after.segments)
        for turn in edit.before.turns:
            _take_turn(db, meeting_id, turn)
        for turn in edit.after.turns:
            insert_turn(db, meeting_id, turn)
        for speaker in edit.before.speakers:
            if _speaker(db, meeting_id, speaker.id) != speaker:
                raise KnownError(ErrorCode.EDIT_OUTDATED, speaker.id)
            db.execute("DELETE FROM speaker WHERE id = ?", (speaker.id,))
        for speaker in edit.after.speakers:
            insert_speaker(db, meeting_id, speaker)
    except sqlite3.IntegrityError as error:  # what comes is there already, or the meeting is gone
        raise KnownError(ErrorCode.EDIT_OUTDATED, str(error)) from error


def _swap_segments(
    db: sqlite3.Connection, meeting_id: str, before: Sequence[Segment], after: Sequence[Segment]
) -> None:
    rows = {segment.id: _row(db, meeting_id, segment) for segment in before}
    indexed = {segment.id: searchable(segment) for segment in before}
    for segment in after:
        if (row := rows.pop(segment.id, None)) is None:
            insert_segment(db, meeting_id, segment)
            continue
        db.execute(
            "UPDATE segment SET start = ?, body = ? WHERE row = ?",
            (segment.start, pack(segment), row),
        )
        if (stems := searchable(segment)) != indexed[segment.id]:
            db.execute("UPDATE segment_stems SET stems = ? WHERE rowid = ?", (stems, row))
    for row in rows.values():
        db.execute("DELETE FROM segment_stems WHERE rowid = ?", (row,))
        db.execute("DELETE FROM segment WHERE row = ?", (row,))


def _row(db: sqlite3.Connection, meeting_id: str, segment: Segment) -> int:
    """Where a segment is stored just as it is."""
    found = db.execute(
        "SELECT row, body FROM segment WHERE id = ? AND meeting_id = ?", (segment.id, meeting_id)
    ).fetchone()
    if found is None or not _same(segment_decoder.decode(found[1]), segment):
        raise KnownError(ErrorCode.EDIT_OUTDATED, segment.id)
    return int(found[0])


def _same(stored: Segment, segment: Segment) -> bool:
    return stored == segment or pack(stored) == pack(segment)  # a NaN is not equal to itself


def _take_turn(db: sqlite3.Connection, meeting_id: str, turn: SpeakerTurn) -> None:
    taken = db.execute(
        "DELETE FROM turn WHERE rowid = (SELECT rowid FROM turn WHERE meeting_id = ?"
        ' AND start = ? AND "end" = ? AND speaker_id = ? LIMIT 1)',
        (meeting_id, turn.start, turn.end, turn.speaker_id),
    )
    if taken.rowcount != 1:
        raise KnownError(ErrorCode.EDIT_OUTDATED, str(turn))


def _speaker(db: sqlite3.Connection, meeting_id: str, speaker_id: str) -> Speaker | None:
    row = db.execute(
        "SELECT id, number, name, colour, embedding FROM speaker WHERE id = ? AND meeting_id = ?",
        (speaker_id, meeting_id),
    ).fetchone()
    if row is None:
        return None
    speaker_id, number, name, colour, embedding = row
    return Speaker(speaker_id, number, name, colour, embedding_decoder.decode(embedding))
