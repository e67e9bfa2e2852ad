"""Word errors of the program beside plain faster-whisper: same model, beam and files."""

import json
import subprocess
import sys
from pathlib import Path

import common

from voicerec_desktop.evaluate.scores import evaluate

CATEGORIES = ("ru", "ru_ivr", "en", "en_talk")
NOTHING = "nospeech"


def references(category: str) -> dict[Path, str]:
    """The sound files of a category with their texts."""
    files = sorted(
        path
        for path in (common.DATA / category).iterdir()
        if path.suffix not in (".txt", ".md", ".json") and path.with_suffix(".txt").is_file()
    )
    return {path: path.with_suffix(".txt").read_text("utf-8") for path in files}


def plain(kind: str) -> None:
    """Texts by plain faster-whisper as JSON on stdout, for the files on stdin."""
    from faster_whisper import BatchedInferencePipeline, WhisperModel

    whisper = WhisperModel(str(common.model("whisper-base")), device="cpu", compute_type="int8")
    engine = BatchedInferencePipeline(whisper) if kind == "batched" else whisper
    texts = {}
    for path in json.load(sys.stdin):
        segments, _ = engine.transcribe(path, beam_size=5, word_timestamps=True)
        texts[path] = " ".join(segment.text for segment in segments)
    json.dump(texts, sys.stdout)


def rival(kind: str, files: list[Path]) -> dict[str, str]:
    """Texts by plain faster-whisper in a process of its own."""
    done = subprocess.run(
        [sys.executable, __file__, kind],
        input=json.dumps(list(map(str, files))),
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)


def errors(text: str, reference: str, language: str) -> tuple[int, int]:
    """Wrong words and words of the reference."""
    hypothesis = {"segments": [{"speaker": None, "text": text, "flags": []}], "turns": []}
    scores = evaluate(hypothesis, text=reference, language=language)
    return scores["wer_errors"], scores["wer_words"]


def text_of(export: dict) -> str:
    """What an export says, doubtful text left out."""
    said = [s for s in export["segments"] if not any(f.startswith("doubt") for f in s["flags"])]
    return " ".join(s["text"] for s in said)


def main() -> None:
    """Measure and report."""
    truth = {category: references(category) for category in (*CATEGORIES, NOTHING)}
    files = [path for paths in truth.values() for path in paths]
    exports: dict[str, dict] = {}
    for paths in truth.values():  # stems are unique within a category
        found = common.transcribe(common.home(), list(paths), "--no-diarization")
        exports |= {str(path): found[path.stem] for path in paths}
    plain_texts = {kind: rival(kind, files) for kind in ("batched", "sequential")}
    texts = {"voicerec": {path: text_of(export) for path, export in exports.items()}} | plain_texts
    rows, sums = [], dict.fromkeys(texts, 0)
    for category in CATEGORIES:
        language = category[:2]
        row: list[object] = [category]
        for name, said in texts.items():
            found = [errors(said[str(p)], t, language) for p, t in truth[category].items()]
            wrong, words = sum(f[0] for f in found), sum(f[1] for f in found)
            sums[name] += wrong
            row += [f"{wrong} ({wrong / words:.1%})"]
        rows.append([*row, words])
    rows.append(["**together**", *(f"**{sums[name]}**" for name in texts), ""])
    invented = {
        name: sum(len(said[str(p)].split()) for p in truth[NOTHING]) for name, said in texts.items()
    }
    rows.append([f"words in `{NOTHING}`", *invented.values(), 0])
    ours = sums["voicerec"]
    common.report(
        "Text: word errors",
        common.table(["category", "voicerec", "batched", "sequential", "words"], rows)
        + f"\n\nRatio to plain batched faster-whisper {ours / sums['batched']:.3f} (target 1.00), "
        f"to sequential {ours / sums['sequential']:.3f} (target 0.85). Whisper base int8, beam 5, "
        "language detected, doubtful text left out.",
    )


if __name__ == "__main__":
    plain(sys.argv[1]) if len(sys.argv) > 1 else main()
