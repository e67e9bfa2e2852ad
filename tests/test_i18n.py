"""The translations: every text of the window is in them, whole, and in the right form."""

import ast
import importlib.util
import re
import shutil
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
UI = ROOT / "voicerec_desktop" / "ui"
I18N = ROOT / "i18n"
FORMS = {"ru": 3, "en": 2}
LATIN = {"Voicerec Desktop", "Voicerec", "Markdown", "JSON", "RTTM", "%1%", "&%1  %2"}
CYRILLIC = re.compile("[а-яё]", re.IGNORECASE)
PLACEHOLDER = re.compile(r"%\d|%n")
MNEMONIC = re.compile(r"&(?!&)\S")


@dataclass(frozen=True, order=True)
class Message:
    """A text to be translated."""

    context: str
    source: str
    comment: str = ""
    plural: bool = False


@dataclass(frozen=True)
class Call:
    """A place in the code that asks for a translation."""

    place: str
    context: ast.expr | str
    text: ast.expr
    comment: ast.expr | None
    plural: bool

    def message(self) -> Message:
        context = self.context if isinstance(self.context, str) else constant(self.context)
        comment = constant(self.comment) if self.comment else ""
        return Message(str(context), str(constant(self.text)), str(comment), self.plural)


def constant(node: ast.expr | None) -> str | None:
    """The text of a literal; None for anything else."""
    literal = isinstance(node, ast.Constant) and isinstance(node.value, str)
    return node.value if literal else None


def calls_in(node: ast.AST, place: str, class_name: str = "") -> Iterator[Call]:
    """Calls of tr, translate and QT_TRANSLATE_NOOP, with the class that they are in."""
    for child in ast.iter_child_nodes(node):
        yield from calls_in(child, place, child.name if is_class(child) else class_name)
    if not isinstance(node, ast.Call):
        return
    where, arguments = f"{place}:{node.lineno}", node.args
    if isinstance(node.func, ast.Attribute) and node.func.attr == "tr":
        comment = arguments[1] if len(arguments) > 1 else None
        yield Call(where, class_name, arguments[0], comment, len(arguments) > 2)
    elif ast.unparse(node.func) in ("translate", "QCoreApplication.translate", "QT_TRANSLATE_NOOP"):
        comment = arguments[2] if len(arguments) > 2 else None
        yield Call(where, arguments[0], arguments[1], comment, len(arguments) > 3)


def is_class(node: ast.AST) -> bool:
    return isinstance(node, ast.ClassDef)


def trees() -> dict[str, ast.Module]:
    return {str(p.relative_to(ROOT)): ast.parse(p.read_text("utf-8")) for p in UI.rglob("*.py")}


def calls() -> list[Call]:
    return [call for place, tree in trees().items() for call in calls_in(tree, place)]


def translations(language: str) -> dict[Message, ET.Element]:
    """What the .ts file holds."""
    found = {}
    for context in ET.parse(I18N / f"voicerec_{language}.ts").getroot().iter("context"):
        for one in context.iter("message"):
            message = Message(
                context.findtext("name", ""),
                one.findtext("source", ""),
                one.findtext("comment", ""),
                one.get("numerus") == "yes",
            )
            found[message] = one.find("translation")
    return found


def forms(translation: ET.Element) -> list[str]:
    return [form.text or "" for form in translation.iter("numerusform")] or [translation.text or ""]


RUSSIAN = [
    pytest.param(message, form, id=f"{message.context}: {message.source[:40]} {number}")
    for message, translation in translations("ru").items()
    for number, form in enumerate(forms(translation))
]


@pytest.fixture(scope="module")
def dev():
    spec = importlib.util.spec_from_file_location("dev_of_translations", ROOT / "dev.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("language", FORMS)
def test_collecting_the_texts_of_the_code_changes_nothing(dev, tmp_path, language):
    ours = I18N / f"voicerec_{language}.ts"
    copied = tmp_path / ours.name
    shutil.copy(ours, copied)
    dev.collect_texts(copied)
    assert copied.read_text("utf-8") == ours.read_text("utf-8"), "run: python3 dev.py translate"
    assert "<location" not in copied.read_text("utf-8")


def test_whatever_asks_for_a_translation_asks_with_a_literal():
    computed = [
        call.place
        for call in calls()
        if constant(call.text) is None
        # What QT_TRANSLATE_NOOP marked elsewhere; mypy wants to hear that it is a text.
        and not ast.unparse(call.text).startswith("str(")
    ]
    assert computed == []
    contexts = [
        c.place for c in calls() if not isinstance(c.context, str) and not constant(c.context)
    ]
    assert contexts == []


def test_every_text_that_the_code_asks_for_can_be_found():
    """Also those in f-strings and odd calls, which lupdate overlooks."""
    asked = {call.message() for call in calls() if constant(call.text) is not None}
    assert len(asked) > 400
    assert asked == set(translations("ru"))
    assert {message for message in asked if message.plural} == set(translations("en"))


def test_plurals_are_asked_for_by_classes_without_children():
    """Qt would look under the child's name, find nothing, and take the source with its "(s)"."""
    parents = {
        ast.unparse(base).split(".")[-1]
        for tree in trees().values()
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
        for base in node.bases
    }
    assert parents.isdisjoint({message.context for message in translations("en")})


@pytest.mark.parametrize("language", FORMS)
def test_every_translation_is_finished_and_has_all_forms(language):
    for message, translation in translations(language).items():
        assert translation.get("type") is None, message
        assert len(forms(translation)) == (FORMS[language] if message.plural else 1), message
        assert all(form.strip() for form in forms(translation)), message


@pytest.mark.parametrize(("message", "russian"), RUSSIAN)
def test_russian_says_the_same_in_russian(message, russian):
    source = message.source
    assert sorted(PLACEHOLDER.findall(russian)) == sorted(PLACEHOLDER.findall(source))
    assert len(MNEMONIC.findall(russian)) == len(MNEMONIC.findall(source))
    assert CYRILLIC.search(russian) or source in LATIN
    assert "“" not in russian
    assert '"' not in russian
    assert russian == russian.strip()
    for end in ("…", ":"):
        assert russian.endswith(end) == source.endswith(end)


def test_english_plurals_have_no_brackets_left():
    for message, translation in translations("en").items():
        one, many = forms(translation)
        assert "(" not in one + many, message
        assert one != many, message
        assert PLACEHOLDER.findall(one) == PLACEHOLDER.findall(message.source)
