"""Who said what: the bundled sample, alike voices, mixes of real voices, meeting excerpts."""

import tempfile
from pathlib import Path
from statistics import mean

import common

from voicerec_desktop.evaluate.scores import evaluate

MIXES = ((2, 20, 1), (3, 24, 2), (4, 28, 3), (5, 30, 4), (6, 36, 5),
         (2, 24, 6), (3, 24, 7), (4, 30, 8), (5, 36, 9), (6, 40, 10))  # fmt: skip


def scores(files: list[Path]) -> list[dict]:
    """Scores against what lies beside each file."""
    exports = common.transcribe(common.home(), files)
    found = []
    for path in files:
        stm, rttm = path.with_suffix(".stm"), path.with_suffix(".rttm")
        references = {"rttm": rttm.read_text()}
        if stm.is_file():
            references["stm"] = stm.read_text("utf-8")
        export = exports[path.stem]
        found.append(evaluate(export, **references) | {"speakers": len(export["speakers"])})
    return found


def rate(value: float | None) -> str:
    """A rate, or a dash."""
    return "–" if value is None else f"{value:.3f}"


def main() -> None:
    """Measure and report."""
    texts = [common.sample(), common.DATA / "ru_meeting" / "ru_meeting_a.flac"]
    ami = sorted((common.DATA / "diar").glob("ami_*.flac"))
    head = ["recording", "WER", "cpWER", "DER", "DER, collar 0.25 s", "speakers found", "of"]
    rows: list[list[object]] = []

    def add(name: str, one: dict) -> None:
        truth = one["speakers"] - one["speaker_count_error"]
        rates = [rate(one[key]) for key in ("wer", "cpwer", "der", "der_collar")]
        rows.append([name, *rates, one["speakers"], truth])

    for path, one in zip(texts, scores(texts), strict=True):
        add(path.stem, one)
    with tempfile.TemporaryDirectory() as folder:
        mixes = [common.mix(Path(folder), *spec) for spec in MIXES]
        mixed = scores(mixes)
    for path, one in zip(mixes, mixed, strict=True):
        add(path.stem, one)
    excerpts = scores(ami)
    for path, one in zip(ami, excerpts, strict=True):
        add(path.stem, one)
    exact = sum(one["speaker_count_error"] == 0 for one in mixed)
    common.report(
        "Speakers",
        common.table(head, rows)
        + f"\n\nMixes: speaker count exact in {exact} of {len(mixed)} (target 9), mean DER "
        f"{mean(one['der'] for one in mixed):.3f} (their truth counts pauses as speech). "
        f"AMI excerpts of 30 s: mean DER {mean(one['der'] for one in excerpts):.3f}.",
    )


if __name__ == "__main__":
    main()
