"""How long a meeting still takes."""

import pytest

from voicerec_desktop.core.model import Meeting, Stage, StageState
from voicerec_desktop.core.process_options import ProcessOptions
from voicerec_desktop.pipeline.estimate import Estimate, StageSoFar, estimate, in_all
from voicerec_desktop.store.library import Library
from voicerec_desktop.store.stages import StagePace

OPTIONS = ProcessOptions(model="big", diarization_model="people")
PACES = [
    StagePace(Stage.DECODE, "", 0.01),
    StagePace(Stage.ASR, "big", 0.5),
    StagePace(Stage.ASR, "small", 0.1),
    StagePace(Stage.DIARIZATION, "people", 0.2),
]
DONE = StageSoFar(1.0, 10.0)


def test_before_anything_has_begun_past_runs_of_the_same_models_tell():
    assert estimate(1000, OPTIONS, {}, PACES) == Estimate(510.0, 0.0)
    small = ProcessOptions(model="small", diarization_model="people")
    assert estimate(1000, small, {}, PACES).seconds == pytest.approx(210)  # speakers take longer
    alone = ProcessOptions(model="small", diarization=False)
    assert estimate(1000, alone, {}, PACES).seconds == pytest.approx(110)


def test_nobody_can_tell_without_past_runs_progress_or_a_duration():
    assert estimate(1000, OPTIONS, {}, []) is None
    assert estimate(0, OPTIONS, {}, PACES) is None
    unknown = ProcessOptions(model="new")
    assert estimate(1000, unknown, {Stage.DECODE: DONE}, PACES) is None
    hardly = {Stage.DECODE: DONE, Stage.ASR: StageSoFar(0.001, 30.0), Stage.DIARIZATION: DONE}
    assert estimate(1000, unknown, hardly, PACES) is None  # so far the model was loaded


def test_the_first_run_ever_is_told_from_its_own_progress():
    so_far = {
        Stage.DECODE: DONE,
        Stage.ASR: StageSoFar(0.25, 100.0),
        Stage.DIARIZATION: StageSoFar(0.5, 60.0),
    }
    assert estimate(1000, OPTIONS, so_far, []).seconds == pytest.approx(300)


def test_its_own_pace_counts_the_more_the_further_a_stage_is():
    def left(done: float, seconds: float) -> float:
        so_far = {Stage.DECODE: DONE, Stage.DIARIZATION: DONE, Stage.ASR: StageSoFar(done, seconds)}
        return estimate(1000, OPTIONS, so_far, PACES).seconds

    # it runs at half the pace of the past: 1000 s in all, not 500
    assert left(0.1, 100) == pytest.approx(0.1 * 900 + 0.9 * 450)
    assert left(0.9, 900) == pytest.approx(0.9 * 100 + 0.1 * 50)
    assert left(1.0, 1000) == 0


def test_the_share_that_is_done_grows_to_one():
    half = {Stage.DECODE: StageSoFar(1.0, 10), Stage.ASR: StageSoFar(0.5, 250)}
    found = estimate(1000, OPTIONS, half, PACES)
    assert found.seconds == pytest.approx(250)
    assert found.done == pytest.approx(260 / 510)
    whole = dict.fromkeys((Stage.DECODE, Stage.ASR, Stage.DIARIZATION), DONE)
    assert estimate(1000, OPTIONS, whole, PACES) == Estimate(0.0, 1.0)


def test_one_odd_run_among_the_past_ones_does_not_matter():
    paces = [StagePace(Stage.ASR, "big", pace) for pace in (0.5, 9.0, 0.5, 0.01, 0.5)]
    alone = ProcessOptions(model="big", diarization=False)
    found = estimate(100, alone, {Stage.DECODE: DONE}, paces)
    assert found.seconds == pytest.approx(50)


def test_meetings_one_after_another_take_the_sum_if_all_are_known():
    assert in_all([Estimate(10, 0), Estimate(5.5, 0.5)]) == 15.5
    assert in_all([Estimate(10, 0), None]) is None
    assert in_all([]) == 0


def test_past_runs_are_those_that_were_finished_newest_first(home):
    with Library(home.library, home.backups) as library:
        library.add_meeting(Meeting("m", "t", "2026", duration=100.0), [])
        library.add_meeting(Meeting("n", "t", "2026"), [])  # its length is not known
        for meeting_id, stage, state, seconds in (
            ("m", Stage.DECODE, StageState.DONE, 1.0),
            ("m", Stage.ASR, StageState.DONE, 50.0),
            ("m", Stage.ASR, StageState.FAILED, 7.0),
            ("n", Stage.ASR, StageState.DONE, 7.0),
        ):
            run = library.start_stage(
                meeting_id, stage, {"model": "big"} if stage == Stage.ASR else {}
            )
            library.finish_stage(run, state, seconds)
        assert library.paces() == [
            StagePace(Stage.ASR, "big", 0.5),
            StagePace(Stage.DECODE, "", 0.01),
        ]
