"""The languages of speech that Whisper writes down well enough to be read."""

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCollator, QCoreApplication, QLocale

COMMON = ("ru", "en")
_NAMES = {
    "af": QT_TRANSLATE_NOOP("languages", "Afrikaans"),
    "ar": QT_TRANSLATE_NOOP("languages", "Arabic"),
    "hy": QT_TRANSLATE_NOOP("languages", "Armenian"),
    "az": QT_TRANSLATE_NOOP("languages", "Azerbaijani"),
    "ba": QT_TRANSLATE_NOOP("languages", "Bashkir"),
    "be": QT_TRANSLATE_NOOP("languages", "Belarusian"),
    "bs": QT_TRANSLATE_NOOP("languages", "Bosnian"),
    "bg": QT_TRANSLATE_NOOP("languages", "Bulgarian"),
    "ca": QT_TRANSLATE_NOOP("languages", "Catalan"),
    "zh": QT_TRANSLATE_NOOP("languages", "Chinese"),
    "hr": QT_TRANSLATE_NOOP("languages", "Croatian"),
    "cs": QT_TRANSLATE_NOOP("languages", "Czech"),
    "da": QT_TRANSLATE_NOOP("languages", "Danish"),
    "nl": QT_TRANSLATE_NOOP("languages", "Dutch"),
    "en": QT_TRANSLATE_NOOP("languages", "English"),
    "et": QT_TRANSLATE_NOOP("languages", "Estonian"),
    "fi": QT_TRANSLATE_NOOP("languages", "Finnish"),
    "fr": QT_TRANSLATE_NOOP("languages", "French"),
    "gl": QT_TRANSLATE_NOOP("languages", "Galician"),
    "ka": QT_TRANSLATE_NOOP("languages", "Georgian"),
    "de": QT_TRANSLATE_NOOP("languages", "German"),
    "el": QT_TRANSLATE_NOOP("languages", "Greek"),
    "he": QT_TRANSLATE_NOOP("languages", "Hebrew"),
    "hi": QT_TRANSLATE_NOOP("languages", "Hindi"),
    "hu": QT_TRANSLATE_NOOP("languages", "Hungarian"),
    "is": QT_TRANSLATE_NOOP("languages", "Icelandic"),
    "id": QT_TRANSLATE_NOOP("languages", "Indonesian"),
    "it": QT_TRANSLATE_NOOP("languages", "Italian"),
    "ja": QT_TRANSLATE_NOOP("languages", "Japanese"),
    "kk": QT_TRANSLATE_NOOP("languages", "Kazakh"),
    "ko": QT_TRANSLATE_NOOP("languages", "Korean"),
    "lv": QT_TRANSLATE_NOOP("languages", "Latvian"),
    "lt": QT_TRANSLATE_NOOP("languages", "Lithuanian"),
    "mk": QT_TRANSLATE_NOOP("languages", "Macedonian"),
    "ms": QT_TRANSLATE_NOOP("languages", "Malay"),
    "mn": QT_TRANSLATE_NOOP("languages", "Mongolian"),
    "no": QT_TRANSLATE_NOOP("languages", "Norwegian"),
    "fa": QT_TRANSLATE_NOOP("languages", "Persian"),
    "pl": QT_TRANSLATE_NOOP("languages", "Polish"),
    "pt": QT_TRANSLATE_NOOP("languages", "Portuguese"),
    "ro": QT_TRANSLATE_NOOP("languages", "Romanian"),
    "ru": QT_TRANSLATE_NOOP("languages", "Russian"),
    "sr": QT_TRANSLATE_NOOP("languages", "Serbian"),
    "sk": QT_TRANSLATE_NOOP("languages", "Slovak"),
    "sl": QT_TRANSLATE_NOOP("languages", "Slovenian"),
    "es": QT_TRANSLATE_NOOP("languages", "Spanish"),
    "sv": QT_TRANSLATE_NOOP("languages", "Swedish"),
    "tl": QT_TRANSLATE_NOOP("languages", "Tagalog"),
    "tg": QT_TRANSLATE_NOOP("languages", "Tajik"),
    "ta": QT_TRANSLATE_NOOP("languages", "Tamil"),
    "tt": QT_TRANSLATE_NOOP("languages", "Tatar"),
    "th": QT_TRANSLATE_NOOP("languages", "Thai"),
    "tr": QT_TRANSLATE_NOOP("languages", "Turkish"),
    "tk": QT_TRANSLATE_NOOP("languages", "Turkmen"),
    "uk": QT_TRANSLATE_NOOP("languages", "Ukrainian"),
    "ur": QT_TRANSLATE_NOOP("languages", "Urdu"),
    "uz": QT_TRANSLATE_NOOP("languages", "Uzbek"),
    "vi": QT_TRANSLATE_NOOP("languages", "Vietnamese"),
    "cy": QT_TRANSLATE_NOOP("languages", "Welsh"),
}


def language_name(code: str) -> str:
    """What a language is called in the language of the window."""
    return QCoreApplication.translate("languages", str(_NAMES[code])) if code in _NAMES else code


def speech_languages(chosen: str) -> dict[str, str]:
    """Names by code: the common ones first, then all by name. `chosen` is among them."""
    names = {code: language_name(code) for code in (*_NAMES, chosen) if code}
    collator = QCollator(QLocale())
    others = [code for code in names if code not in COMMON]
    others.sort(key=lambda code: collator.sortKey(names[code]))
    return {code: names[code] for code in (*COMMON, *others)}
