import pytest

from voicerec_desktop.core.text import fold, one_script


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Ёлка — это ЕЛЬ!", "елка это ель"),
        ("foo_bar _ baz", "foo bar baz"),
        ("Мой", "мой"),  # й as и with a breve, as macOS writes names
        ("за́мок", "замок"),
        ("  don't\u00a0stop… ", "don t stop"),
        ("straße", "strasse"),
        ("—?!", ""),
    ],
)
def test_text_that_reads_the_same_folds_to_the_same(text, folded):
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("mixed", "same"),
    [
        ("рuma", "ruma"),
        ("руma и cрм", "ruma и crm"),
        ("жiра", "zhira"),
        ("it отдел", "it отдел"),
        ("", ""),
    ],
)
def test_a_word_of_two_scripts_gets_one(mixed, same):
    assert one_script(mixed) == same
