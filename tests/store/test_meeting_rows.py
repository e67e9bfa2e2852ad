"""What the list of meetings is made from: who speaks in which, in one question to the database."""

from voicerec_desktop.core.model import Meeting, Speaker


def test_meetings_come_newest_first_with_their_speakers_in_order(library):
    for i, names in enumerate([(None, "Борис", None), (), ("Анна",)]):
        meeting = Meeting(f"m{i}", f"Встреча {i}", f"2026-03-0{i + 1}T09:00:00+00:00")
        library.add_meeting(meeting, [])
        speakers = [Speaker(f"m{i}-{9 - n}", n, name) for n, name in enumerate(names, 1)]
        library.replace_segments(meeting.id, speakers[::-1], [], [])
    rows = library.meeting_rows()
    assert [row.meeting.id for row in rows] == ["m2", "m1", "m0"]
    assert [row.speakers for row in rows] == [("Анна",), (), (None, "Борис", None)]
    assert [row.meeting for row in rows] == library.meetings()


def test_many_meetings_take_as_many_statements_as_few(library, add_meeting):
    def statements() -> int:
        seen = []
        library._connection.set_trace_callback(seen.append)
        library.meeting_rows()
        library._connection.set_trace_callback(None)
        return len(seen)

    add_meeting(library, "m0", "Раз.", "Два.")
    few = statements()
    for i in range(1, 30):
        add_meeting(library, f"m{i}", "Раз.", "Два.")
    assert statements() == few
