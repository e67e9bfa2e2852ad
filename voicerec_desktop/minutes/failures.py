"""What a server's refusals mean to the user."""

import json
import re
from typing import TYPE_CHECKING, Any

from voicerec_desktop.core.errors import ErrorCode, KnownError
from voicerec_desktop.minutes.server import Server

if TYPE_CHECKING:
    import openai

_TOO_LONG = re.compile(
    r"context|maximum.{0,20}(length|tokens)|too (long|many tokens)|exceed_context_size", re.I
)
_TLS = ("certificate", "ssl", "tls")


class TooLong(Exception):  # noqa: N818 - the caller splits and goes on
    """The text is too long for the model. `context`: its size where the server told it, or 0."""

    def __init__(self, context: int = 0) -> None:
        super().__init__(context)
        self.context = context


class Refused(Exception):  # noqa: N818 - the caller asks for less
    """The server does not take something in the request."""


def translated(error: Exception, server: Server) -> Exception:
    """The error as the user, or the caller, can do something about it."""
    import openai

    if isinstance(error, openai.APIStatusError):
        return _status(error, server)
    if isinstance(error, openai.APITimeoutError):
        return KnownError(ErrorCode.LLM_SILENT, str(error), host=server.host)
    if isinstance(error, openai.APIConnectionError):
        code = ErrorCode.LLM_TLS if _is_tls(error) else ErrorCode.LLM_UNREACHABLE
        return KnownError(code, _chain(error), host=server.host)
    return KnownError(ErrorCode.LLM_BROKEN_OFF, repr(error), host=server.host)


def _status(error: "openai.APIStatusError", server: Server) -> Exception:
    status, detail = error.status_code, _message(error)
    if status in (400, 413, 422):
        if status == 413 or _TOO_LONG.search(detail):
            return TooLong(_context(error, detail))
        return Refused(detail)
    if status in (401, 403):
        return KnownError(ErrorCode.LLM_KEY, detail, host=server.host)
    if status == 404:
        return KnownError(ErrorCode.LLM_MODEL, detail, host=server.host, model=server.model)
    if status == 429:
        return KnownError(ErrorCode.LLM_BUSY, detail, host=server.host)
    return KnownError(ErrorCode.LLM_FAILED, detail, host=server.host, status=status)


def _message(error: "openai.APIStatusError") -> str:
    body: Any = error.body
    if isinstance(body, dict):
        return json.dumps(body, ensure_ascii=False)[:2000]
    return str(body or error.message)[:2000]


def _context(error: "openai.APIStatusError", detail: str) -> int:
    body: Any = error.body
    if isinstance(body, dict) and isinstance(body.get("n_ctx"), int):
        return int(body["n_ctx"])
    found = re.search(r"maximum (?:context length|model length)[^\d]{0,20}(\d{3,7})", detail)
    return int(found.group(1)) if found else 0


def _chain(error: BaseException | None) -> str:
    parts: list[str] = []
    while error is not None and len(parts) < 8:
        parts.append(f"{type(error).__name__}: {error}")
        error = error.__cause__ or error.__context__
    return "; ".join(parts)


def _is_tls(error: BaseException) -> bool:
    text = _chain(error).casefold()
    return any(word in text for word in _TLS)


def again(error: Exception) -> bool:
    """Whether the same request may succeed later."""
    import openai

    if isinstance(error, openai.APIStatusError):
        return error.status_code in (408, 409, 429) or error.status_code >= 500
    return not _is_tls(error)


def told_pause(error: Exception) -> float | None:
    """Seconds that the server asks to wait (Retry-After), at most a minute."""
    import openai

    if not isinstance(error, openai.APIStatusError):
        return None
    try:
        return min(60.0, max(0.0, float(error.response.headers.get("retry-after", ""))))
    except ValueError:
        return None
