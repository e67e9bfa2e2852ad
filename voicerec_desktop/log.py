"""The log file: everything the user is not shown."""

import logging
import logging.handlers
from pathlib import Path

FORMAT = "%(asctime)s %(levelname)s %(name)s %(message)s"
NAME = "voicerec.log"


def log_to(folder: Path) -> None:
    """Log to `folder`/voicerec.log, 2 MB times three; to nowhere where it cannot be written."""
    logging.raiseExceptions = False  # a full disk must not put tracebacks on the user's terminal
    root = logging.getLogger()
    root.setLevel(logging.INFO)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler: logging.Handler = logging.handlers.RotatingFileHandler(
            folder / NAME, maxBytes=2**21, backupCount=2, encoding="utf-8", delay=True
        )
    except OSError:
        handler = logging.NullHandler()
    handler.setFormatter(logging.Formatter(FORMAT))
    root.addHandler(handler)
