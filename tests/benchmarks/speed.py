"""A whole transcription beside the bare engines on the same 10-minute conversation."""

import subprocess
import sys
import tempfile
from pathlib import Path

import common

from voicerec_desktop.evaluate.scores import evaluate

SPEAKERS, TURNS, SEED = 4, 88, 21


def bare_whisper(path: str) -> None:
    """One sequential call with words."""
    from faster_whisper import WhisperModel

    whisper = WhisperModel(str(common.model("whisper-base")), device="cpu", compute_type="int8")
    segments, _ = whisper.transcribe(path, beam_size=5, word_timestamps=True)
    for segment in segments:
        print(segment.text)


def bare_pyannote(path: str) -> None:
    """One call with pyannote's own step, embeddings and clustering (ENGINEERING.md 11)."""
    import os

    os.environ["PYANNOTE_METRICS_ENABLED"] = "0"
    import numpy as np
    import soundfile
    import torch
    from pyannote.audio import Audio, Model
    from pyannote.audio.core.plda import PLDA
    from pyannote.audio.pipelines import SpeakerDiarization
    from pyannote.audio.pipelines.clustering import AgglomerativeClustering
    from torchaudio.compliance import kaldi

    from voicerec_desktop.speech.campplus import CamPlusPlus

    folder = common.model("diarization-embedded")
    network = CamPlusPlus.load(folder / "campplus.pt")

    class Embedding:
        """CAM++ the way pyannote's ONNX embedding goes: one masked call for each speaker."""

        sample_rate, dimension, metric, min_num_samples = 16000, 192, "cosine", 4000

        @torch.inference_mode()
        def __call__(self, waveforms, masks=None):
            found = np.full((len(waveforms), 192), np.nan, np.float32)
            for i, (waveform, mask) in enumerate(zip(waveforms, masks, strict=True)):
                features = kaldi.fbank(waveform * 2**15, num_mel_bins=80, window_type="hamming")
                features = features - features.mean(0)
                at = (torch.arange(len(features)) * len(mask) / len(features)).long()
                own = features[mask[at] > 0.5]
                if len(own) >= 25:
                    found[i] = network(own[None])[0].numpy()
            return found

    pipeline = SpeakerDiarization(
        segmentation=Model.from_pretrained(folder / "segmentation.bin"),
        embedding_exclude_overlap=True,
        clustering="OracleClustering",
        plda=object.__new__(PLDA),
    )
    pipeline.klustering, pipeline._embedding = "AgglomerativeClustering", Embedding()
    pipeline._audio = Audio(sample_rate=16000, mono="downmix")
    pipeline.clustering = AgglomerativeClustering(metric="cosine")
    pipeline._expects_num_speakers = False
    pipeline.instantiate(
        {
            "segmentation": {"min_duration_off": 0.0},
            "clustering": {"method": "centroid", "min_cluster_size": 12, "threshold": 0.70},
        }
    )
    samples, rate = soundfile.read(path, dtype="float32")
    output = pipeline({"waveform": torch.from_numpy(samples)[None], "sample_rate": rate})
    output.speaker_diarization.uri = "bare"
    output.speaker_diarization.write_rttm(sys.stdout)


def bare(name: str, path: Path) -> tuple[float, str]:
    """Seconds and output of a bare engine in a process of its own."""
    out: list[str] = []

    def work() -> None:
        command = [sys.executable, __file__, name, str(path)]
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
        out.append(done.stdout)

    return common.seconds(work), out[0]


def decoding(path: Path) -> float:
    """Decoded seconds in a second, for an hour of the conversation."""
    from voicerec_desktop.audio.decode import decode
    from voicerec_desktop.core.cancel import CancelToken

    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "x.f32"
        found = []
        spent = common.seconds(
            lambda: found.append(
                decode(path, target, cancel=CancelToken(), on_progress=lambda _: None)
            )
        )
        return found[0].duration / spent


def encode_hour(source: Path, target: Path, codec: str) -> None:
    """The conversation six times over, 44.1 kHz stereo."""
    import av
    import numpy as np
    import soundfile

    samples, rate = soundfile.read(source, dtype="int16")
    frame = av.AudioFrame.from_ndarray(samples[None], format="s16", layout="mono")
    frame.sample_rate = rate
    resampler = av.AudioResampler("s16", "stereo", 44_100)
    stereo = np.concatenate([f.to_ndarray() for f in resampler.resample(frame)], axis=1)
    with av.open(str(target), "w") as container:
        stream = container.add_stream(codec, rate=44_100, layout="stereo")
        fifo = av.AudioResampler(stream.format, "stereo", 44_100)
        for _ in range(6):
            block = av.AudioFrame.from_ndarray(stereo, format="s16", layout="stereo")
            block.sample_rate = 44_100
            for piece in fifo.resample(block):
                container.mux(stream.encode(piece))
        container.mux(stream.encode(None))


def main() -> None:
    """Measure and report."""
    from voicerec_desktop.evaluate.references import read_rttm

    with tempfile.TemporaryDirectory() as folder:
        path = common.mix(Path(folder), SPEAKERS, TURNS, SEED)
        rttm = path.with_suffix(".rttm").read_text()
        common.model("diarization-embedded")
        exports: list[dict] = []
        ours = common.seconds(
            lambda: exports.append(common.transcribe(common.home(), [path])[path.stem])
        )
        whisper, text = bare("whisper", path)
        pyannote, turns = bare("pyannote", path)
        hours = {}
        for suffix, codec in ((".wav", "pcm_s16le"), (".mp3", "libmp3lame"), (".m4a", "aac")):
            target = path.with_name(f"hour{suffix}")
            encode_hour(path, target, codec)
            hours[suffix] = decoding(target)
            target.unlink()
    export = exports[0]
    stages = {s["stage"]: s["seconds"] for s in export["stages"]}
    inference = max(stages["asr"], stages["diarization"])
    bare_turns = [
        {"start": t.start, "end": t.end, "speaker": t.speaker_id} for t in read_rttm(turns)
    ]
    theirs = evaluate({"segments": [], "turns": bare_turns}, rttm=rttm)
    mine = evaluate(export, rttm=rttm)
    duration = export["meeting"]["duration"]
    words = len(" ".join(s["text"] for s in export["segments"]).split())
    rows = [
        ["voicerec transcribe, all of it", f"{ours:.1f}", rate(mine), f"{words} words"],
        ["bare faster-whisper, sequential", f"{whisper:.1f}", "", f"{len(text.split())} words"],
        ["bare pyannote, its own step", f"{pyannote:.1f}", rate(theirs), ""],
    ]
    speeds = ", ".join(f"{suffix[1:]} {speed:.0f}" for suffix, speed in hours.items())
    outside = ", ".join(f"{stage} {spent:.1f} s" for stage, spent in stages.items())
    common.report(
        "Speed",
        common.table(["", "seconds", "speakers", "text"], rows)
        + f"\n\n{duration:.0f} s of conversation, {SPEAKERS} voices, Whisper base int8, beam 5. "
        f"Ratio to the sum of the bare engines {ours / (whisper + pyannote):.3f} (target 0.45). "
        f"Stages: {outside} (asr and diarization side by side); outside of them and of process "
        f"start {(stages['decode'] + stages['attribution']) / ours:.1%} of the wall time, "
        f"wall time minus inference {(ours - inference) / ours:.1%}. "
        f"Decoding, times real time, 44.1 kHz stereo: {speeds} (target 200).",
    )


def rate(scores: dict) -> str:
    """DER and the error in the number of speakers."""
    return f"DER {scores['der']:.3f}, count {scores['speaker_count_error']:+d}"


if __name__ == "__main__":
    if len(sys.argv) > 1:
        {"whisper": bare_whisper, "pyannote": bare_pyannote}[sys.argv[1]](sys.argv[2])
    else:
        main()
