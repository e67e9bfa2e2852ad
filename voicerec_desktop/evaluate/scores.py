"""The scores of a JSON export.

WER and CER by jiwer, cpWER (concatenated minimum-permutation WER, Watanabe et al. 2020) by
meeteval, DER (NIST, overlap scored) by pyannote.metrics. Doubtful segments are left out, as they
are from other exports.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from voicerec_desktop.core.errors import ErrorCode, KnownError
from voicerec_desktop.core.model import DOUBTFUL, SpeakerTurn
from voicerec_desktop.evaluate.normalise import normalise
from voicerec_desktop.evaluate.references import StmLine, read_rttm, read_stm

Scores = dict[str, float | int | None]
COLLAR = 0.25  # s each side of a reference boundary
KEYS = (
    "wer",
    "cer",
    "wer_errors",
    "wer_words",
    "cpwer",
    "cpwer_errors",
    "cpwer_words",
    "der",
    "der_collar",
    "speaker_count_error",
)


def evaluate(
    hypothesis: Mapping[str, Any],
    *,
    stm: str | None = None,
    rttm: str | None = None,
    text: str | None = None,
    language: str = "",
) -> Scores:
    """Scores against the references that are given; the others are None.

    Args:
        hypothesis: a parsed JSON export.
        stm: who said what: cpWER, and WER where there is no `text`.
        rttm: who spoke when: DER.
        text: what was said: WER and CER.
        language: "ru" or "en", for numbers; "" takes that of the meeting.

    Raises:
        KnownError: REFERENCE_INVALID.
    """
    scores: Scores = dict.fromkeys(KEYS)
    try:
        segments = [s for s in hypothesis["segments"] if not _doubtful(s)]
        language = language or hypothesis.get("meeting", {}).get("language", "")
        turns = [
            SpeakerTurn(float(t["start"]), float(t["end"]), t["speaker"])
            for t in hypothesis["turns"]
        ]
        said = [(s["speaker"], normalise(s["text"], language)) for s in segments]
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise KnownError(
            ErrorCode.REFERENCE_INVALID, repr(error), path="--hypothesis", why="not_export"
        ) from error
    lines = read_stm(stm) if stm is not None else []
    reference = text if text is not None else " ".join(line.text for line in lines)
    if text is not None or stm is not None:
        scores |= _wer(
            normalise(reference, language), " ".join(words for _, words in said if words)
        )
    if stm is not None:
        scores |= _cpwer(lines, said, language)
    if rttm is not None:
        scores |= _der(read_rttm(rttm), turns)
    return scores


def _doubtful(segment: Mapping[str, Any]) -> bool:
    return any(flag.startswith(DOUBTFUL) for flag in segment["flags"])


def _wer(reference: str, hypothesis: str) -> Scores:
    """Of normalised texts. An empty reference gives a rate of None and every word as an error."""
    import jiwer

    if not reference:
        return {"wer": None, "cer": None, "wer_errors": len(hypothesis.split()), "wer_words": 0}
    words = jiwer.process_words(reference, hypothesis)
    return {
        "wer": words.wer,
        "cer": jiwer.cer(reference, hypothesis),
        "wer_errors": words.substitutions + words.deletions + words.insertions,
        "wer_words": words.hits + words.substitutions + words.deletions,
    }


def _by_speaker(said: Sequence[tuple[str | None, str]]) -> dict[str, str]:
    texts: dict[str, list[str]] = defaultdict(list)
    for speaker, words in said:
        if words:
            texts[speaker or ""].append(words)
    return {speaker: " ".join(parts) for speaker, parts in texts.items()}


def _cpwer(
    lines: Sequence[StmLine], said: Sequence[tuple[str | None, str]], language: str
) -> Scores:
    import meeteval

    reference = _by_speaker([(line.speaker, normalise(line.text, language)) for line in lines])
    hypothesis = _by_speaker(said)
    if not reference:
        errors = sum(len(words.split()) for words in hypothesis.values())
        return {"cpwer": None, "cpwer_errors": errors, "cpwer_words": 0}
    found = meeteval.wer.cp_word_error_rate(reference, hypothesis or {"": ""})
    return {
        "cpwer": float(found.error_rate),
        "cpwer_errors": found.errors,
        "cpwer_words": found.length,
    }


def _der(reference: Sequence[SpeakerTurn], hypothesis: Sequence[SpeakerTurn]) -> Scores:
    from pyannote.core import Timeline
    from pyannote.metrics.diarization import DiarizationErrorRate

    truth, found = _annotation(reference), _annotation(hypothesis)
    counts = len(found.labels()) - len(truth.labels())
    if not truth:
        return {"der": None, "der_collar": None, "speaker_count_error": counts}
    everything = Timeline([(truth.get_timeline() | found.get_timeline()).extent()])
    return {
        "der": float(DiarizationErrorRate()(truth, found, uem=everything)),
        "der_collar": float(DiarizationErrorRate(collar=2 * COLLAR)(truth, found, uem=everything)),
        "speaker_count_error": counts,
    }


def _annotation(turns: Sequence[SpeakerTurn]) -> Any:
    from pyannote.core import Annotation, Segment

    annotation = Annotation()
    for i, turn in enumerate(turns):
        annotation[Segment(turn.start, turn.end), i] = turn.speaker_id
    return annotation
