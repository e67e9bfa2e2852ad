"""The user's glossary."""

import json
from collections.abc import Sequence

from voicerec_desktop.core.glossary import GlossaryEntry
from voicerec_desktop.store.connection import Connection


class GlossaryTerms(Connection):
    """The part of the library that keeps the user's terms."""

    def glossary(self) -> list[GlossaryEntry]:
        """The user's terms."""
        rows = self._read("SELECT term, variants, stem FROM glossary ORDER BY rowid")
        return [GlossaryEntry(t, tuple(json.loads(v)), bool(s)) for t, v, s in rows]

    def replace_glossary(self, entries: Sequence[GlossaryEntry]) -> None:
        """Store the user's terms."""
        rows = [(e.term, json.dumps(e.variants, ensure_ascii=False), int(e.stem)) for e in entries]
        with self._write() as db:
            db.execute("DELETE FROM glossary")
            db.executemany("INSERT INTO glossary VALUES (?, ?, ?)", rows)
