"""Whisper through faster-whisper; runs in the ASR worker process only."""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from voicerec_desktop.core.cancel import CancelToken
from voicerec_desktop.core.errors import ErrorCode, KnownError
from voicerec_desktop.core.hallucination import doubt, is_loop, split_credits
from voicerec_desktop.core.ids import new_id
from voicerec_desktop.core.model import DOUBTFUL, Segment, Word
from voicerec_desktop.core.segmentation import cut_at_pauses_and_sentences, join_words
from voicerec_desktop.core.text import fold
from voicerec_desktop.messages import LanguageDetected, SegmentsFound, Transcribe
from voicerec_desktop.sound import SAMPLE_RATE
from voicerec_desktop.speech.blocks import block_end
from voicerec_desktop.speech.device import choose_compute_type, processors
from voicerec_desktop.speech.windows import VAD, WINDOW, Span, cut_windows, overlap

if TYPE_CHECKING:
    from voicerec_desktop.sound import Audio

BLOCK = 600.0  # s: what is prepared at a time, so that memory does not grow with the recording
HOTWORD_TOKENS = 100  # of the 223 that Whisper's prompt holds; the text needs room, too
TOKENIZER = "tokenizer.json"
LANGUAGE_WINDOWS = 4  # of 30 s, that detection may look at before it settles
RETRY_COMPRESSION = 2.4
RETRY_LOGPROB = -1.0
NO_SPEECH = 0.6
MISSED = 1.0  # s of speech without a word that are looked at again
LONGEST_WORD = 1.5  # s
SURE_LOGPROB = -0.8
MAX_THREADS = 16  # CTranslate2 takes 4 by itself


class WhisperTranscriber:
    """A loaded Whisper model.

    Args:
        model: folder with a CTranslate2 model.
        device: "cpu" or "cuda".
        compute_type: wanted; the nearest supported one is taken.

    Raises:
        KnownError: no such device, or a damaged model.
    """

    def __init__(self, model: Path, device: str, compute_type: str) -> None:
        import ctranslate2
        from faster_whisper import BatchedInferencePipeline, WhisperModel

        if device == "cuda" and ctranslate2.get_cuda_device_count() == 0:
            raise KnownError(ErrorCode.NO_DEVICE, device=device)
        supported = ctranslate2.get_supported_compute_types(device)
        self.compute_type = choose_compute_type(compute_type, device, sorted(supported))
        if not (model / TOKENIZER).is_file():  # faster-whisper would look for another model's
            raise KnownError(ErrorCode.MODEL_CORRUPT, id=model.name, file=TOKENIZER)
        try:
            self._model = WhisperModel(
                str(model),
                device=device,
                compute_type=self.compute_type,
                cpu_threads=min(MAX_THREADS, processors()),
                local_files_only=True,
            )
        except Exception as error:  # a damaged tokenizer raises nothing narrower
            raise _translate(error, model, loading=True) from error
        self._batched = BatchedInferencePipeline(self._model)
        if device == "cuda":
            self._probe(model)

    def _probe(self, model: Path) -> None:
        """Encode a second of silence: libraries that are missing show up here, not in mid-job."""
        try:
            self._model.encode(self._model.feature_extractor(np.zeros(SAMPLE_RATE, np.float32)))
        except RuntimeError as error:
            known = _translate(error, model)
            if known.code == ErrorCode.OUT_OF_MEMORY:
                raise known from error
            raise KnownError(ErrorCode.NO_DEVICE, str(error), device="cuda") from error

    def transcribe(
        self, audio: "Audio", request: Transcribe, cancel: CancelToken
    ) -> Iterator[LanguageDetected | SegmentsFound]:
        """See `Transcriber.transcribe`."""
        language, start = request.language, 0
        while start < len(audio):
            cancel.check()
            end = block_end(audio, start, BLOCK)
            if end > request.start * SAMPLE_RATE:
                block = np.ascontiguousarray(audio[start:end])
                for message in self._block(block, start / SAMPLE_RATE, language, request, cancel):
                    if isinstance(message, LanguageDetected):
                        language = message.language
                    yield message
                yield SegmentsFound((), end / SAMPLE_RATE)
            start = end

    def _block(
        self, block: "Audio", offset: float, language: str, request: Transcribe, cancel: CancelToken
    ) -> Iterator[LanguageDetected | SegmentsFound]:
        options = self._options(request, language)
        windows, until = cut_windows(block), max(0.0, request.start - offset)
        spans, clips = windows.spans, windows.after(until)
        try:
            chunks: Iterable[Any] = ()
            if clips:
                found, info = self._decode(windows.spoken, clips, request, options)
                chunks = windows.restored(found)
                if not request.language and language != info.language:
                    yield LanguageDetected(info.language, float(info.language_probability))
                    options["language"] = info.language
            for chunk in chain(chunks, (None,)):
                cancel.check()
                best = self._retry(block, chunk, request, options) if chunk is not None else []
                words = [word for part in best for word in _words(part)]
                missed = _missed(until, words, len(block) / SAMPLE_RATE, spans, chunk is None)
                best += self._again(block, missed, request, options)
                until = max([until, *(_said(word) for part in best for word in _words(part))])
                segments = _segments(best, spans, offset, request.track_id)
                if segments:
                    yield SegmentsFound(tuple(segments), segments[-1].end)
        except RuntimeError as error:
            raise _translate(error, Path(request.model)) from error

    def _decode(
        self, audio: "Audio", clips: list[dict[str, float]], request: Transcribe, options: Any
    ) -> tuple[Iterable[Any], Any]:
        size = request.batch_size
        return self._batched.transcribe(audio, clip_timestamps=clips, batch_size=size, **options)

    def _options(self, request: Transcribe, language: str) -> dict[str, Any]:
        return {
            "language": language or None,
            "beam_size": request.beam_size,
            "temperature": request.temperatures[:1],
            "word_timestamps": True,
            "hotwords": self._hotwords(request.hotwords),
            "language_detection_segments": LANGUAGE_WINDOWS,
            "vad_parameters": VAD,
        }

    def _hotwords(self, hotwords: Sequence[str]) -> str | None:
        """As many hotwords as the prompt has room for, in their order."""
        text = ""
        for hotword in hotwords:
            longer = f"{text}, {hotword}" if text else hotword
            if len(self._model.hf_tokenizer.encode(" " + longer).ids) <= HOTWORD_TOKENS:
                text = longer
        return text or None

    def _again(
        self, block: "Audio", missed: Sequence[Span], request: Transcribe, options: dict[str, Any]
    ) -> list[Any]:
        """What is said where the batched path left speech out; it has no second look of its own.

        Sequential decoding goes on from the last time stamp and so misses less, at four times the
        cost: looking again costs little and finds more (tests/benchmarks/RESULTS.md).
        """
        if not missed:
            return []
        clips = [{"start": start, "end": end} for start, end in missed]
        chunks, _ = self._decode(block, clips, request, options)
        return [chunk for chunk in chunks if _sure(chunk)]

    def _retry(
        self, block: "Audio", chunk: Any, request: Transcribe, options: dict[str, Any]
    ) -> list[Any]:
        """Decode a looping or very unsure chunk again, hotter; the batched path never does.

        And without hotwords: a prompt in which nothing is like what is said makes Whisper stumble.
        """
        temperatures = request.temperatures if options["hotwords"] else request.temperatures[1:]
        if not temperatures or not _bad(chunk):
            return [chunk]
        start = max(0.0, chunk.start - 0.2)
        clip = block[int(start * SAMPLE_RATE) : int((chunk.end + 0.2) * SAMPLE_RATE)]
        again, _ = self._model.transcribe(
            clip,
            **{**options, "temperature": temperatures, "hotwords": None},
            condition_on_previous_text=False,
            vad_filter=True,
        )
        better = [_shifted(part, start) for part in again]
        return better if better and not any(map(_bad, better)) else [chunk]


def _bad(chunk: Any) -> bool:
    """Whether it is worth decoding again: a loop, or speech that the model hardly understood."""
    if chunk.avg_logprob < RETRY_LOGPROB:
        return bool(chunk.no_speech_prob <= NO_SPEECH)
    return bool(chunk.compression_ratio > RETRY_COMPRESSION and is_loop(fold(chunk.text).split()))


def _sure(chunk: Any) -> bool:
    """Whether a second look at speech that was left out gave something to believe."""
    return bool(chunk.avg_logprob > SURE_LOGPROB and chunk.compression_ratio < RETRY_COMPRESSION)


def _said(word: Word) -> float:
    """When a word surely is over: where text was left out, the word before it is stretched."""
    return min(word.end, word.start + LONGEST_WORD)


def _missed(
    until: float, words: Sequence[Word], end: float, spans: Sequence[Span], last: bool
) -> list[Span]:
    """Where the VAD hears speech between words, from `until` on to the last of the words.

    Args:
        words: in order of time.
        end: seconds of the block; it counts only if these are the `last` words.
    """
    edges = [*((word.start, _said(word)) for word in words), *(((end, end),) if last else ())]
    found: list[Span] = []
    for start, over in edges:
        spoken = [(max(a, until), min(b, start)) for a, b in spans if a < start and b > until]
        long = [(a, b) for a, b in spoken if b - a >= MISSED]
        found.extend(_pieces(long))
        until = max(until, over)
    return found


def _pieces(spans: Sequence[Span]) -> Iterator[Span]:
    """Spans in pieces that Whisper takes at once."""
    for start, end in spans:
        count = math.ceil((end - start) / WINDOW)
        step = (end - start) / count
        yield from ((start + i * step, start + (i + 1) * step) for i in range(count))


def _shifted(chunk: Any, by: float) -> Any:
    words = [replace(word, start=word.start + by, end=word.end + by) for word in chunk.words or ()]
    return replace(chunk, start=chunk.start + by, end=chunk.end + by, words=words)


def _words(chunk: Any) -> list[Word]:
    return [
        Word(float(w.start), float(w.end), w.word, float(w.probability)) for w in chunk.words or ()
    ]


def _segments(
    chunks: Sequence[Any], spans: Sequence[Span], offset: float, track_id: str
) -> list[Segment]:
    """Readable segments of the chunks (windows of up to 30 s) that Whisper gives."""
    segments: list[Segment] = []
    for chunk in chunks:
        words = _words(chunk)
        whole = _doubt(words, chunk, spans) if words else None
        spoken, credits = split_credits(words)
        for part, forced in ((spoken, whole), (credits, "credits")):
            for piece in cut_at_pauses_and_sentences(part):
                reason = forced or _doubt(piece, chunk, spans)
                segments.append(_segment(piece, chunk, reason, offset, track_id))
    return sorted(segments, key=lambda segment: segment.start)


def _doubt(words: Sequence[Word], chunk: Any, spans: Sequence[Span]) -> str | None:
    start, end = words[0].start, words[-1].end
    return doubt(
        join_words(words),
        speech=overlap(start, end, spans),
        duration=end - start,
        avg_logprob=chunk.avg_logprob,
        no_speech_prob=chunk.no_speech_prob,
        compression_ratio=chunk.compression_ratio,
        word_probabilities=[word.probability for word in words],
    )


def _segment(
    words: Sequence[Word], chunk: Any, reason: str | None, offset: float, track_id: str
) -> Segment:
    moved = tuple(replace(w, start=w.start + offset, end=w.end + offset) for w in words)
    return Segment(
        id=new_id(),
        start=moved[0].start,
        end=moved[-1].end,
        text=join_words(moved),
        words=moved,
        track_id=track_id,
        flags=(DOUBTFUL + reason,) if reason else (),
        avg_logprob=float(chunk.avg_logprob),
        no_speech_prob=float(chunk.no_speech_prob),
    )


def _translate(error: Exception, model: Path, loading: bool = False) -> KnownError:
    text = str(error)
    full = ("out of memory", "cudnn_status_alloc_failed")
    if isinstance(error, MemoryError) or any(sign in text.lower() for sign in full):
        return KnownError(ErrorCode.OUT_OF_MEMORY, text, engine="Whisper")
    if any(sign in text for sign in ("CUDA", "cuBLAS", "libcublas", "cublas")):
        return KnownError(ErrorCode.NO_DEVICE, text, device="cuda")
    if loading or "model" in text.lower():
        return KnownError(ErrorCode.MODEL_CORRUPT, text, id=model.name, file=model.name)
    return KnownError(ErrorCode.ENGINE_FAILED, text, engine="Whisper")
