"""What the user chose, in one JSON file; what is missing in it has its default."""

from pathlib import Path
from typing import Literal

import msgspec

from voicerec_desktop.core.errors import ErrorCode, KnownError
from voicerec_desktop.files import write_whole

Theme = Literal["system", "light", "dark"]
RecordMode = Literal["call", "room", "system"]
NAME = "settings.json"


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """All settings.

    Attributes:
        app_language: "ru", "en", or "" for the system's.
        theme: of the window.
        language: of the speech, or "" to detect it.
        model: Whisper's catalogue id.
        diarization_model: catalogue id.
        device: "auto", "cuda" or "cpu".
        mirror: URL from which models are fetched, or "" for the hub.
        export_folder: where the last export went.
        export_format: the last one used.
        recent: files opened, the newest first.
        llm_url: of the company's LLM, or "": there are no minutes then.
        llm_context: its size in tokens, or 0 where the server tells it.
        llm_ca_file: certificates that it is to be checked by, or "" for the system's.
        llm_proxy: URL, or "" for the system's.
        mask: whether phone, card and e-mail numbers are hidden from it.
        minutes_automatic: whether every meeting gets minutes without being asked for.
        minutes_language: "ru", "en", or "" for that of the meeting.
        dismissed: what this computer lacks, as the user has been told and needs no more.
        record_mode: what the next recording takes: both sides of a call, a room, or what is played.
        record_mic, record_system: device ids, or "" to follow the system's choice.
        record_reminder: whether to remind of the others' consent when a recording begins.
    """

    app_language: str = ""
    theme: Theme = "system"
    language: str = ""
    model: str = "whisper-base"
    diarization_model: str = "diarization-embedded"
    device: Literal["auto", "cuda", "cpu"] = "auto"
    mirror: str = ""
    export_folder: str = ""
    export_format: str = "txt"
    export_times: bool = True
    export_speakers: bool = True
    export_doubtful: bool = False
    transcript_font: int = 11
    follow_playback: bool = True
    llm_url: str = ""
    llm_model: str = ""
    llm_context: int = 0
    llm_ca_file: str = ""
    llm_proxy: str = ""
    mask: bool = False
    minutes_automatic: bool = False
    minutes_template: str = "general"
    minutes_language: Literal["", "ru", "en"] = ""
    recent: tuple[str, ...] = ()
    dismissed: tuple[str, ...] = ()
    record_mode: RecordMode = "call"
    record_mic: str = ""
    record_system: str = ""
    record_reminder: bool = True


def load_settings(folder: Path) -> Settings:
    """The settings in a folder; the defaults where there are none.

    Raises:
        KnownError: SETTINGS_INVALID; the file is left as it is.
    """
    path = folder / NAME
    try:
        return msgspec.json.decode(path.read_bytes(), type=Settings)
    except FileNotFoundError:
        return Settings()
    except (OSError, msgspec.MsgspecError) as error:
        raise KnownError(ErrorCode.SETTINGS_INVALID, str(error), path=str(path)) from error


def save_settings(settings: Settings, folder: Path) -> None:
    """Write the settings, whole or not at all; raises HOME_READ_ONLY."""
    path = folder / NAME
    body = msgspec.json.format(msgspec.json.encode(settings), indent=1)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        write_whole(body, path, path.with_name(NAME + ".part"))
    except OSError as error:
        raise KnownError(ErrorCode.HOME_READ_ONLY, str(error), path=str(folder)) from error
