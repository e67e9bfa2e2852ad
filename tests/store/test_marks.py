"""What the user marked: kept in order, changed, forgotten, and never lost."""

from voicerec_desktop.core.model import Mark
from voicerec_desktop.store.sidecar import write_sidecar


def test_marks_are_kept_in_order_of_time_changed_and_forgotten(library, add_meeting):
    add_meeting(library, "m", "раз")
    add_meeting(library, "other", "два")
    library.add_mark("m", Mark("b", 20.0, "бюджет"))
    library.add_mark("m", Mark("a", 3.5))
    library.add_mark("other", Mark("c", 1.0, "не она"))
    library.update_mark(Mark("a", 30.0, "решили"))
    found = (Mark("b", 20.0, "бюджет"), Mark("a", 30.0, "решили"))
    assert library.transcript("m").marks == tuple(library.marks("m")) == found
    library.delete_mark("b")
    assert library.marks("m") == [Mark("a", 30.0, "решили")]
    library.delete_meeting("m")
    assert library.marks("m") == []
    assert library.check() == []


def test_a_sidecar_is_due_after_a_mark(home, library, add_meeting):
    add_meeting(library, "m", "раз")
    for change in (
        lambda: library.add_mark("m", Mark("a", 1.0)),
        lambda: library.update_mark(Mark("a", 1.0, "да")),
        lambda: library.delete_mark("a"),
    ):
        write_sidecar(library, "m", home.meeting("m"))
        change()
        assert list(library.due_sidecars()) == ["m"]
