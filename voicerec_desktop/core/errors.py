"""The three ways in which work ends early.

`KnownError`: the world failed; the user gets one sentence and what to do.
`Cancelled`: the user asked for it; nobody is told anything.
Every other exception: we failed; it goes to the log with its traceback.
"""

from enum import StrEnum


class ErrorCode(StrEnum):
    """What went wrong in the world, as a key of the translated sentences."""

    NOT_AUDIO = "not_audio"
    NO_AUDIO_STREAM = "no_audio_stream"
    EMPTY_AUDIO = "empty_audio"
    FILE_MISSING = "file_missing"
    FILE_UNREADABLE = "file_unreadable"
    IS_DIRECTORY = "is_directory"
    NO_AUDIO_INSIDE = "no_audio_inside"
    DISK_FULL = "disk_full"
    HOME_READ_ONLY = "home_read_only"
    OUTPUT_FAILED = "output_failed"
    GLOSSARY_INVALID = "glossary_invalid"
    MODEL_MISSING = "model_missing"
    MODEL_CORRUPT = "model_corrupt"
    MODEL_UNKNOWN = "model_unknown"
    MODEL_FETCH_FAILED = "model_fetch_failed"
    MODEL_IMPORT_FAILED = "model_import_failed"
    ENGINE_FAILED = "engine_failed"
    ENGINE_DIED = "engine_died"
    ENGINE_HUNG = "engine_hung"
    OUT_OF_MEMORY = "out_of_memory"
    NO_DEVICE = "no_device"
    SOUND_SYSTEM_SILENT = "sound_system_silent"
    RECORDER_NOT_STARTED = "recorder_not_started"
    RECORDER_DIED = "recorder_died"
    LIBRARY_CORRUPT = "library_corrupt"
    LIBRARY_LOCKED = "library_locked"
    LIBRARY_TOO_NEW = "library_too_new"
    MEETING_UNKNOWN = "meeting_unknown"
    MEETING_AMBIGUOUS = "meeting_ambiguous"
    MEETING_BUSY = "meeting_busy"
    EDIT_OUTDATED = "edit_outdated"
    NOTHING_RECORDED = "nothing_recorded"
    NO_SOUND_DEVICE = "no_sound_device"
    RECORDING_RUNS = "recording_runs"
    NO_RECORDING = "no_recording"
    REFERENCE_INVALID = "reference_invalid"
    SETTINGS_INVALID = "settings_invalid"
    LLM_NOT_SET = "llm_not_set"
    LLM_KEY = "llm_key"
    LLM_UNREACHABLE = "llm_unreachable"
    LLM_TLS = "llm_tls"
    LLM_MODEL = "llm_model"
    LLM_BUSY = "llm_busy"
    LLM_FAILED = "llm_failed"
    LLM_SILENT = "llm_silent"
    LLM_BROKEN_OFF = "llm_broken_off"
    LLM_TOO_LONG = "llm_too_long"
    LLM_BAD_ANSWER = "llm_bad_answer"
    NOTHING_SAID = "nothing_said"
    TEMPLATE_INVALID = "template_invalid"
    TEMPLATE_UNKNOWN = "template_unknown"


class KnownError(Exception):
    """The world failed in a way that we know.

    Args:
        code: which sentence the user gets.
        params: what the sentence names (a path, a model, a line number).
        detail: for the log only.
    """

    def __init__(self, code: ErrorCode, detail: str = "", **params: str | int | float) -> None:
        super().__init__(f"{code}: {params} {detail}".strip())
        self.code = code
        self.params = params
        self.detail = detail


class Cancelled(Exception):  # noqa: N818 - it is not an error
    """The user stopped the work."""
