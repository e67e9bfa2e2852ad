"""Titles become names of files that Windows and Linux take."""

import pytest

from voicerec_desktop.export.names import safe_name


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Планёрка 20.11", "Планёрка 20.11"),
        ("a/b\\c", "a_b_c"),
        ('Q3: "план" <v2>?', "Q3_ _план_ _v2_"),
        ("  конец.  . ", "конец"),
        ("две\nстроки\tи\x00ноль", "две строки и ноль"),
        ("con", "_con"),
        ("LPT1.итоги", "_LPT1.итоги"),
        ("console", "console"),
        ("…", "…"),
        ("", "transcript"),
        ("///", "transcript"),
        ("..", "transcript"),
        ("и\u0306", "й"),
    ],
)
def test_a_title_becomes_a_name(title, name):
    assert safe_name(title) == name


def test_a_long_title_is_cut_between_letters(tmp_path):
    name = safe_name("щ" * 500)
    assert set(name) == {"щ"}
    (tmp_path / f"{name}.docx").write_text("")  # the disk takes it
