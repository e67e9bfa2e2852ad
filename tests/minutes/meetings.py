"""Meetings that are given by what was said: rows of a reference with their speakers."""

from pathlib import Path

from voicerec_desktop.core.model import (
    Meeting,
    MeetingStatus,
    Segment,
    Speaker,
    Track,
    TrackKind,
    Transcript,
)
from voicerec_desktop.store.library import Library

MEETING = "m1"
NAMES = {"anna": "Анна", "aleksandr": "Александр", "elena": "Елена", "irina": "Ирина"}


def meeting_of(stm: Path, language: str, meeting_id: str = "m1") -> Transcript:
    """The transcript of a reference; its segments are l1, l2 and so on."""
    rows = [line.split(maxsplit=5) for line in stm.read_text("utf-8").splitlines() if line]
    ids = list(dict.fromkeys(row[2] for row in rows))
    speakers = tuple(Speaker(one, i, NAMES.get(one, one)) for i, one in enumerate(ids, 1))
    segments = tuple(
        Segment(f"l{i}", float(row[3]), float(row[4]), row[5], (), row[2], "t1")
        for i, row in enumerate(rows, 1)
    )
    end = segments[-1].end
    meeting = Meeting(meeting_id, "Планёрка", "2026-11-24T09:00:00+00:00", end, language)
    return Transcript(
        Meeting(meeting_id, meeting.title, meeting.started_at, end, language, MeetingStatus.READY),
        (),
        speakers,
        segments,
    )


def long_meeting(library: Library, lines: int, words: int = 40) -> list[dict]:
    """A meeting of so many lines; in each tenth of them something is decided."""
    segments, facts = [], []
    for i in range(lines):
        text = f"Пункт номер {i}: " + "обсуждаем разные подробности " * (words // 3)
        segments.append(Segment(f"s{i}", i * 5.0, i * 5.0 + 5, text.strip(), (), "ab"[i % 2], "t1"))
        if i % 10 == 0:
            said = f"Пункт номер {i}: обсуждаем разные подробности"
            facts.append(
                {"kind": "fact", "text": said, "owner": "", "due": "", "quote": said}
                | {"place": f"номер {i}:", "length": 1}
            )
    library.add_meeting(
        Meeting(MEETING, "Долгая", "2026-11-24T09:00:00+00:00", lines * 5.0, "ru"),
        [Track("t1", MEETING, TrackKind.FILE, "/a.wav")],
    )
    library.update_meeting(MEETING, status=MeetingStatus.READY)
    library.replace_segments(
        MEETING, [Speaker("a", 1, "Анна"), Speaker("b", 2, "Борис")], segments, ()
    )
    return facts
