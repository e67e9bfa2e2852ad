"""A hand-made set of 40 true and 40 subtly false facts, and each check by itself."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from tests.minutes.meetings import meeting_of
from voicerec_desktop.core.minutes import Doubt, Fact, FactKind
from voicerec_desktop.minutes.evidence import Evidence
from voicerec_desktop.minutes.lines import Line, lines_of
from voicerec_desktop.minutes.numbers import Number, foreign, numbers
from voicerec_desktop.store.search import stem

SET = json.loads((Path(__file__).parent / "evidence_set.json").read_text("utf-8"))
FALSE_CAUGHT, TRUE_DOUBTED = 38, 2


@pytest.fixture
def evidence(eval_data, sample) -> dict[str, Evidence]:
    stm = {
        "ru_meeting_a": (eval_data / "ru_meeting" / "ru_meeting_a.stm", "ru"),
        "sample": (sample.with_suffix(".stm"), "en"),
    }
    return {
        name: Evidence(lines_of(meeting_of(path, language), language), stem)
        for name, (path, language) in stm.items()
    }


def fact_of(one: dict) -> Fact:
    ids = tuple(f"l{number}" for number in one["lines"])
    kind = FactKind(one["kind"])
    return Fact(kind, one["text"], one["owner"], one["due"], one["quote"], ids)


def test_true_facts_are_confirmed_and_subtly_false_ones_are_not(evidence):
    wrong = {True: [], False: []}
    for one in SET:
        checked = evidence[one["source"]].checked(fact_of(one))
        if checked.confirmed != one["true"]:
            wrong[one["true"]].append((one["text"], one.get("why"), checked.doubts))
    print(*wrong[True], *wrong[False], sep="\n")
    assert [sum(one["true"] == true for one in SET) for true in (True, False)] == [40, 40]
    assert len(wrong[False]) <= 40 - FALSE_CAUGHT
    assert len(wrong[True]) <= TRUE_DOUBTED


def test_a_confirmed_fact_is_at_the_second_of_its_quote(evidence, eval_data):
    lines = lines_of(meeting_of(eval_data / "ru_meeting" / "ru_meeting_a.stm", "ru"), "ru")
    for one in SET:
        if one["true"] and one["source"] == "ru_meeting_a":
            checked = evidence["ru_meeting_a"].checked(fact_of(one))
            assert checked.start in {lines[number - 1].start for number in one["lines"]}


SAID = [
    Line("a", 0, 4, "Анна", "Иван, пришлите отчёт Петрову к пятнице, не к четвергу."),
    Line("b", 5, 9, "Иван", "Хорошо, пришлю. Бюджет четыре миллиона."),
    Line("c", 60, 64, "Олег", "Мы ничего не покупаем."),
]
TRUE = Fact(
    FactKind.TASK,
    "Прислать отчёт Петрову",
    "Иван",
    "пятница",
    "пришлите отчёт Петрову к пятнице",
    ("a",),
)


@pytest.mark.parametrize(
    ("changes", "doubts"),
    [
        ({}, ()),
        ({"quote": "пришлите отчет Петрову к пятнице"}, ()),
        ({"quote": "«Иван, пришлите отчёты Петрову…»"}, ()),
        ({"text": "Прислать отчёт Петрову, бюджет 4 млн"}, ()),
        ({"segment_ids": ()}, (Doubt.SEGMENTS,)),
        ({"segment_ids": ("x",)}, (Doubt.SEGMENTS,)),
        ({"segment_ids": ("a", "x")}, (Doubt.SEGMENTS,)),
        ({"quote": ""}, (Doubt.QUOTE,)),
        ({"quote": "отправьте счёт Сидорову к пятнице"}, (Doubt.QUOTE,)),
        ({"text": "Прислать отчёт Петрову, бюджет 5 млн"}, (Doubt.NUMBER,)),
        ({"text": "Прислать отчёт Петрову к субботе, не к четвергу"}, (Doubt.DATE,)),
        ({"text": "Пришлите отчёт к пятнице Сидорову"}, (Doubt.NAME,)),
        ({"text": "Пришлите Петрову к пятнице не отчёт"}, (Doubt.NEGATION,)),
        ({"text": "Обсудить закупку оборудования"}, (Doubt.TEXT,)),
        ({"owner": "Ивану"}, ()),
        ({"owner": "Олег"}, (Doubt.OWNER,)),
        ({"owner": "Мария"}, (Doubt.OWNER,)),
        ({"due": "к пятнице"}, ()),
        ({"due": "четверг"}, (Doubt.DUE,)),
        ({"due": "10 мая"}, (Doubt.DUE,)),
    ],
)
def test_each_part_of_a_fact_is_checked(changes, doubts):
    assert Evidence(SAID, stem).checked(replace(TRUE, **changes)).doubts == doubts


def test_a_fact_that_cites_nothing_is_at_its_quote():
    checked = Evidence(SAID, stem).checked(
        replace(TRUE, segment_ids=(), quote="Мы ничего не покупаем")
    )
    assert (checked.start, checked.confirmed) == (60, False)


def test_minutes_in_another_language_are_checked_by_quote_numbers_and_owner():
    evidence = Evidence(SAID, stem, same_language=False)
    english = replace(TRUE, text="Send the report; the budget is 4 million", due="Friday")
    assert evidence.checked(replace(english, due="")).confirmed
    assert evidence.checked(replace(english, due="", text="5 million")).doubts == (Doubt.NUMBER,)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("семь миллионов четыреста тысяч", [7_400_000]),
        ("7,4 миллиона", [7_400_000]),
        ("7 400 000 рублей", [7_400_000]),
        ("тысяча двести обращений, на сорок процентов", [1200, 40]),
        ("двадцать первого мая", [21]),
        ("в пятницу и четверг", []),
        ("пятидесяти пяти, семьюстами", [55]),
        ("one hundred twenty five thousand", [125_000]),
        ("раз, два, три", [2, 3]),
        ("полтора миллиона", [1_500_000]),
        ("900 тыс. в месяц", [900_000]),
    ],
)
def test_numbers_are_read_in_digits_and_words(text, values):
    assert [one.value for one in numbers(text)] == values


def test_two_is_not_the_second_and_eleven_may_be_at_night():
    assert foreign(numbers("две вакансии"), numbers("вторую вакансию"))
    assert not foreign(numbers("2 декабря"), numbers("второго декабря"))
    assert not foreign(numbers("в 15:00"), numbers("в три часа дня"))
    assert foreign(numbers("в 15:30"), numbers("в три часа дня")) == [Number(30, "digits")]
