"""How long a meeting still takes: from how far its stages are, and from what past ones cost."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from voicerec_desktop.core.model import Stage
from voicerec_desktop.core.process_options import ProcessOptions
from voicerec_desktop.store.stages import StagePace

NEWEST = 9  # runs of a stage with one model that count
TELLING = 0.02  # of a stage: before that, models load and its own pace tells nothing


@dataclass(frozen=True, slots=True)
class StageSoFar:
    """A stage that runs or has run: 0 to 1 `done` in so many `seconds`."""

    done: float
    seconds: float


@dataclass(frozen=True, slots=True)
class Estimate:
    """Seconds that are left, and how much of the whole is done, 0 to 1."""

    seconds: float
    done: float


def estimate(
    duration: float,
    options: ProcessOptions,
    so_far: Mapping[Stage, StageSoFar],
    paces: Sequence[StagePace],
) -> Estimate | None:
    """How long a meeting still takes, or None where nobody can tell yet.

    ASR and diarization run side by side, so the longer one counts.

    Args:
        duration: of the sound, s; 0 while it is not known.
        so_far: stages that have begun; the others have not.
        paces: what past runs cost, newest first.
    """
    left: dict[Stage, float] = {}
    spent: dict[Stage, float] = {}
    for stage, model in _stages(options):
        state = so_far.get(stage, StageSoFar(0.0, 0.0))
        pace = _pace(paces, stage, model)
        rest = _left(state, None if pace is None or duration <= 0 else pace * duration)
        if rest is None:
            return None
        left[stage], spent[stage] = rest, state.seconds
    seconds, past = _in_all(left), _in_all(spent)
    whole = seconds + past
    return Estimate(seconds, past / whole if whole else 1.0)


def in_all(estimates: Iterable[Estimate | None]) -> float | None:
    """Seconds that meetings take one after another, or None if one is not known."""
    total = 0.0
    for one in estimates:
        if one is None:
            return None
        total += one.seconds
    return total


def _stages(options: ProcessOptions) -> list[tuple[Stage, str]]:
    stages = [(Stage.DECODE, ""), (Stage.ASR, options.model)]
    if options.diarization:
        stages.append((Stage.DIARIZATION, options.diarization_model))
    return stages


def _pace(paces: Sequence[StagePace], stage: Stage, model: str) -> float | None:
    """What a second of sound costs: the median, for resumed runs cost less and busy ones more."""
    found = [pace.seconds for pace in paces if pace.stage == stage and pace.model == model]
    return median(found[:NEWEST]) if found else None


def _left(state: StageSoFar, expected: float | None) -> float | None:
    """Seconds that a stage still takes; its own pace counts the more, the further it is."""
    if state.done >= 1.0:
        return 0.0
    own = None
    if state.done >= TELLING and state.seconds > 0:
        own = state.seconds * (1 - state.done) / state.done
    if expected is None:
        return own
    rest = expected * (1 - state.done)
    return rest if own is None else own * state.done + rest * (1 - state.done)


def _in_all(seconds: Mapping[Stage, float]) -> float:
    side_by_side = max(seconds.get(Stage.ASR, 0.0), seconds.get(Stage.DIARIZATION, 0.0))
    return seconds.get(Stage.DECODE, 0.0) + side_by_side
