"""Long meetings in blocks that are cut where the speaker changes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from voicerec_desktop.minutes.lines import Line

ONE_PASS = 12_000  # tokens by our bound, which is a quarter too high; in longer texts models
BLOCK = 9_000  # overlook what stands in the middle
OVERLAP = 2  # lines of the turn before, so that an answer is not parted from its question
LATE = 0.75  # of a block must be full before it is cut at a change of speaker


@dataclass(frozen=True, slots=True)
class Block:
    """Lines of one request, the first `repeated` of which end the block before."""

    lines: tuple[Line, ...]
    repeated: int = 0

    @property
    def start(self) -> float:
        """Second at which it begins."""
        return self.lines[self.repeated].start

    @property
    def end(self) -> float:
        """Second at which it ends."""
        return max(line.end for line in self.lines)


def split(lines: Sequence[Line], count: Callable[[Line], int], room: int) -> list[Block]:
    """Blocks of at most `room` tokens each; one where all of it fits."""
    sizes = [count(line) for line in lines]
    if sum(sizes) <= min(room, ONE_PASS):
        return [Block(tuple(lines))] if lines else []
    room = min(room, BLOCK)
    blocks: list[Block] = []
    begin = 0
    while begin < len(lines):
        repeated = (
            min(OVERLAP, begin) if sum(sizes[max(0, begin - OVERLAP) : begin]) < room / 8 else 0
        )
        end = _end(lines, sizes, begin, room - sum(sizes[begin - repeated : begin]))
        blocks.append(Block(tuple(lines[begin - repeated : end]), repeated))
        begin = end
    return blocks


def _end(lines: Sequence[Line], sizes: Sequence[int], begin: int, room: int) -> int:
    """Where a block ends: at the last change of speaker that leaves it nearly full."""
    filled, end, change = 0, begin, 0
    while end < len(lines) and (end == begin or filled + sizes[end] <= room):
        if end > begin and filled >= LATE * room and lines[end].speaker != lines[end - 1].speaker:
            change = end
        filled += sizes[end]
        end += 1
    return end if end == len(lines) or not change else change


def halves(block: Block) -> list[Block]:
    """A block in two, at the change of speaker that is nearest to its middle; itself if short."""
    lines = block.lines
    if len(lines) - block.repeated < 2:
        return [block]
    middle = (len(lines) + block.repeated) // 2
    changes = [
        i
        for i in range(block.repeated + 1, len(lines))
        if lines[i].speaker != lines[i - 1].speaker and abs(i - middle) <= len(lines) // 4
    ]
    cut = min(changes, key=lambda i: abs(i - middle), default=middle)
    return [Block(lines[:cut], block.repeated), Block(lines[cut:])]
