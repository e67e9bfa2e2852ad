import time

from voicerec_desktop.core.ids import new_id


def test_ids_differ_and_sort_by_the_time_at_which_they_were_made(monkeypatch):
    now = iter(range(10**18, 10**18 + 10**12, 10**9))  # a second apart
    monkeypatch.setattr(time, "time_ns", lambda: next(now))
    ids = [new_id() for _ in range(100)]
    assert ids == sorted(set(ids))
    assert {len(one) for one in ids} == {26}


def test_ids_made_in_the_same_millisecond_differ(monkeypatch):
    monkeypatch.setattr(time, "time_ns", lambda: 10**18)
    assert len({new_id() for _ in range(1000)}) == 1000
