"""Values as MessagePack in the rows of the library."""

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import msgspec

from voicerec_desktop.core.model import Segment

pack = msgspec.msgpack.Encoder().encode
segment_decoder = msgspec.msgpack.Decoder(Segment)
embedding_decoder = msgspec.msgpack.Decoder(tuple[float, ...])


def unpack_segments(rows: Sequence[tuple[bytes]]) -> list[Segment]:
    """The segments of rows that hold nothing but a body."""
    with no_collection():
        return [segment_decoder.decode(row[0]) for row in rows]


@contextmanager
def no_collection() -> Iterator[None]:
    """No garbage collection meanwhile.

    A long meeting is some 200,000 values, none of them in a cycle. The collector would walk over
    them again and again while they are made, which takes as long as making them.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
