"""Which LLM the user means: by the environment, for scripts, else by the settings."""

import os
from dataclasses import replace
from pathlib import Path

from voicerec_desktop.core.cancel import CancelToken
from voicerec_desktop.core.errors import ErrorCode, KnownError
from voicerec_desktop.minutes.llm import Llm
from voicerec_desktop.minutes.server import Server
from voicerec_desktop.paths import Home, resources
from voicerec_desktop.secrets import LLM, read_secret
from voicerec_desktop.settings import Settings


def llm_server(settings: Settings, home: Home) -> Server:
    """The server of LLM_API_BASE, LLM_API_KEY and LLM_MODEL, else of the settings.

    The kept key goes to the address of the settings only. Asks the keyring, so for lanes only.

    Raises:
        KnownError: LLM_NOT_SET.
    """
    url = os.environ.get("LLM_API_BASE", "").strip() or settings.llm_url
    if not url:
        raise KnownError(ErrorCode.LLM_NOT_SET)
    key = os.environ.get("LLM_API_KEY", "")
    if not key and url == settings.llm_url:
        key = read_secret(LLM, home.config)
    return Server(
        url,
        os.environ.get("LLM_MODEL", "").strip() or settings.llm_model,
        key,
        settings.llm_context,
        settings.llm_ca_file,
        settings.llm_proxy,
    )


def with_model(server: Server, cancel: CancelToken) -> Server:
    """The server with the only model that it has, where none is chosen.

    Raises:
        KnownError: LLM_NOT_SET where there is a choice, or LLM_...
    """
    if server.model:
        return server
    listed = Llm(server).models(cancel)
    if len(listed) != 1:
        raise KnownError(ErrorCode.LLM_NOT_SET)
    return replace(server, model=listed[0].id)


def prompt_folders(home: Home) -> tuple[Path, Path]:
    """Where templates are: the program's, then the user's."""
    return resources() / "prompts", home.config / "prompts"
