"""The real window with real models, from a file to an export, in both languages."""

import json
import shutil

import numpy as np
import pytest
import soundfile

pytestmark = pytest.mark.model
MINUTES = 150.0  # s: real models on a busy machine

TEXTS = {
    "en": {
        "open": "Open recordings",
        "file_name": "File name:",
        "accept": "Open",
        "name_of": "Name of Speaker {}",
        "correct": "Correct text",
        "undo": "Undo",
        "export": "Export…",
        "save": "Save…",
        "save_file": "Save",
        "saved": "Saved to",
        "quit": "Quit",
    },
    "ru": {
        "open": "Открыть записи",
        "file_name": "Имя файла:",
        "accept": "Открыть",
        "name_of": "Имя: Спикер {}",
        "correct": "Исправить текст",
        "undo": "Отменить",
        "export": "Экспорт…",
        "save": "Сохранить…",
        "save_file": "Сохранить",
        "saved": "Сохранено",
        "quit": "Выйти",
    },
}


def quit_by_menu(program, texts):
    program.press("menu item", texts["quit"])
    assert program.closed() == 0


@pytest.mark.parametrize("language", ["en", "ru"])
def test_a_recording_becomes_a_corrected_export(program, voicerec, sample, tmp_path, language):
    texts = TEXTS[language]
    source = tmp_path / "Иван Петров" / "созвон.wav"
    source.parent.mkdir()
    shutil.copy(sample, source)
    window = program(language)
    window.press("push button", texts["open"])
    window.write("text", texts["file_name"], str(source))
    window.press("push button", texts["accept"])
    window.wait("text", texts["name_of"].format(2), seconds=MINUTES)
    rename(window, texts, 2, "Шейла")
    line = "But I'm Sheila, in Texas, originally from Chicago."
    correct(window, texts, "Sheila and Texas", line)
    window.press("menu item", texts["undo"])
    window.wait("table cell", "Sheila and Texas", part=True)
    correct(window, texts, "Diane in New Jersey", "This is Diana in New Jersey.")
    export = tmp_path / "протокол.txt"
    window.press("menu item", texts["export"])
    window.press("push button", texts["save"])
    window.write("text", texts["file_name"], str(export))
    window.press("push button", texts["save_file"])
    window.wait("label", texts["saved"], part=True)
    quit_by_menu(window, texts)
    written = export.read_text("utf-8")
    assert "Шейла" in written
    assert "Diana in New Jersey" in written
    assert "Sheila and Texas" in written
    assert line not in written
    (meeting,) = listed(voicerec)
    assert meeting["title"] == "созвон"
    shown = voicerec("library", "show", meeting["id"]).stdout
    assert "Шейла" in shown
    assert "Diana in New Jersey" in shown
    assert "Sheila and Texas" in shown


def rename(window, texts, number, name):
    window.write("text", texts["name_of"].format(number), name)
    window.key("Return")
    window.wait("table cell", f"{name}, ", part=True)


def correct(window, texts, passage, line):
    window.choose("table cell", passage, part=True)
    window.press("menu item", texts["correct"])
    window.type(line)  # Qt tells of an editor in a table by focus only
    window.key("Return")
    window.wait("table cell", line, part=True)


def listed(voicerec):
    return json.loads(voicerec("library", "list", "--json").stdout)


def test_what_the_command_line_transcribes_shows_in_the_open_window(program, voicerec, sample):
    window = program("ru")
    window.wait("push button", TEXTS["ru"]["open"])
    assert voicerec("transcribe", sample, "--no-diarization").returncode == 0
    window.choose("list item", f"{sample.stem}, ", part=True)
    window.wait("table cell", "Diane in New Jersey", part=True)
    quit_by_menu(window, TEXTS["ru"])


def test_a_window_killed_at_work_goes_on_by_itself_with_files_of_a_second_start(
    program, voicerec, sample, tmp_path
):
    first, second = tmp_path / "первая.wav", tmp_path / "вторая.wav"
    samples, rate = soundfile.read(sample, dtype="int16")
    soundfile.write(first, np.tile(samples, 10), rate, subtype="PCM_16")
    shutil.copy(sample, second)
    window = program("en", first)
    window.wait("frame", "первая – Voicerec")
    window.hand_over(second)
    window.wait("frame", "вторая – Voicerec")
    window.choose("list item", "первая, ", part=True)
    window.wait("frame", "первая – Voicerec")
    window.wait("table cell", "Hello", part=True, seconds=MINUTES)
    window.end()
    statuses = {meeting["title"]: meeting["status"] for meeting in listed(voicerec)}
    assert set(statuses) == {"первая", "вторая"}
    assert "ready" not in statuses.values()
    again = program("en")
    for copy in (first, second):
        again.choose("list item", f"{copy.stem}, ", part=True)
        again.wait("text", TEXTS["en"]["name_of"].format(2), seconds=MINUTES)
        again.wait("table cell", "Diane in New Jersey", part=True)
    quit_by_menu(again, TEXTS["en"])
    assert {meeting["status"] for meeting in listed(voicerec)} == {"ready"}


def test_closing_at_work_asks_once_and_loses_nothing(program, voicerec, sample):
    texts = TEXTS["en"]
    window = program("en", sample)
    window.wait("table cell", "Hello", part=True, seconds=MINUTES)
    window.press("menu item", texts["quit"])
    window.press("push button", "Cancel", within="alert")
    window.wait_gone("alert")
    window.press("menu item", texts["quit"])
    window.press("push button", "Close", within="alert")
    assert window.closed() == 0
    again = program("en")
    again.wait("text", texts["name_of"].format(2), seconds=MINUTES)
    quit_by_menu(again, texts)
    assert [meeting["status"] for meeting in listed(voicerec)] == ["ready"]
