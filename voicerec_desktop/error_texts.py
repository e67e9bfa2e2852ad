"""One sentence and what to do for every `ErrorCode`, in the user's language."""

import locale
import os
from collections.abc import Mapping

from voicerec_desktop.core.errors import ErrorCode, KnownError

C = ErrorCode
_TEXTS: Mapping[ErrorCode, tuple[str, str]] = {
    C.NOT_AUDIO: (
        "“{path}” is not a sound or video file that can be read. Choose another file.",
        "«{path}» не читается как звук или видео. Выберите другой файл.",
    ),
    C.NO_AUDIO_STREAM: (
        "“{path}” has no sound track. Choose a file with sound.",
        "В «{path}» нет звуковой дорожки. Выберите файл со звуком.",
    ),
    C.EMPTY_AUDIO: (
        "“{path}” is empty: there is no sound in it. Choose another file.",
        "«{path}» пуст: в нём нет звука. Выберите другой файл.",
    ),
    C.FILE_MISSING: (
        "There is no file “{path}”. Check its name and place.",
        "Файла «{path}» нет. Проверьте имя и папку.",
    ),
    C.FILE_UNREADABLE: (
        "“{path}” cannot be read. Check that you may open it and that its drive works.",
        "«{path}» не читается. Проверьте права на файл и диск, на котором он лежит.",
    ),
    C.IS_DIRECTORY: (
        "“{path}” is a folder. Choose a file in it.",
        "«{path}» — папка. Выберите файл в ней.",
    ),
    C.NO_AUDIO_INSIDE: (
        "There are no sound or video files in “{path}”. Choose another folder.",
        "В папке «{path}» нет ни звука, ни видео. Выберите другую папку.",
    ),
    C.DISK_FULL: (
        "The disk is full ({path}). Free some space and try again; nothing that was done is lost.",
        "Диск заполнен ({path}). Освободите место и повторите; сделанное не потеряно.",
    ),
    C.HOME_READ_ONLY: (
        "The folder “{path}” cannot be written to. Choose another one with --home.",
        "В папку «{path}» нельзя писать. Выберите другую через --home.",
    ),
    C.OUTPUT_FAILED: (
        "“{path}” cannot be written. Choose another place or name.",
        "«{path}» не удаётся записать. Выберите другое место или имя.",
    ),
    C.GLOSSARY_INVALID: (
        "The glossary “{path}” has a mistake in line {line}: {why}. Mend that line.",
        "В словаре «{path}» ошибка в строке {line}: {why}. Исправьте эту строку.",
    ),
    C.MODEL_MISSING: (
        "The model “{id}” is not on this computer. Get it with: voicerec models fetch {id}",
        "Модели «{id}» нет на этом компьютере. Загрузите её: voicerec models fetch {id}",
    ),
    C.MODEL_CORRUPT: (
        "The model “{id}” is damaged ({file}). Get it again with: voicerec models fetch {id}",
        "Модель «{id}» повреждена ({file}). Загрузите её снова: voicerec models fetch {id}",
    ),
    C.MODEL_UNKNOWN: (
        "There is no model called “{id}”. Known are: {known}.",
        "Модели «{id}» нет. Известны: {known}.",
    ),
    C.MODEL_FETCH_FAILED: (
        "The model “{id}” could not be fetched: {why}. Try again; what came is kept.",
        "Не удалось загрузить модель «{id}»: {why}. Повторите; загруженное сохранено.",
    ),
    C.MODEL_IMPORT_FAILED: (
        "“{path}” cannot be imported as a model: {why}.",
        "«{path}» нельзя импортировать как модель: {why}.",
    ),
    C.ENGINE_FAILED: (
        "The {engine} engine failed. Try again; the log says more.",
        "Сбой движка {engine}. Повторите; подробности в журнале.",
    ),
    C.ENGINE_DIED: (
        "The {engine} engine stopped unexpectedly, also when tried again. Try again later.",
        "Движок {engine} неожиданно остановился, и повтор не помог. Попробуйте позже.",
    ),
    C.ENGINE_HUNG: (
        "The {engine} engine no longer answered and was stopped. Try again.",
        "Движок {engine} перестал отвечать и был остановлен. Повторите.",
    ),
    C.OUT_OF_MEMORY: (
        "There is not enough memory. Close other programs or choose a smaller model.",
        "Не хватает памяти. Закройте другие программы или выберите модель поменьше.",
    ),
    C.NO_DEVICE: (
        "The device “{device}” cannot be used on this computer. Use --device auto or cpu.",
        "Устройство «{device}» на этом компьютере не работает. Укажите --device auto или cpu.",
    ),
    C.SOUND_SYSTEM_SILENT: (
        "The sound system does not answer. Plug the headset in again or restart the computer.",
        "Звуковая система не отвечает. Подключите гарнитуру заново или перезагрузите компьютер.",
    ),
    C.RECORDER_NOT_STARTED: (
        "The recording did not begin. Try again; if it does not help, restart the computer.",
        "Запись не началась. Повторите; если не поможет, перезагрузите компьютер.",
    ),
    C.RECORDER_DIED: (
        "The recording broke off. What was recorded is on disk: start the program again.",
        "Запись прервалась. Всё записанное цело: запустите программу ещё раз.",
    ),
    C.LIBRARY_CORRUPT: (
        "The library “{path}” is damaged. Restore it with: voicerec library restore",
        "Библиотека «{path}» повреждена. Восстановите её: voicerec library restore",
    ),
    C.LIBRARY_LOCKED: (
        "The library “{path}” is in use by another program. Close it and try again.",
        "Библиотека «{path}» занята другой программой. Закройте её и повторите.",
    ),
    C.LIBRARY_TOO_NEW: (
        "The library “{path}” comes from a newer version. Update this program.",
        "Библиотека «{path}» от более новой версии. Обновите программу.",
    ),
    C.MEETING_UNKNOWN: (
        "There is no meeting “{id}”. See them with: voicerec library list",
        "Встречи «{id}» нет. Список: voicerec library list",
    ),
    C.MEETING_AMBIGUOUS: (
        "More than one meeting begins with “{id}”. Type more of its id.",
        "С «{id}» начинается несколько встреч. Введите больше знаков.",
    ),
    C.MEETING_BUSY: (
        "The meeting “{id}” is being recorded or transcribed right now. Stop that first.",
        "Встреча «{id}» сейчас записывается или расшифровывается. Сначала остановите это.",
    ),
    C.EDIT_OUTDATED: (
        "The transcript has changed meanwhile, so this change was not made. Try it again.",
        "Текст тем временем изменился, поэтому правка не внесена. Повторите её.",
    ),
    C.NO_SOUND_DEVICE: (
        "There is no sound device “{name}” here. See what there is with: voicerec devices",
        "Звукового устройства «{name}» здесь нет. Список: voicerec devices",
    ),
    C.RECORDING_RUNS: (
        "Something is being recorded already. Go on with it: voicerec record --attach",
        "Запись уже идёт. Подключиться к ней: voicerec record --attach",
    ),
    C.NO_RECORDING: (
        "Nothing is being recorded. Begin with: voicerec record",
        "Сейчас ничего не записывается. Начать: voicerec record",
    ),
    C.NOTHING_RECORDED: (
        "Nothing was recorded. Check the microphone with voicerec devices and record again.",
        "Ничего не записалось. Проверьте микрофон через voicerec devices и запишите снова.",
    ),
    C.REFERENCE_INVALID: (
        "The reference “{path}” cannot be read: {why}.",
        "Эталон «{path}» не читается: {why}.",
    ),
    C.SETTINGS_INVALID: (
        "The settings “{path}” cannot be read. Mend or delete that file.",
        "Настройки «{path}» не читаются. Исправьте или удалите этот файл.",
    ),
    C.LLM_NOT_SET: (
        "There is no language model for minutes yet. Set LLM_API_BASE and LLM_MODEL.",
        "Языковая модель для протоколов не указана. Задайте LLM_API_BASE и LLM_MODEL.",
    ),
    C.LLM_KEY: (
        "{host} does not accept the key. Check LLM_API_KEY or the key in the settings.",
        "{host} не принимает ключ. Проверьте LLM_API_KEY или ключ в настройках.",
    ),
    C.LLM_UNREACHABLE: (
        "{host} cannot be reached. Check the address and the network; the transcript is kept.",
        "Нет связи с {host}. Проверьте адрес и сеть; расшифровка сохранена.",
    ),
    C.LLM_TLS: (
        "The certificate of {host} is not trusted. Name your company's CA file in the settings.",
        "Сертификату {host} нет доверия. Укажите в настройках файл CA вашей компании.",
    ),
    C.LLM_MODEL: (
        "{host} has no model “{model}”. Choose another one.",
        "На {host} нет модели «{model}». Выберите другую.",
    ),
    C.LLM_BUSY: (
        "{host} is too busy. Try again later; what is done is kept.",
        "{host} перегружен. Повторите позже; сделанное сохранено.",
    ),
    C.LLM_FAILED: (
        "{host} failed ({status}). Try again; what is done is kept.",
        "Сбой на {host} ({status}). Повторите; сделанное сохранено.",
    ),
    C.LLM_SILENT: (
        "{host} does not answer. Try again; what is done is kept.",
        "{host} не отвечает. Повторите; сделанное сохранено.",
    ),
    C.LLM_BROKEN_OFF: (
        "The answer of {host} broke off. Try again; what is done is kept.",
        "Ответ {host} оборвался. Повторите; сделанное сохранено.",
    ),
    C.LLM_TOO_LONG: (
        "The text is too long for “{model}”. Choose a model with a larger context.",
        "Текст слишком длинный для «{model}». Выберите модель с бо́льшим контекстом.",
    ),
    C.LLM_BAD_ANSWER: (
        "“{model}” gave no usable answer: {why}. Try again or choose another model.",
        "«{model}» не дала годного ответа: {why}. Повторите или выберите другую модель.",
    ),
    C.NOTHING_SAID: (
        "There is no text in this meeting, so there is nothing to sum up.",
        "В этой встрече нет текста: составлять протокол не из чего.",
    ),
    C.TEMPLATE_INVALID: (
        "The template “{path}” cannot be read: {why}. Mend or delete that file.",
        "Шаблон «{path}» не читается: {why}. Исправьте или удалите этот файл.",
    ),
    C.TEMPLATE_UNKNOWN: (
        "There is no template called “{name}”. Known are: {known}.",
        "Шаблона «{name}» нет. Известны: {known}.",
    ),
}

# What the window says instead, where the sentence above names a command or an id.
_WINDOW_TEXTS: Mapping[ErrorCode, tuple[str, str]] = {
    C.NO_SOUND_DEVICE: (
        "There is no sound device “{name}” here. Choose another in Settings, Recording.",
        "Звукового устройства «{name}» здесь нет. Выберите другое в настройках, "
        "в разделе «Запись».",
    ),
    C.RECORDING_RUNS: (
        "Something is being recorded already. Stop that first.",
        "Запись уже идёт. Сначала остановите её.",
    ),
    C.NO_RECORDING: (
        "Nothing is being recorded now.",
        "Сейчас ничего не записывается.",
    ),
    C.NOTHING_RECORDED: (
        "Nothing was recorded. Check the microphone in Settings, Recording, and record again.",
        "Ничего не записалось. Проверьте микрофон в настройках, в разделе «Запись», "
        "и запишите снова.",
    ),
    C.LIBRARY_CORRUPT: (
        "The library “{path}” is damaged. It can be restored from its last backup and from the"
        " copies beside the recordings; the damaged file is kept.",
        "Библиотека «{path}» повреждена. Её можно восстановить из последней резервной копии и из"
        " копий рядом с записями; повреждённый файл сохранится.",
    ),
    C.HOME_READ_ONLY: (
        "The folder “{path}” cannot be written to. Check its permissions and its drive.",
        "В папку «{path}» нельзя писать. Проверьте права на неё и диск, на котором она лежит.",
    ),
    C.MODEL_MISSING: (
        "The model “{id}” is not on this computer. Download it in Settings, Transcription.",
        "Модели «{id}» нет на этом компьютере. Загрузите её в настройках, в разделе «Расшифровка».",
    ),
    C.MODEL_CORRUPT: (
        "The model “{id}” is damaged ({file}). Download it again in Settings, Transcription.",
        "Модель «{id}» повреждена ({file}). Загрузите её снова в настройках, "
        "в разделе «Расшифровка».",
    ),
    C.MODEL_UNKNOWN: (
        "The model “{id}” is unknown. Choose another in Settings, Transcription.",
        "Модель «{id}» неизвестна. Выберите другую в настройках, в разделе «Расшифровка».",
    ),
    C.NO_DEVICE: (
        "The chosen device cannot be used on this computer. "
        "Choose “Automatic” in Settings, Device.",
        "Выбранное устройство на этом компьютере не работает. "
        "Выберите «Автоматически» в настройках, в разделе «Устройство».",
    ),
    C.LLM_NOT_SET: (
        "There is no language model for minutes yet. Enter its address in Settings, Minutes.",
        "Языковая модель для протоколов не указана. Введите её адрес в настройках, "
        "в разделе «Протоколы».",
    ),
    C.LLM_KEY: (
        "{host} does not accept the key. Check the key in Settings, Minutes.",
        "{host} не принимает ключ. Проверьте ключ в настройках, в разделе «Протоколы».",
    ),
    C.MEETING_UNKNOWN: (
        "This meeting is no longer in the library.",
        "Этой встречи больше нет в библиотеке.",
    ),
    C.MEETING_BUSY: (
        "This meeting is being recorded or transcribed right now. Stop that first.",
        "Эта встреча сейчас записывается или расшифровывается. Сначала остановите это.",
    ),
}


_REASONS: Mapping[str, tuple[str, str]] = {  # the keys that `why` may have
    "no_term": ("there is no term", "нет термина"),
    "empty_variant": ("a variant is empty", "пустой вариант"),
    "variant_taken": (
        "“{variant}” already stands for “{owner}”",
        "«{variant}» уже заменяется на «{owner}»",
    ),
    "signs": (
        "“=”, “~” or “#” is where it means something else",
        "знак «=», «~» или «#» стоит там, где значит другое",
    ),
    "not_json": ("it is not JSON", "это не JSON"),
    "not_export": ("it is not a JSON export", "это не экспорт в JSON"),
    "few_fields": ("fields are missing in line {line}", "в строке {line} не хватает полей"),
    "bad_time": ("a time in line {line} is not a number", "время в строке {line} — не число"),
    "backwards": ("line {line} ends before it begins", "строка {line} кончается раньше начала"),
    "unknown_type": ("line {line} is not RTTM", "строка {line} — не RTTM"),
    "no_connection": ("there is no connection", "нет связи"),
    "refused": (
        "access was refused; accept its licence on the hub and give your token"
        " (in the settings, or as HF_TOKEN)",
        "доступ закрыт; примите лицензию на хабе и укажите свой токен"
        " (в настройках или как HF_TOKEN)",
    ),
    "not_there": ("it is not there", "её там нет"),
    "no_source": (
        "it has no source; give a mirror or import a folder",
        "для неё нет источника; укажите зеркало или импортируйте папку",
    ),
    "bad_answer": ("the server gave a strange answer", "сервер ответил не так"),
    "wrong_hash": ("“{file}” is not what it must be", "файл «{file}» не тот, что нужен"),
    "not_model": (
        "there is neither a Whisper model nor a pyannote pipeline in it",
        "в нём нет ни модели Whisper, ни конвейера pyannote",
    ),
    "bad_zip": ("the archive is damaged", "архив повреждён"),
    "encrypted_zip": (
        "the archive is locked with a password; unpack it and import the folder",
        "архив закрыт паролем; распакуйте его и импортируйте папку",
    ),
    "unsafe_zip": ("the archive holds unsafe paths", "в архиве небезопасные пути"),
    "exists": ("there is already a model “{id}”", "модель «{id}» уже есть"),
    "empty": ("it is empty", "он пуст"),
    "cut": ("it was cut off by its length", "он обрезан по длине"),
    "not_facts": ("it is not the JSON that was asked for", "это не тот JSON, который запрошен"),
    "other_language": ("it is in another language", "он на другом языке"),
    "not_toml": ("it is not TOML", "это не TOML"),
    "lacks": ("“{field}” is missing", "нет поля «{field}»"),
}


class _Params(dict[str, object]):
    def __missing__(self, key: str) -> str:
        return "?"


def error_text(error: KnownError, language: str) -> str:
    """The sentence for a user who reads "ru" or (any other code) English."""
    return _filled(_TEXTS[error.code], error, language)


def window_text(error: KnownError, language: str) -> str:
    """The same for a user of the window, who types no commands."""
    return _filled(_WINDOW_TEXTS.get(error.code, _TEXTS[error.code]), error, language)


def _filled(texts: tuple[str, str], error: KnownError, language: str) -> str:
    params = _Params(error.params)
    if params.get("why") in _REASONS:
        params["why"] = reason_text(error, language)
    return texts[language == "ru"].format_map(params)


def reason_text(error: KnownError, language: str) -> str:
    """Only why: the part that the sentence gives as its reason."""
    reason = _REASONS[str(error.params["why"])][language == "ru"]
    return reason.format_map(_Params(error.params))


def system_language() -> str:
    """ "ru" where the system speaks Russian, else "en"."""
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            return "ru" if value.lower().startswith("ru") else "en"
    return "ru" if (locale.getlocale()[0] or "").lower().startswith("ru") else "en"
