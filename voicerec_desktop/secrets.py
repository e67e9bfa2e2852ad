"""The user's secrets: in the system's keyring, or in a file for the user alone where there is none.

They are in no settings, no log and no database.
"""

import logging
from pathlib import Path

import msgspec

from voicerec_desktop.core.errors import ErrorCode, KnownError
from voicerec_desktop.files import write_whole

SERVICE = "Voicerec"
HUB = "hub token"
LLM = "LLM key"
NAME = "secrets.json"
log = logging.getLogger(__name__)


def read_secret(name: str, folder: Path) -> str:
    """A secret, or "" where none is kept; asks the keyring, so for lanes only."""
    from keyring import get_password
    from keyring.errors import KeyringError

    try:
        if found := get_password(SERVICE, name):
            return found
    except KeyringError as error:
        log.info("no keyring: %s", type(error).__name__)
    return _read(folder / NAME).get(name, "")


def keep_secret(name: str, secret: str, folder: Path, in_file: bool = False) -> bool:
    """Keep a secret; False where there is no keyring, and nothing is kept.

    Args:
        folder: of the settings.
        in_file: the user agrees that it lies in a file there instead, for this user alone.

    Raises:
        KnownError: HOME_READ_ONLY.
    """
    from keyring import set_password
    from keyring.errors import KeyringError

    try:
        set_password(SERVICE, name, secret)
    except KeyringError as error:
        log.info("no keyring: %s", type(error).__name__)
        if in_file:
            _write(folder / NAME, {**_read(folder / NAME), name: secret})
        return in_file
    _forget_in_file(name, folder)
    return True


def forget_secret(name: str, folder: Path) -> None:
    """Keep a secret no longer, wherever it is; raises HOME_READ_ONLY."""
    from keyring import delete_password
    from keyring.errors import KeyringError

    try:
        delete_password(SERVICE, name)
    except KeyringError as error:  # also where it holds none
        log.info("not in a keyring: %s", type(error).__name__)
    _forget_in_file(name, folder)


def _forget_in_file(name: str, folder: Path) -> None:
    kept = _read(folder / NAME)
    if kept.pop(name, None) is not None:
        _write(folder / NAME, kept)


def _read(path: Path) -> dict[str, str]:
    try:
        return msgspec.json.decode(path.read_bytes(), type=dict[str, str])
    except (OSError, msgspec.MsgspecError):
        return {}


def _write(path: Path, secrets: dict[str, str]) -> None:
    """Write the file anew; nobody else can read it at any moment."""
    part = path.with_name(NAME + ".part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if not secrets:
            path.unlink(missing_ok=True)
            return
        write_whole(msgspec.json.encode(secrets), path, part, private=True)
    except OSError as error:
        raise KnownError(ErrorCode.HOME_READ_ONLY, str(error), path=str(path.parent)) from error
