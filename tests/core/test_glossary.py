import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicerec_desktop.core.errors import ErrorCode, KnownError
from voicerec_desktop.core.glossary import (
    Glossary,
    GlossaryEntry,
    format_glossary,
    parse_glossary,
    problems,
)
from voicerec_desktop.core.model import Word
from voicerec_desktop.store.search import stem


def words(*texts: str) -> list[Word]:
    return [Word(i, i + 0.5, text, probability=1 - i / 10) for i, text in enumerate(texts)]


def corrected(glossary: str, *texts: str) -> str:
    """What a glossary makes of words as Whisper gives them, each with the blank before it."""
    entries = parse_glossary(glossary, "g.txt")
    return "".join(word.text for word in Glossary(entries, stem).correct(words(*texts)))


@pytest.mark.parametrize(
    ("glossary", "said", "wanted"),
    [
        ("RUMA = рум, рума", " Наш| рум| и| рума.", " Наш RUMA и RUMA."),
        ("RUMA = рум", " РУМ| Рум", " RUMA RUMA"),
        ("RUMA = рум", " румба| грум| рум-бар", " румба грум рум-бар"),
        ("RUMA = рум", " рум|-бар", " RUMA-бар"),
        ("RUMA", " Ruma", " RUMA"),
        ("RUMA = рума", " РУMA,| РUMA| румба", " RUMA, RUMA румба"),  # letters of two scripts
        ("Счётчик = счетчик", " «счетчик»,", " «Счётчик»,"),
        ("ежик = ёж", " еж| Ёж", " ежик ежик"),
        ("Red Hat = ред хат", " Ред| хат,| да", " Red Hat, да"),
        ("24/7 = двадцать четыре на семь", " двадцать| четыре| на| семь", " 24/7"),
        ("25 = twenty-five", " twenty|-five.", " 25."),
        ("25 = twenty five", " twenty|-five.", " 25."),
        ("CRM-система = срм", " (срм)?", " (CRM-система)?"),
        ("A = один\nB = один два", " один| два| один", " B A"),
        ("C# = си шарп  # язык", " Си| шарп.", " C#."),
        ("C++ = си плюс плюс", " Си| плюс| плюс,| витамин| C", " C++, витамин C"),
        (".NET = дот нет", " дот| нет.| .NET| net", " .NET. .NET net"),
        (".NET = net", " .NET| net.", " .NET .NET."),
        ("C++ = си", " Си++,| си", " C++, C++"),
        ("RUMA = рум", " румы| румом", " румы румом"),
        ("RUMA ~ рума", " румы| румой,| рума| румба", " RUMA RUMA, RUMA румба"),
        ("Сбер Банк ~ сбер банка", " в| сбере| банке.", " в Сбер Банк."),
        ("Kubernetes ~ cluster", " clusters| Clustered", " Kubernetes Kubernetes"),
    ],
)
def test_variants_become_their_term(glossary, said, wanted):
    assert corrected(glossary, *said.split("|")) == wanted


def test_a_corrected_word_keeps_what_was_heard_and_its_time():
    glossary = Glossary((GlossaryEntry("Red Hat", ("ред хат",)),), stem)
    given = words(" это", " «Ред", " хат»,", " да")
    first, term, last = glossary.correct(given)
    assert (first, last) == (given[0], given[3])
    assert term == Word(1, 2.5, " «Red Hat»,", 0.8, original="«Ред хат»,")


def test_words_that_say_the_term_already_stay_as_they_are():
    glossary = Glossary((GlossaryEntry("Red Hat", ("ред хат",)),), stem)
    given = tuple(words(" Red", " Hat."))
    assert glossary.correct(given) == given


def test_the_last_word_of_several_glossaries_counts():
    library, file = GlossaryEntry("RUMA", ("рум",)), GlossaryEntry("Room", ("рум",))
    (word,) = Glossary((library, file), stem).correct(words(" рум"))
    assert word.text == " Room"


def test_every_term_is_offered_to_whisper_once():
    entries = parse_glossary("RUMA = рум\nBeeline\nRUMA = рума\n", "g.txt")
    assert Glossary(entries, stem).hotwords() == ("RUMA", "Beeline")


def test_a_glossary_file_may_have_comments_blank_lines_and_a_byte_order_mark():
    text = "\ufeff# наши слова\r\n\r\nRUMA = рум , рума # продукт\r\n  Beeline\r\n1С ~ один эс\r\n"
    assert parse_glossary(text, "g.txt") == (
        GlossaryEntry("RUMA", ("рум", "рума")),
        GlossaryEntry("Beeline"),
        GlossaryEntry("1С", ("один эс",), stem=True),
    )


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        ("= рум", "no_term"),
        ("~ рум", "no_term"),
        ("!!! = рум", "no_term"),
        ("RUMA =", "empty_variant"),
        ("RUMA = рум,, рума", "empty_variant"),
        ("RUMA = рум, ?", "empty_variant"),
        ("Room = Бюджёт", "variant_taken"),
        ("Бюджет", "variant_taken"),
        ("crm", "variant_taken"),
    ],
)
def test_a_bad_line_is_refused_with_its_number(bad, why):
    with pytest.raises(KnownError) as caught:
        parse_glossary(f"# слова\nBudget = бюджет\nCRM\n\n{bad}\n", "мой.txt")
    assert caught.value.code == ErrorCode.GLOSSARY_INVALID
    assert (caught.value.params["line"], caught.value.params["why"]) == (5, why)
    assert caught.value.params["path"] == "мой.txt"


SAID = st.lists(
    st.sampled_from([" рум", " Рума.", " ред", " хат", "-хат", " слово,", " —", " RUMA", " C"])
)


@given(SAID)
def test_correcting_twice_is_correcting_once_and_no_other_word_changes(texts):
    entries = parse_glossary("RUMA ~ рум\nRed Hat = ред хат\nC++ = си\n", "g.txt")
    glossary = Glossary(entries, stem)
    given = words(*texts)
    once = glossary.correct(given)
    assert glossary.correct(once) == once
    spans = [(word.start, word.end) for word in once]
    assert spans == sorted(spans)
    assert [w for w in once if w.original is None] == [w for w in given if w in once]
    if given:
        assert (once[0].start, once[-1].end) == (given[0].start, given[-1].end)


def test_what_is_written_to_a_file_is_read_from_it():
    entries = (
        GlossaryEntry("RUMA", ("рум", "рума"), stem=True),
        GlossaryEntry("C#", ("си шарп",)),
        GlossaryEntry("Иванов"),
    )
    assert parse_glossary(format_glossary(entries), "g.txt") == entries


@pytest.mark.parametrize(
    ("entry", "why"),
    [
        (GlossaryEntry(""), "no_term"),
        (GlossaryEntry("…"), "no_term"),
        (GlossaryEntry("a = b"), "signs"),
        (GlossaryEntry("RUMA", ("рум ~",)), None),
        (GlossaryEntry("a ~ b"), "signs"),
        (GlossaryEntry("# заметка"), "signs"),
        (GlossaryEntry("RUMA", ("рум", "…")), "empty_variant"),
        (GlossaryEntry("Other", ("ruma",)), "variant_taken"),
    ],
)
def test_an_entry_that_no_file_could_hold_is_named_with_its_reason(entry, why):
    found = problems((GlossaryEntry("RUMA"), entry, GlossaryEntry("Qwen", ("квен",))))
    assert {i: error.params["why"] for i, error in found.items()} == ({1: why} if why else {})
