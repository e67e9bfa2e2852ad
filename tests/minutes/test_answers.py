"""JSON is found in whatever models answer."""

import json

import pytest

from voicerec_desktop.core.minutes import FactKind
from voicerec_desktop.minutes.answers import in_language
from voicerec_desktop.minutes.blocks import Block
from voicerec_desktop.minutes.facts import located, parse
from voicerec_desktop.minutes.lines import Line

FACT = {
    "kind": "task",
    "text": "Исправить",
    "owner": "Анна",
    "due": "",
    "quote": "да",
    "lines": [2],
}
WHOLE = json.dumps({"facts": [FACT, {**FACT, "text": "Послать"}]}, ensure_ascii=False)
ALL = tuple(FactKind)


@pytest.mark.parametrize(
    "answer",
    [
        WHOLE,
        f"```json\n{WHOLE}\n```",
        f"Вот записи:\n{WHOLE}\nГотово, всего {{2}}.",
        WHOLE.replace("}]", "},]"),
        WHOLE.replace('"lines": [2]}', '"lines": [2],}'),
        WHOLE.removeprefix('{"facts": ').removesuffix("}"),
        WHOLE + WHOLE,
        WHOLE.removesuffix("]}"),
        WHOLE.removesuffix("]}") + ', {"kind": "task", "text": "Обор',
        str(json.loads(WHOLE)),
        WHOLE.replace("Исправить", "Исправить\n"),
    ],
)
def test_facts_are_found_in_what_models_make_of_json(answer):
    facts = parse(answer, ALL)
    assert facts is not None
    assert [fact.text for fact in facts] == ["Исправить", "Послать"]
    assert (facts[0].kind, facts[0].owner, facts[0].lines) == ("task", "Анна", (2,))


@pytest.mark.parametrize("answer", ["", "Не могу помочь.", "{", '{"ответ": 1}', "[1, 2", '"a"'])
def test_what_holds_no_facts_is_told_apart_from_no_facts(answer):
    assert parse(answer, ALL) is None
    assert parse('{"facts": []}', ALL) == []


def test_fields_of_wrong_types_are_no_failure():
    odd = {"facts": [{"text": 5, "owner": None, "due": ["x"], "lines": "3", "kind": "Task"}, {}, 7]}
    (fact,) = parse(json.dumps(odd), ALL)
    assert (fact.text, fact.owner, fact.due, fact.lines, fact.kind) == ("5", "", "", (3,), "task")
    (wrong,) = parse('{"facts": [{"text": "a", "kind": "joke", "lines": ["x", 1.5, 2]}]}', ALL)
    assert (wrong.kind, wrong.lines) == ("fact", (2,))


def test_a_fact_knows_its_segments_and_which_of_them_do_not_exist():
    block = Block((Line("s1", 0, 1, "Анна", "раз"), Line("s2", 1, 2, "Анна", "два")))
    (raw,) = parse(json.dumps({"facts": [{**FACT, "lines": [2, 9, 0, 2]}]}), ALL)
    assert located(raw, block).segment_ids == ("s2", "?9", "?0")


@pytest.mark.parametrize(
    ("text", "russian", "english"),
    [
        ("Пилот РУМА начинается в понедельник, первого декабря", True, False),
        ("The pilot of RUMA begins on Monday, the first of December", False, True),
        ("Обновить Kubernetes и PostgreSQL на серверах до пятницы", True, False),
        ("OK", True, True),
    ],
)
def test_the_language_of_an_answer_is_told(text, russian, english):
    assert (in_language(text, "ru"), in_language(text, "en")) == (russian, english)
