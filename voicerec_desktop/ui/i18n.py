"""The language of the window: translators, and texts with values, durations and dates in them."""

from datetime import datetime

from PySide6.QtCore import (
    QT_TRANSLATE_NOOP,
    QCoreApplication,
    QDateTime,
    QLibraryInfo,
    QLocale,
    QTranslator,
)

from voicerec_desktop.error_texts import system_language
from voicerec_desktop.paths import translations

_MISSING_IN_QT = (  # which its own Russian lacks
    QT_TRANSLATE_NOOP("QFileDialog", "&Look in:"),
    QT_TRANSLATE_NOOP("QFileDialog", "Files of &type:"),
    QT_TRANSLATE_NOOP("QFileDialog", "Computer"),
    QT_TRANSLATE_NOOP("QAbstractFileIconProvider", "Drive"),
    QT_TRANSLATE_NOOP("QAbstractFileIconProvider", "File"),
    QT_TRANSLATE_NOOP("QAbstractFileIconProvider", "%1 File"),
    QT_TRANSLATE_NOOP("QAbstractFileIconProvider", "Folder"),
    QT_TRANSLATE_NOOP("QAbstractFileIconProvider", "Shortcut"),
    QT_TRANSLATE_NOOP("QAbstractFileIconProvider", "Unknown"),
)
LANGUAGES = ("ru", "en")
_installed: list[QTranslator] = []  # Qt does not hold them
_current = "en"


def set_language(language: str) -> str:
    """Speak "ru" or "en" from now on ("": as the system does) and return which.

    Every widget gets a LanguageChange event.
    """
    global _current
    app = QCoreApplication.instance()
    assert app is not None
    chosen = language if language in LANGUAGES else system_language()
    while _installed:
        app.removeTranslator(_installed.pop())
    QLocale.setDefault(QLocale(chosen))
    for folder, name in (
        (QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath), f"qtbase_{chosen}"),
        (str(translations()), f"voicerec_{chosen}"),
    ):
        translator = QTranslator()
        if translator.load(name, folder):
            app.installTranslator(translator)
            _installed.append(translator)
    _current = chosen
    return chosen


def current_language() -> str:
    """The language that the window speaks: "ru" or "en"."""
    return _current


def fill(text: str, *values: object) -> str:
    """A translated text with %1, %2 ... replaced; values may hold % signs themselves."""
    parts = text.split("%")
    result = parts[0]
    for part in parts[1:]:
        at = part[:1]
        known = at.isdigit() and 0 < int(at) <= len(values)
        result += f"{values[int(at) - 1]}{part[1:]}" if known else f"%{part}"
    return result


def clock(seconds: float) -> str:
    """A place in a recording: 2:03, 1:02:03."""
    minutes, second = divmod(max(0, int(seconds)), 60)
    hour, minute = divmod(minutes, 60)
    return f"{hour}:{minute:02}:{second:02}" if hour else f"{minute}:{second:02}"


def duration(seconds: float) -> str:
    """A length for people: 47 s, 12 min, 1 h 5 min, in the language of the window."""
    translate = QCoreApplication.translate
    whole = max(0, round(seconds))
    if whole < 60:
        return fill(translate("duration", "%1 s"), whole)
    minutes = round(whole / 60)
    if minutes < 60:
        return fill(translate("duration", "%1 min"), minutes)
    hours, rest = divmod(minutes, 60)
    return fill(translate("duration", "%1 h %2 min"), hours, rest)


def local_time(iso: str) -> datetime:
    """A stored UTC time as the user's own."""
    return datetime.fromisoformat(iso).astimezone()


def date_and_time(iso: str) -> str:
    """A stored UTC time in the custom of the language: 24 November 2026, 15:07."""
    when = QDateTime.fromString(local_time(iso).isoformat(), "yyyy-MM-ddTHH:mm:ssttt")
    locale = QLocale()
    day = locale.toString(when.date(), "d MMMM yyyy")
    return f"{day}, {locale.toString(when.time(), 'HH:mm')}"
