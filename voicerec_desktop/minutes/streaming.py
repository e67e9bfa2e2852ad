"""An answer that comes piece by piece."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from voicerec_desktop.core.errors import ErrorCode, KnownError
from voicerec_desktop.minutes.server import Server
from voicerec_desktop.minutes.thinking import visible, without_thinking


@dataclass(frozen=True, slots=True)
class Answer:
    """What the model says, without its thoughts.

    Attributes:
        cut: it ended because it got too long.
        sent: tokens of the question, 0 where the server does not count.
        received: tokens of the answer.
    """

    text: str
    cut: bool = False
    sent: int = 0
    received: int = 0


class BrokenOff(ValueError):  # noqa: N818 - as the error code
    """A stream ended before the answer did."""


async def read_stream(stream: Any, on_text: Callable[[str], None] | None, server: Server) -> Answer:
    """All of an answer; what some servers put into the field of thoughts only is read there."""
    said: list[str] = []
    thought: list[str] = []
    ended, sent, received = "", 0, 0
    async with stream:
        async for chunk in stream:
            if chunk.usage:
                sent, received = chunk.usage.prompt_tokens, chunk.usage.completion_tokens
            for choice in (chunk.choices or ())[:1]:
                ended = choice.finish_reason or ended
                extra = choice.delta.model_extra or {}
                thought.append(extra.get("reasoning_content") or extra.get("reasoning") or "")
                if choice.delta.content:
                    said.append(choice.delta.content)
                    if on_text:
                        on_text(visible("".join(said)))
    if not ended:
        raise BrokenOff
    text = without_thinking("".join(said)) or without_thinking("".join(thought))
    if ended == "content_filter":
        raise KnownError(ErrorCode.LLM_BAD_ANSWER, ended, model=server.model, why="empty")
    if on_text and text:
        on_text(text)
    return Answer(text, ended == "length", sent, received)
