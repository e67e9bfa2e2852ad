"""The company's LLM: where it is, and what it has been found to refuse."""

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import msgspec

from voicerec_desktop.files import write_whole

NAME = "llm_servers.json"


@dataclass(frozen=True, slots=True)
class Server:
    """An OpenAI-compatible server.

    Attributes:
        url: of its API, "https://llm.company/v1".
        context: size in tokens where the server does not tell it, or 0.
        ca_file: certificates to trust besides none, or "" for those of the system.
        proxy: URL, or "" for what the environment says.
        silence: seconds without a sign of life after which it is given up.
        retries: how often a request is made again.
        pause: seconds before the first of them; doubled each time.
    """

    url: str
    model: str = ""
    key: str = ""
    context: int = 0
    ca_file: str = ""
    proxy: str = ""
    connect: float = 10.0
    silence: float = 120.0
    retries: int = 3
    pause: float = 1.0

    @property
    def host(self) -> str:
        """Where text goes, as a user is told."""
        parts = urlsplit(self.url)
        return parts.netloc.rpartition("@")[2] or self.url

    @property
    def root(self) -> str:
        """The address without the version of its API."""
        return self.url.rstrip("/").removesuffix("/v1")


class Refusals(msgspec.Struct):
    """What a server does not take; found out once, then left out."""

    thinking_switch: bool = False
    usage: bool = False
    schema: bool = False
    json_object: bool = False
    max_tokens: bool = False
    tokenize: bool = False


class ServerMemory:
    """Remembers refusals by address and model; in a file, or for as long as it lives.

    Args:
        folder: of the settings.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._path = folder / NAME if folder else None
        self._known: dict[str, Refusals] = {}
        if self._path:
            try:
                kind = dict[str, Refusals]
                self._known = msgspec.json.decode(self._path.read_bytes(), type=kind)
            except (OSError, msgspec.MsgspecError):
                self._known = {}  # it is found out again

    def of(self, server: Server) -> Refusals:
        """What is known of a server; changes are kept by `save`."""
        return self._known.setdefault(f"{server.url} {server.model}", Refusals())

    def save(self) -> None:
        """Keep what was found out; where that cannot be written, it is found out again."""
        if self._path is None:
            return
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            body = msgspec.json.encode(self._known)
            write_whole(body, self._path, self._path.with_name(NAME + ".part"))
        except OSError:
            return
