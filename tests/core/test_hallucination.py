import zlib

import pytest

from voicerec_desktop.core.hallucination import doubt, is_loop, split_credits
from voicerec_desktop.core.model import Word
from voicerec_desktop.core.segmentation import join_words

SURE = {"speech": 3.0, "duration": 3.0, "avg_logprob": -0.2, "no_speech_prob": 0.01}
SILENT = {**SURE, "speech": 0.0}
UNSURE = {**SURE, "avg_logprob": -1.2, "no_speech_prob": 0.4}
LONG = (
    "Сегодня у нас три вопроса: запуск нового продукта, бюджет на четвёртый квартал "
    "и найм двух человек в команду поддержки."
)


def reason(text: str, signs: dict[str, float], probability: float = 0.9) -> str | None:
    data = text.encode()
    return doubt(
        text,
        **signs,
        compression_ratio=len(data) / len(zlib.compress(data)),  # as Whisper computes it
        word_probabilities=[probability] * len(text.split()),
    )


@pytest.mark.parametrize(
    "text",
    [
        "Субтитры сделал DimaTorzok",
        "Субтитры создавал DimaTorzok.",
        "Субтитры делал ДимаТорзок",
        "Субтитры подогнал «Симон»!",
        "DimaTorzok",
        "Редактор субтитров А.Семкин Корректор А.Егорова",
        "Редактор субтитров А. Синецкая Корректор А. Кулакова",
        "редактор субтитров а семкин корректор а егорова",
        "Редактор субтитров И.Бойкова",
        "Редактор субтитров Ф.Неизвестная Корректор Ц.Новый",
        "Корректор А.Кулакова",
        "Спасибо за субтитры Алексею Дубровскому!",
        "Субтитры сообщества Amara.org",
        "Subtitles by the Amara.org community",
        "Captions by the Amara.org community",
        "Subtitles by SteamTeamExtra",
        "Subs by www.zeoranger.co.uk",
        "Transcription by CastingWords",
        "Transcription by ESO. Translation by —",
    ],
)
def test_subtitle_credits_are_doubted_even_where_somebody_speaks(text):
    assert reason(text, SURE) == "credits"


@pytest.mark.parametrize("signs", [SILENT, UNSURE])
@pytest.mark.parametrize(
    "text",
    [
        "Продолжение следует...",
        "Спасибо за просмотр!",
        "Подписывайтесь на наш канал.",
        "ДИНАМИЧНАЯ МУЗЫКА",
        "Аплодисменты",
        "Субтитры подготовил Иван Петров",
        "Субтитры подготовил Иван Петров. Продолжение следует...",
        "Thanks for watching!",
        "Thank you so much for watching.",
        "Please subscribe to my channel.",
        "Subtitles by John Smith",
        "Thank you.",
    ],
)
def test_phrases_of_videos_are_doubted_where_nobody_speaks_or_whisper_is_unsure(text, signs):
    assert reason(text, signs) == "credits"


@pytest.mark.parametrize(
    "text",
    [
        "Корректор автоматически исправляет ошибки.",
        "Она корректор, а Иван редактор.",
        "Нам нужен редактор субтитров и корректор.",
        "Редактор субтитров в плеере не работает.",
        "Субтитры сделали вчера, осталась озвучка.",
        "Субтитры добавили на прошлой неделе.",
        "Титры сделал наш дизайнер.",
        "Спасибо за субтитры, очень помогли.",
        "We need the subtitles by Friday.",
        "Subtitles by Friday, captions by Monday.",
        "Продолжение следует в четверг.",
        "Спасибо за просмотр презентации.",
        "Музыка играет слишком громко.",
        "Спасибо за внимание, вопросы?",
        "Thank you.",
        "Bye.",
        "Music",
        "До новых встреч!",
        "Да, да, да, конечно.",
        "Нет, нет, нет, нет, нет, нет.",
        "Нажмите 1, нажмите 2, нажмите 3, нажмите 4, нажмите 5, нажмите 6, нажмите 7.",
    ],
)
def test_what_people_say_in_meetings_is_believed(text):
    assert reason(text, SURE) is None


@pytest.mark.parametrize(
    ("text", "signs", "wanted"),
    [
        ("Коллеги, добрый день.", SILENT, "no_speech"),
        ("Коллеги, добрый день.", {**SURE, "speech": 0.25}, "no_speech"),
        ("Коллеги, добрый день.", {**SURE, "speech": 0.4}, None),
        ("Коллеги, добрый день.", {**UNSURE, "no_speech_prob": 0.7}, "no_speech"),
        ("Коллеги, добрый день.", {**SURE, "no_speech_prob": 0.7}, None),
        ("Ну да.", UNSURE, "no_speech"),
        ("♪ ♪ ♪", SURE, "no_speech"),
        (LONG, {**SURE, "speech": 2.0, "duration": 2.0}, "rate"),
        (LONG, {**SURE, "speech": 4.0, "duration": 4.0}, None),
    ],
)
def test_text_without_speech_under_it_or_too_fast_to_say_is_doubted(text, signs, wanted):
    assert reason(text, signs) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "и так далее " * 10,
        "Да. " * 30,
        "Я не знаю, что делать, и я не знаю, куда мне теперь идти. " * 6,
        "Сначала мы обсудили бюджет. " + "А потом, а потом, " * 12,
    ],
)
def test_loops_are_doubted(text):
    assert reason(text, {**SURE, "speech": 25.0, "duration": 25.0}) == "loop"


def test_a_refrain_among_other_words_is_no_loop():
    text = "нажмите один нажмите два нажмите три нажмите четыре нажмите пять нажмите шесть"
    assert not is_loop(text.split())
    assert not is_loop(["да"] * 11)
    assert is_loop(["да"] * 12)


def spoken(text: str) -> list[Word]:
    return [Word(i, i + 1, " " + word) for i, word in enumerate(text.split())]


@pytest.mark.parametrize(
    ("text", "real"),
    [
        ("До свидания. Субтитры сделал DimaTorzok", "До свидания."),
        ("всем пока субтитры создавал dimatorzok", "всем пока"),
        ("Конец. Редактор субтитров А.Семкин Корректор А.Егорова", "Конец."),
        ("We are done. Subtitles by the Amara.org community", "We are done."),
        ("Она корректор, а Иван редактор.", "Она корректор, а Иван редактор."),
        ("DimaTorzok", ""),
        ("", ""),
    ],
)
def test_credits_glued_to_speech_are_split_from_it(text, real):
    words = spoken(text)
    said, credits = split_credits(words)
    assert join_words(said) == real
    assert [*said, *credits] == words


@pytest.mark.parametrize(
    "text",
    [
        "Всего доброго, до свидания. Субтитры сделал DimaTorzok",
        f"Субтитры сделал DimaTorzok. {LONG}",
    ],
)
def test_speech_with_credits_around_it_is_not_doubted_as_a_whole(text):
    assert reason(text, {**SURE, "speech": 10.0, "duration": 10.0}) is None


@pytest.mark.parametrize(
    ("speech", "duration", "wanted"),
    [
        (0.08, 0.08, None),  # Whisper gives short words so little
        (0.03, 0.08, "no_speech"),
        (0.0, 0.0, "no_speech"),
        (0.09, 0.5, "no_speech"),
        (0.11, 0.5, None),
        (0.5, 6.0, "no_speech"),
        (0.7, 6.0, None),
    ],
)
def test_a_short_word_needs_no_more_speech_than_it_is_long(speech, duration, wanted):
    assert reason("Okay.", {**SURE, "speech": speech, "duration": duration}) == wanted
