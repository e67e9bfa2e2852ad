"""The client of an OpenAI-compatible server: patient, cancellable, and shy of what it refuses."""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeVar

from voicerec_desktop.core.cancel import CancelToken
from voicerec_desktop.core.errors import Cancelled, ErrorCode, KnownError
from voicerec_desktop.minutes.connection import connected
from voicerec_desktop.minutes.failures import Refused, again, told_pause, translated
from voicerec_desktop.minutes.server import Refusals, Server, ServerMemory
from voicerec_desktop.minutes.streaming import Answer, read_stream

LOOK = 0.1  # s between two looks whether the user cancelled
LONGEST_PAUSE = 30.0
HINTS = {  # words of a refusal that tell what it is about
    "thinking_switch": ("chat_template_kwargs", "enable_thinking", "extra_forbidden", "extra "),
    "usage": ("stream_options", "include_usage"),
    "schema": ("json_schema", "response_format", "schema", "grammar"),
    "json_object": ("response_format", "json_object"),
    "max_tokens": ("max_completion_tokens",),
}
Messages = Sequence[dict[str, str]]
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class SentRequest:
    """A request that leaves this computer: when (ISO 8601, UTC), where to, how large, what for."""

    at: str
    host: str
    size: int
    purpose: str


@dataclass(frozen=True, slots=True)
class ModelInfo:
    """A model that a server offers. `context`: tokens, or 0 where it does not tell."""

    id: str
    context: int = 0


class Llm:
    """Talks with one server. Its methods raise `KnownError` (LLM_...) and `Cancelled`.

    Args:
        on_request: is told of every request before it is sent.
    """

    def __init__(
        self,
        server: Server,
        memory: ServerMemory | None = None,
        on_request: Callable[[SentRequest], None] = lambda _request: None,
    ) -> None:
        self.server = server
        self._memory = memory or ServerMemory()
        self._on_request = on_request

    def models(self, cancel: CancelToken) -> list[ModelInfo]:
        """What the server offers."""

        async def work() -> list[ModelInfo]:
            async with connected(self.server) as client:

                async def once() -> list[ModelInfo]:
                    page = await client.models.list()
                    return [ModelInfo(one.id, _context(one)) for one in page.data]

                return await self._retried(once, "models", 0)

        return self._run(work, cancel)

    def count(self, text: str, cancel: CancelToken) -> int | None:
        """The tokens of a text by the server's own count, or None where it does not count."""
        refusals = self._memory.of(self.server)
        if refusals.tokenize:
            return None
        body = {"model": self.server.model, "prompt": text, "content": text}

        async def work() -> int | None:
            async with connected(self.server) as client:
                url = f"{self.server.root}/tokenize"
                self._note("tokenize", len(text.encode()))
                return _tokens(await client.post(url, cast_to=object, body=body))

        import openai

        try:
            found = self._run(work, cancel)
        except (openai.OpenAIError, ValueError):
            found = None
        if found is None:
            refusals.tokenize = True
            self._memory.save()
        return found

    def ask(
        self,
        messages: Messages,
        purpose: str,
        cancel: CancelToken,
        most: int,
        schema: dict[str, Any] | None = None,
        on_text: Callable[[str], None] | None = None,
    ) -> Answer:
        """One answer.

        Args:
            purpose: for the log of requests.
            most: tokens of the answer.
            schema: of the JSON that is wanted; the messages describe it, too, for servers that
                do not take it.
            on_text: gets all of the answer so far, again and again.

        Raises:
            TooLong: the messages do not fit.
        """
        size = sum(len(message["content"].encode()) for message in messages)

        async def work() -> Answer:
            known = self._memory.of(self.server)
            trial = copy(known)
            async with connected(self.server) as client:

                async def once() -> Answer:
                    asked = self._request(messages, most, schema, trial)
                    return await read_stream(
                        await client.chat.completions.create(**asked), on_text, self.server
                    )

                while True:
                    try:
                        answer = await self._retried(once, purpose, size)
                    except Refused as refused:
                        self._give_up(trial, refused, schema is not None)
                        continue
                    break
            if trial != known:
                for name in Refusals.__struct_fields__:
                    setattr(known, name, getattr(trial, name))
                self._memory.save()
            return answer

        return self._run(work, cancel)

    def _request(
        self, messages: Messages, most: int, schema: dict[str, Any] | None, without: Refusals
    ) -> dict[str, Any]:
        asked: dict[str, Any] = {
            "model": self.server.model,
            "messages": list(messages),
            "stream": True,
            "temperature": 0.2,
            "max_completion_tokens" if without.max_tokens else "max_tokens": most,
        }
        if not without.thinking_switch:
            asked["extra_body"] = {"chat_template_kwargs": {"enable_thinking": False}}
        if not without.usage:
            asked["stream_options"] = {"include_usage": True}
        if schema and not without.schema:
            named = {"name": "answer", "schema": schema, "strict": True}
            asked["response_format"] = {"type": "json_schema", "json_schema": named}
        elif schema and not without.json_object:
            asked["response_format"] = {"type": "json_object"}
        return asked

    def _give_up(self, trial: Refusals, refused: Refused, json: bool) -> None:
        """Leave out what the refusal is about, else the next thing that can be left out."""
        detail = str(refused).casefold()
        order = ["thinking_switch", "usage", *(["schema", "json_object"] if json else [])]
        left = [name for name in (*order, "max_tokens") if not getattr(trial, name)]
        if not trial.schema and "json_object" in left:
            left.remove("json_object")
        hinted = [name for name in left if any(word in detail for word in HINTS[name])]
        chosen = (hinted or [name for name in left if name != "max_tokens"])[:1]
        if not chosen:
            raise KnownError(
                ErrorCode.LLM_FAILED, str(refused), host=self.server.host, status=400
            ) from refused
        setattr(trial, chosen[0], True)

    async def _retried(
        self, once: Callable[[], Coroutine[Any, Any, Result]], purpose: str, size: int
    ) -> Result:
        import httpx2
        import openai

        pause, silent = self.server.pause, 0
        for tries_left in range(self.server.retries, -1, -1):
            self._note(purpose, size)
            try:
                return await once()
            except (openai.OpenAIError, httpx2.HTTPError, ValueError) as error:
                known = translated(error, self.server)
                silent += isinstance(known, KnownError) and known.code == ErrorCode.LLM_SILENT
                if tries_left == 0 or silent > 1 or not again(error):
                    raise known from error
                told = told_pause(error)
            await asyncio.sleep(pause if told is None else told)
            pause = min(2 * pause, LONGEST_PAUSE)
        raise AssertionError("unreachable")

    def _note(self, purpose: str, size: int) -> None:
        now = datetime.now(UTC).isoformat(timespec="seconds")
        self._on_request(SentRequest(now, self.server.host, size, purpose))

    def _run(self, work: Callable[[], Coroutine[Any, Any, Result]], cancel: CancelToken) -> Result:
        """Run work on a loop of its own; a cancel closes its connection at once."""

        async def watched() -> Result:
            task = asyncio.ensure_future(work())
            while not task.done():
                if cancel.cancelled:
                    task.cancel()
                    await asyncio.wait({task})
                    raise Cancelled
                await asyncio.wait({task}, timeout=LOOK)
            return task.result()

        cancel.check()
        return asyncio.run(watched())


def _context(model: Any) -> int:
    """vLLM tells max_model_len, llama.cpp meta.n_ctx."""
    extra = model.model_extra or {}
    meta = extra.get("meta") or {}
    size = extra.get("max_model_len") or extra.get("context_length") or meta.get("n_ctx") or 0
    return size if isinstance(size, int) else 0


def _tokens(answer: Any) -> int | None:
    """vLLM tells a count, llama.cpp the tokens."""
    if not isinstance(answer, dict):
        return None
    if isinstance(answer.get("count"), int):
        return int(answer["count"])
    return len(answer["tokens"]) if isinstance(answer.get("tokens"), list) else None
