"""The conversation that comes with pyannote.audio: something to try the program with."""

import importlib.util
from pathlib import Path


def bundled_sample() -> Path | None:
    """Half a minute of two people on the telephone, or None where it is not installed."""
    spec = importlib.util.find_spec("pyannote")  # the package itself would take seconds to import
    places = spec.submodule_search_locations if spec is not None else None
    for place in places or ():
        path = Path(place) / "audio" / "sample" / "sample.wav"
        if path.is_file():
            return path
    return None
