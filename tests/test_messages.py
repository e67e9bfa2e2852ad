import contextlib
import io
import os
import struct
import threading

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicerec_desktop import messages
from voicerec_desktop.core.model import Diarization, Segment, Speaker, SpeakerTurn, Word
from voicerec_desktop.messages import (
    MAX_BYTES,
    Cancel,
    Devices,
    Diarize,
    Failed,
    Finished,
    Heartbeat,
    LanguageDetected,
    Probe,
    Progress,
    SegmentsFound,
    SpeakersFound,
    Stopped,
    Transcribe,
    read_reply,
    read_request,
    write_message,
)

SEGMENT = Segment(
    "s",
    0.1,
    2.5,
    "Да, 😀.",
    (Word(0.1, 2.5, " Да, 😀.", 0.75, "a", original="да"),),
    "a",
    "t",
    ("overlap", "doubtful:loop"),
    -0.25,
    0.5,
)
DIARIZATION = Diarization(
    (SpeakerTurn(0, 2, "a"), SpeakerTurn(1, 3, "b")),
    (SpeakerTurn(0, 2, "a"),),
    (Speaker("a", 1, None, 0, (0.6, -0.8)), Speaker("b", 2, "Анна", 1)),
)
REQUESTS = [
    Transcribe(
        audio="/home/Иван Петров/a.f32",
        model="/m",
        track_id="t",
        language="ru",
        device="cuda",
        compute_type="float16",
        batch_size=16,
        beam_size=1,
        temperatures=(0.0, 1.0),
        hotwords=("RUMA", "счёт"),
        start=12.5,
    ),
    Transcribe(audio="a", model="m"),
    Diarize(audio="a", model="m", track_id="t", device="cuda", min_speakers=2, max_speakers=4),
    Probe(),
    Cancel(),
]
REPLIES = [
    Heartbeat(1.5),
    Progress(0.25),
    LanguageDetected("ru", 0.99),
    SegmentsFound((SEGMENT, SEGMENT), 30.0),
    SegmentsFound((), 0.0),
    SpeakersFound(DIARIZATION),
    SpeakersFound(Diarization()),
    Devices("asr", 1, {"cpu": ("int8", "float32"), "cuda": ("float16",)}, ("нет CUDA",)),
    Finished(),
    Failed("no_device", {"device": "cuda", "line": 3, "share": 0.5}, "подробно"),
    Stopped(),
]


def framed(*all_messages) -> bytes:
    stream = io.BytesIO()
    for message in all_messages:
        write_message(stream, message)
    return stream.getvalue()


def test_every_message_arrives_as_it_was_sent():
    structs = {
        one
        for one in vars(messages).values()
        if isinstance(one, type) and issubclass(one, msgspec.Struct)
    }
    assert {type(message) for message in (*REQUESTS, *REPLIES)} == structs
    for read, sent in ((read_request, REQUESTS), (read_reply, REPLIES)):
        stream = io.BytesIO(framed(*sent))
        assert [read(stream) for _ in sent] == sent
        assert read(stream) is None


def test_messages_arrive_through_a_pipe_whatever_their_size():
    long = SegmentsFound((SEGMENT,) * 5000, 1.0)  # many times what a pipe holds
    read_end, write_end = os.pipe()
    with os.fdopen(read_end, "rb") as reader, os.fdopen(write_end, "wb") as writer:
        thread = threading.Thread(target=lambda: (write_message(writer, long), writer.close()))
        thread.start()
        assert read_reply(reader) == long
        assert read_reply(reader) is None
        thread.join()


@pytest.mark.parametrize("message", REPLIES, ids=lambda message: type(message).__name__)
def test_a_message_cut_short_is_the_end_of_the_stream(message):
    whole = framed(message)
    for length in {0, 1, 3, 4, 5, len(whole) // 2, len(whole) - 1}:
        assert read_reply(io.BytesIO(whole[: min(length, len(whole) - 1)])) is None


@pytest.mark.timeout(30)
def test_a_frame_that_claims_too_much_is_not_waited_for():
    read_end, write_end = os.pipe()
    with os.fdopen(read_end, "rb") as reader, os.fdopen(write_end, "wb") as writer:
        writer.write(struct.pack(">I", MAX_BYTES + 1))
        writer.flush()  # the pipe stays open: whoever reads on waits for ever
        assert read_reply(reader) is None


def test_a_request_is_no_reply():
    with pytest.raises(msgspec.MsgspecError):
        read_reply(io.BytesIO(framed(Probe())))
    with pytest.raises(msgspec.MsgspecError):
        read_request(io.BytesIO(framed(Finished())))


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\xc1",
        b"garbage",
        msgspec.msgpack.encode({"type": "Nonsense"}),
        msgspec.msgpack.encode({"type": "Progress", "done": "half"}),
        msgspec.msgpack.encode({"type": "Progress"}),
        msgspec.msgpack.encode([1, 2, 3]),
        framed(Progress(0.5))[4:-1],
        b"\x81\xa4type\xa3\xff\xfe\xff",  # not UTF-8
        b"\x82\xa4type\xa8Progress\xa4more" + b"\x91" * 100_000,  # nested without end
    ],
)
def test_garbage_in_a_frame_is_an_error(body):
    frame = struct.pack(">I", len(body)) + body
    for read in (read_reply, read_request):
        with pytest.raises(msgspec.MsgspecError):
            read(io.BytesIO(frame))


@given(st.binary(max_size=200))
def test_random_bytes_are_an_error_or_the_end_and_nothing_else(data):
    for stream in (data, struct.pack(">I", len(data)) + data):
        with contextlib.suppress(msgspec.MsgspecError):
            assert read_reply(io.BytesIO(stream)) is None


def test_nobody_reading_is_a_broken_pipe():
    read_end, write_end = os.pipe()
    os.close(read_end)
    with os.fdopen(write_end, "wb", buffering=0) as writer, pytest.raises(BrokenPipeError):
        write_message(writer, Progress(0.5))
