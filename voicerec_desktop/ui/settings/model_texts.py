"""What models are called and good for, in plain words."""

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QLocale

from voicerec_desktop.ui.i18n import fill

_NAMES = {
    "whisper-base": "Whisper base",
    "whisper-small": "Whisper small",
    "whisper-medium": "Whisper medium",
    "whisper-large-v2": "Whisper large-v2",
    "whisper-large-v3": "Whisper large-v3",
    "whisper-large-v3-turbo": "Whisper large-v3-turbo",
    "pyannote-community-1": "pyannote community-1",
    "pyannote-3.1": "pyannote 3.1",
}
_GOOD_FOR = {
    "whisper-base": QT_TRANSLATE_NOOP(
        "models", "Comes with the program. Fast everywhere, but gets many words wrong."
    ),
    "whisper-small": QT_TRANSLATE_NOOP(
        "models", "For computers without a graphics card: fewer mistakes, still quick."
    ),
    "whisper-medium": QT_TRANSLATE_NOOP(
        "models", "Good text; on a processor about as long as the talk itself."
    ),
    "whisper-large-v2": QT_TRANSLATE_NOOP(
        "models", "Very good text. Try it where large-v3 invents words in silence."
    ),
    "whisper-large-v3": QT_TRANSLATE_NOOP(
        "models", "The best text. It wants a graphics card with 6 GB or more."
    ),
    "whisper-large-v3-turbo": QT_TRANSLATE_NOOP(
        "models",
        "Nearly the best text, several times faster. The first choice with a graphics card.",
    ),
    "diarization-embedded": QT_TRANSLATE_NOOP(
        "models", "Comes with the program. Tells speakers apart well, on any computer."
    ),
    "pyannote-community-1": QT_TRANSLATE_NOOP(
        "models", "The best at telling speakers apart when people interrupt each other."
    ),
    "pyannote-3.1": QT_TRANSLATE_NOOP(
        "models", "The one before community-1, for results that compare with older ones."
    ),
}


def model_name(model_id: str) -> str:
    """What a model is called."""
    if model_id == "diarization-embedded":
        return QCoreApplication.translate("models", "Built-in speaker model")
    return _NAMES.get(model_id, model_id)


def good_for(model_id: str) -> str:
    """What a model is good for."""
    own = QT_TRANSLATE_NOOP("models", "A model that you imported.")
    return QCoreApplication.translate("models", str(_GOOD_FOR.get(model_id, own)))


def file_size(size: int) -> str:
    """Bytes for people, in the language of the window: 1.5 GB, 1,5 ГБ."""
    units = (
        (1e9, 1, QCoreApplication.translate("size", "%1 GB")),
        (1e6, 0, QCoreApplication.translate("size", "%1 MB")),
        (1e3, 0, QCoreApplication.translate("size", "%1 KB")),
    )
    for unit, digits, text in units:
        if size >= unit:
            return fill(text, QLocale().toString(size / unit, "f", digits))
    return fill(QCoreApplication.translate("size", "%1 B"), size)
