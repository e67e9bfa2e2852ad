"""What the user chooses about an export."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """Whether times, speakers and doubtful text are written; `language` ("ru", "en") of labels."""

    times: bool = True
    speakers: bool = True
    doubtful: bool = False
    language: str = "en"
