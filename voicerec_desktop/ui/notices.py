"""What the window tells its user in passing: one sentence, and perhaps something to do."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from voicerec_desktop.core.errors import KnownError
from voicerec_desktop.error_texts import window_text
from voicerec_desktop.ui.i18n import current_language

Kind = Literal["info", "good", "warning", "bad"]


@dataclass(frozen=True, slots=True)
class Notice:
    """A sentence for the user.

    Attributes:
        key: a later notice with the same key replaces it; "" stands alone.
        action: label of a button and what it does.
        details: for "Copy details"; "" where there are none.
    """

    kind: Kind
    text: str
    key: str = ""
    action: tuple[str, Callable[[], None]] | None = None
    details: str = ""


def notice_of(error: Exception, unexpected: str) -> Notice:
    """The notice for an error: its sentence, or `unexpected` and the details for a mistake of ours.

    Args:
        unexpected: translated sentence.
    """
    if isinstance(error, KnownError):
        return Notice("bad", window_text(error, current_language()), error.code, details=str(error))
    return Notice("bad", unexpected, details=repr(error))
