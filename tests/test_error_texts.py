"""The user gets a whole sentence in their language, whatever goes wrong in the world."""

import ast
import re
from pathlib import Path
from string import Formatter

import pytest

import voicerec_desktop
from voicerec_desktop.core.errors import ErrorCode, KnownError
from voicerec_desktop.error_texts import (
    _REASONS,
    _TEXTS,
    _WINDOW_TEXTS,
    error_text,
    system_language,
    window_text,
)

CYRILLIC = re.compile("[а-яё]", re.IGNORECASE)
SOURCES = sorted(Path(voicerec_desktop.__file__).parent.rglob("*.py"))


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def calls() -> list[tuple[str, ast.Call]]:
    found = []
    for path in SOURCES:
        tree = ast.parse(path.read_text("utf-8"))
        found += [(str(path), node) for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return found


def code_of(call: ast.Call) -> str | None:
    """The name of the error code of `KnownError(ErrorCode.X, ...)`."""
    if isinstance(call.func, ast.Name) and call.func.id == "KnownError" and call.args:
        first = call.args[0]
        if isinstance(first, ast.Attribute):
            return first.attr
    return None


@pytest.mark.parametrize("code", ErrorCode)
def test_every_error_has_a_sentence_in_both_languages_that_names_the_same(code):
    english, russian = _TEXTS[code]
    assert placeholders(english) == placeholders(russian)
    assert CYRILLIC.search(russian)
    assert not CYRILLIC.search(english)
    for sentence in (english, russian):
        assert sentence.endswith((".", "}")) or "voicerec " in sentence


@pytest.mark.parametrize("code", [c for c in ErrorCode if c != ErrorCode.LIBRARY_CORRUPT])
def test_the_window_tells_nobody_to_type_a_command(code):
    for language in ("en", "ru"):
        sentence = window_text(KnownError(code), language)
        assert "--" not in sentence
        assert "voicerec " not in sentence
        assert sentence.endswith(".")


@pytest.mark.parametrize("code", _WINDOW_TEXTS)
def test_what_only_the_window_says_is_in_both_languages_and_names_nothing_else(code):
    english, russian = _WINDOW_TEXTS[code]
    assert placeholders(english) == placeholders(russian) <= placeholders(_TEXTS[code][0])
    assert CYRILLIC.search(russian)
    assert not CYRILLIC.search(english)
    assert error_text(KnownError(code), "ru") != window_text(KnownError(code), "ru")


@pytest.mark.parametrize("why", _REASONS)
def test_every_reason_is_in_both_languages_and_names_the_same(why):
    english, russian = _REASONS[why]
    assert placeholders(english) == placeholders(russian)
    assert CYRILLIC.search(russian)
    assert not CYRILLIC.search(english)


def test_every_reason_in_the_code_has_a_text_and_every_text_is_used():
    strings = {
        node.value
        for path in SOURCES
        if path.name != "error_texts.py"
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert set(_REASONS) <= strings
    named = [
        keyword.value.value
        for _, call in calls()
        for keyword in call.keywords
        if keyword.arg == "why" and isinstance(keyword.value, ast.Constant)
    ]
    assert named
    assert set(named) <= set(_REASONS)


def functions() -> list[tuple[str, ast.FunctionDef]]:
    return [
        (str(path), node)
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef)
    ]


def strings_in(nodes: list[ast.AST]) -> set[str]:
    inside = [one for node in nodes for one in ast.walk(node)]
    return {n.value for n in inside if isinstance(n, ast.Constant) and isinstance(n.value, str)}


def test_every_reason_given_through_a_helper_has_a_text():
    places = {
        (path, function.name): [argument.arg for argument in function.args.args].index("why")
        for path, function in functions()
        if any(argument.arg == "why" for argument in function.args.args)
    }
    given: set[str] = set()
    for path, call in calls():
        if isinstance(call.func, ast.Name) and (path, call.func.id) in places:
            why = call.args[places[path, call.func.id]]
            if isinstance(why, ast.Call):  # a function that chooses one
                chosen = [f for place, f in functions() if (place, f.name) == (path, why.func.id)]
                given |= strings_in(chosen[0].body)
            else:
                given |= strings_in([why])
    assert len(given) >= 8
    assert given <= set(_REASONS)


def test_every_error_in_the_code_gives_what_its_sentence_names():
    checked = 0
    for path, call in calls():
        code = code_of(call)
        given = {keyword.arg for keyword in call.keywords}
        if code and None not in given:
            wanted = placeholders(_TEXTS[ErrorCode[code]][0])
            assert wanted <= given, f"{path}:{call.lineno}"
            checked += 1
    assert checked > 20


def test_a_reason_is_told_in_the_language_of_the_user():
    error = KnownError(
        ErrorCode.GLOSSARY_INVALID,
        path="{слова}.txt",
        line=3,
        why="variant_taken",
        variant="рум",
        owner="RUMA",
    )
    assert error_text(error, "en") == (
        "The glossary “{слова}.txt” has a mistake in line 3: "
        "“рум” already stands for “RUMA”. Mend that line."
    )
    assert error_text(error, "ru") == (
        "В словаре «{слова}.txt» ошибка в строке 3: «рум» уже заменяется на «RUMA». "
        "Исправьте эту строку."
    )


def test_a_reason_of_a_library_and_a_missing_parameter_are_no_second_error():
    error = KnownError(ErrorCode.MODEL_FETCH_FAILED, why="HTTP 500 {oops}")
    assert "“?”" in error_text(error, "en")
    assert "HTTP 500 {oops}" in error_text(error, "en")


def test_who_reads_neither_language_gets_english():
    error = KnownError(ErrorCode.OUT_OF_MEMORY)
    assert error_text(error, "de") == error_text(error, "en") != error_text(error, "ru")


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({"LANG": "ru_RU.UTF-8"}, "ru"),
        ({"LANG": "en_US.UTF-8"}, "en"),
        ({"LANG": "ru_RU.UTF-8", "LANGUAGE": "en"}, "en"),
        ({"LANG": "C", "LC_ALL": "ru_RU"}, "ru"),
        ({"LANG": "ru_RU.UTF-8", "LC_MESSAGES": "de_DE"}, "en"),
        ({"LANG": "ru_RU.UTF-8", "LC_ALL": ""}, "ru"),
    ],
)
def test_the_language_is_that_of_the_system(monkeypatch, environment, language):
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert system_language() == language
