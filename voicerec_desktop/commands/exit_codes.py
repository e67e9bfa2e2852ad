"""What scripts see (DESIGN.md 6)."""

from voicerec_desktop.core.errors import ErrorCode, KnownError

EXIT_CANCELLED = 130
EXIT_CODES = {
    ErrorCode.MODEL_MISSING: 4,
    ErrorCode.MODEL_CORRUPT: 4,
    ErrorCode.MODEL_UNKNOWN: 4,
    ErrorCode.MODEL_FETCH_FAILED: 4,
    ErrorCode.MODEL_IMPORT_FAILED: 4,
    ErrorCode.ENGINE_FAILED: 5,
    ErrorCode.ENGINE_DIED: 5,
    ErrorCode.ENGINE_HUNG: 5,
    ErrorCode.OUT_OF_MEMORY: 5,
    ErrorCode.NO_DEVICE: 6,
    ErrorCode.SOUND_SYSTEM_SILENT: 6,
    ErrorCode.NO_SOUND_DEVICE: 6,
    ErrorCode.NOTHING_RECORDED: 6,
    ErrorCode.RECORDER_NOT_STARTED: 6,
    ErrorCode.RECORDER_DIED: 6,
    ErrorCode.LLM_NOT_SET: 7,
    ErrorCode.LLM_KEY: 7,
    ErrorCode.LLM_UNREACHABLE: 7,
    ErrorCode.LLM_TLS: 7,
    ErrorCode.LLM_MODEL: 7,
    ErrorCode.LLM_BUSY: 7,
    ErrorCode.LLM_FAILED: 7,
    ErrorCode.LLM_SILENT: 7,
    ErrorCode.LLM_BROKEN_OFF: 7,
    ErrorCode.LLM_TOO_LONG: 7,
    ErrorCode.LLM_BAD_ANSWER: 7,
}
EXIT_MINUTES_LACK_PARTS = 7
EXIT_BAD_INPUT = 3  # whatever else is known: a file, a folder or a disk that the user can mend
EXIT_BUG = 1


def exit_code(error: KnownError) -> int:
    """The exit code that scripts see for this error."""
    return EXIT_CODES.get(error.code, EXIT_BAD_INPUT)
