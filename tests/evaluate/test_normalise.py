import pytest

from voicerec_desktop.evaluate.normalise import normalise


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("Ёлка, «ещё»!", "елка еще"),
        ("за́мок", "замок"),
        ("нажмите 1 - чтобы", "нажмите один чтобы"),
        ("1 000 000 рублей", "один миллион рублей"),
        ("в 2023 500 человек", "в две тысячи двадцать три пятьсот человек"),
        ("1000", "тысяча"),
        ("21 000", "двадцать одна тысяча"),
        ("1%", "один процент"),
        ("21%", "двадцать один процент"),
        ("22 %", "двадцать два процента"),
        ("11%, 12%", "одиннадцать процентов двенадцать процентов"),
        ("2,5%", "два и пять процента"),
        ("$5", "пять долларов"),
        ("3 ₽", "три рубля"),
        ("№ 7", "номер семь"),
        ("5-го мая", "пятого мая"),
        ("1-й, 2-я, 3-е", "первый вторая третье"),
        ("к 5-му", "к пятому"),
        ("на 5-м месте, 5м", "на пятом месте пять м"),
        ("90-е годы 20-х", "девяностые годы двадцатых"),
        ("2-х комнатная, 5-ти", "двух комнатная пяти"),
        ("25.12.2024", "двадцать пять двенадцать две тысячи двадцать четыре"),
        ("в 10:30", "в десять тридцать"),
        ("007", "ноль ноль семь"),
        ("ай-пи", "ай пи"),
        ("1" * 19, " ".join(["один"] * 19)),
        ("", ""),
        ("… — ♪", ""),
    ],
)
def test_russian_is_compared_as_it_is_spoken(written, spoken):
    assert normalise(written, "ru") == spoken


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("Don’t STOP — it's “fine”.", "don't stop it's fine"),
        ("'quoted' rock 'n' roll", "quoted rock n roll"),
        ("twenty-five", "twenty five"),
        ("25", "twenty five"),
        ("1,500 people", "one thousand five hundred people"),
        ("10, 200", "ten two hundred"),
        ("1st, 2nd, 3rd, 21st", "first second third twenty first"),
        ("3.14", "three point one four"),
        ("Version 1.2.3.", "version one two three"),
        ("21%", "twenty one percent"),
        ("$1 and $5.50", "one dollar and five point five zero dollars"),
        ("AT&T", "at and t"),
        ("12/25/2024", "twelve twenty five two thousand and twenty four"),
        ("10:30", "ten thirty"),
        ("№ 7", "number seven"),
        ("ﬁne", "fine"),
        ("snake_case", "snake case"),
    ],
)
def test_english_is_compared_as_it_is_spoken(written, spoken):
    assert normalise(written, "en") == spoken


@pytest.mark.parametrize(
    ("text", "spoken"),
    [("у меня 5", "у меня пять"), ("I have 5", "i have five"), ("У iPhone 5", "у iphone five")],
)
@pytest.mark.parametrize("language", ["", "de"])
def test_the_language_of_numbers_is_told_by_the_letters(text, spoken, language):
    assert normalise(text, language) == spoken


@pytest.mark.parametrize("text", ["У нас 5-го мая 21% за $5", "The 1st is 3.5% — don't!"])
def test_what_is_normalised_already_stays(text):
    once = normalise(text)
    assert normalise(once) == once
