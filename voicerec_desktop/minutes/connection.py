"""A connection to the LLM's host, and to no other."""

import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from voicerec_desktop.core.errors import ErrorCode, KnownError
from voicerec_desktop.minutes.server import Server

if TYPE_CHECKING:
    import openai


@asynccontextmanager
async def connected(server: Server) -> AsyncIterator["openai.AsyncOpenAI"]:
    """A client that trusts the given CA file, else the system's store; it follows no redirects.

    Raises:
        KnownError: LLM_NOT_SET, LLM_TLS.
    """
    import httpx2
    import openai

    if not server.url.startswith(("http://", "https://")):
        raise KnownError(ErrorCode.LLM_NOT_SET)
    timeout = openai.Timeout(server.silence, connect=server.connect)
    try:
        verify = ssl.create_default_context(cafile=server.ca_file) if server.ca_file else True
        client = openai.DefaultAsyncHttpx2Client(
            verify=verify, proxy=server.proxy or None, follow_redirects=False, timeout=timeout
        )
        made = openai.AsyncOpenAI(
            base_url=server.url,
            api_key=server.key or "none",  # servers without a key take any
            timeout=timeout,
            max_retries=0,  # we do that: also for answers that break off
            http_client=client,
        )
    except OSError as error:
        raise KnownError(ErrorCode.LLM_TLS, str(error), host=server.host) from error
    except (ValueError, httpx2.InvalidURL) as error:
        raise KnownError(ErrorCode.LLM_UNREACHABLE, str(error), host=server.host) from error
    async with made:
        yield made
