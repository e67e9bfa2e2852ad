"""Where models come from over the network: the company's mirror, or the Hugging Face hub."""

import hashlib
import logging
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Protocol

import requests

from voicerec_desktop.core.cancel import CancelToken
from voicerec_desktop.core.errors import ErrorCode, KnownError
from voicerec_desktop.speech.model_files import SUMS, Model, ModelFile

TIMEOUT = (15.0, 60.0)  # s to connect, s of silence
ATTEMPTS = 4
BLOCK = 2**18
POLL = 0.1  # s
_SUM = re.compile(r"([0-9a-fA-F]{64})[ *]{1,2}(.+)")
log = logging.getLogger(__name__)
OnBytes = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Remote:
    """A file to fetch. `sha256`: "" where nobody knows it; `token`: sent to this host only."""

    url: str
    sha256: str
    token: str = ""


class Source(Protocol):
    """Somewhere a model can be fetched from."""

    def remote(self, file: ModelFile) -> Remote:
        """Where a file of the model is; raises `KnownError`."""


class Mirror:
    """A web folder with a folder `<id>` for each model, with `sha256sum` output in SHA256SUMS."""

    def __init__(self, url: str, model: Model) -> None:
        self._id = model.id
        self._base = f"{url.rstrip('/')}/{model.id}/"
        response = _get(self._base + SUMS, model.id)
        self._sums = {name: sha for sha, name in _read_sums(response.text)}

    def remote(self, file: ModelFile) -> Remote:
        """See `Source`."""
        if not (sha256 := file.sha256 or self._sums.get(file.name, "")):
            raise _failed(self._id, "not_there", f"{self._base}{SUMS} does not name {file.name}")
        return Remote(self._base + file.name, sha256)


class Hub:
    """The Hugging Face hub, or whatever HF_ENDPOINT names."""

    def __init__(self, model: Model, token: str) -> None:
        if not model.hub:
            raise _failed(model.id, "no_source")
        self._model = model
        self._token = token
        self._sums: dict[str, dict[str, str]] = {}

    def remote(self, file: ModelFile) -> Remote:
        """See `Source`."""
        from huggingface_hub import hf_hub_url

        repository, path = file.hub or self._model.hub, file.path or file.name
        if repository not in self._sums:
            self._sums[repository] = self._hashes(repository)
        sha256 = file.sha256 or self._sums[repository].get(path, "")
        return Remote(hf_hub_url(repository, path), sha256, self._token)

    def _hashes(self, repository: str) -> dict[str, str]:
        """SHA-256 of the large files of a repository; the hub keeps none of small ones."""
        from huggingface_hub import HfApi
        from huggingface_hub.errors import HfHubHTTPError

        try:
            info = HfApi().model_info(repository, files_metadata=True, token=self._token or False)
        except HfHubHTTPError as error:
            raise _failed(self._model.id, _why(error.response.status_code), str(error)) from error
        except Exception as error:  # whatever HTTP client the hub's library uses this year
            raise _failed(self._model.id, "no_connection", repr(error)) from error
        return {s.rfilename: s.lfs.sha256 for s in info.siblings or () if s.lfs}


def fetch_file(
    remote: Remote, target: Path, model_id: str, on_bytes: OnBytes, cancel: CancelToken
) -> None:
    """Fetch one file; what came before is kept, and the file appears only when it is right.

    Args:
        on_bytes: called with the bytes of this file that are here.

    Raises:
        KnownError: MODEL_FETCH_FAILED, DISK_FULL.
        Cancelled: what came is kept.
    """
    part = target.with_name(target.name + ".part")
    target.parent.mkdir(parents=True, exist_ok=True)
    for attempt in range(ATTEMPTS):
        resumed = part.exists()
        try:
            _append(remote, part, model_id, on_bytes, cancel)
        except requests.RequestException as error:
            cancel.check()
            if attempt + 1 == ATTEMPTS:
                raise _failed(model_id, "no_connection", repr(error)) from error
            log.info("%s: %r; once more", remote.url, error)
            _wait(2.0**attempt / 2, cancel)
            continue
        if not remote.sha256 or _sha256(part, cancel) == remote.sha256.lower():
            part.replace(target)
            return
        part.unlink()
        if not resumed:
            break
    raise _failed(model_id, "wrong_hash", remote.url, file=target.name)


def _append(
    remote: Remote, part: Path, model_id: str, on_bytes: OnBytes, cancel: CancelToken
) -> None:
    known = bool(remote.sha256)  # nothing would tell that the rest is of another version
    have = part.stat().st_size if known and part.exists() else 0
    headers = {"Range": f"bytes={have}-"} if have else {}
    headers["Accept-Encoding"] = "identity"
    if remote.token:
        headers["Authorization"] = f"Bearer {remote.token}"
    with requests.get(remote.url, headers=headers, timeout=TIMEOUT, stream=True) as response:
        if response.status_code == requests.codes.requested_range_not_satisfiable:
            return  # it was whole already; the hash tells
        _check(response, model_id)
        partial = response.status_code == requests.codes.partial_content
        have = have if partial else 0
        with _interruptible(response, cancel), part.open("ab" if partial else "wb") as sink:
            for block in response.iter_content(BLOCK):
                cancel.check()
                sink.write(block)
                have += len(block)
                on_bytes(have)
    cancel.check()


@contextmanager
def _interruptible(response: requests.Response, cancel: CancelToken) -> Iterator[None]:
    """A read that waits for a silent server ends as soon as somebody cancels."""
    over = threading.Event()

    def watch() -> None:
        while not over.wait(POLL):
            if cancel.cancelled:
                response.raw.shutdown()
                return

    watcher = threading.Thread(target=watch, name="model download", daemon=True)
    watcher.start()
    try:
        yield
    finally:
        over.set()
        watcher.join()


def _get(url: str, model_id: str) -> requests.Response:
    try:
        response = requests.get(url, timeout=TIMEOUT)
    except requests.RequestException as error:
        raise _failed(model_id, "no_connection", repr(error)) from error
    _check(response, model_id)
    return response


def _check(response: requests.Response, model_id: str) -> None:
    if not response.ok:
        raise _failed(
            model_id, _why(response.status_code), f"{response.status_code} {response.url}"
        )


def _why(status: int) -> str:
    return {401: "refused", 403: "refused", 404: "not_there"}.get(status, "bad_answer")


def _failed(model_id: str, why: str, detail: str = "", **params: str) -> KnownError:
    return KnownError(ErrorCode.MODEL_FETCH_FAILED, detail, id=model_id, why=why, **params)


def _wait(seconds: float, cancel: CancelToken) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        cancel.check()
        time.sleep(0.05)


def _read_sums(text: str) -> Iterator[tuple[str, str]]:
    for line in text.splitlines():
        if (match := _SUM.fullmatch(line.strip())) is not None:
            yield match[1].lower(), str(PurePosixPath(match[2]))


def _sha256(path: Path, cancel: CancelToken) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(2**22):
            cancel.check()
            digest.update(block)
    return digest.hexdigest()
