"""Minutes in the window, written by a server of the tests' own."""

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton

from tests.minutes.conftest import Reply, scripted
from tests.minutes.model import Reader
from voicerec_desktop.ui.document import MeetingDocument
from voicerec_desktop.ui.minutes_panel import MinutesPanel
from voicerec_desktop.ui.settings.minutes import MinutesPage

__all__ = ["scripted"]
SAID = {
    "kind": "fact",
    "text": "Смета готова, осталось согласовать закупки",
    "owner": "",
    "due": "",
    "quote": "Смета готова, осталось согласовать закупки",
    "place": "Смета",
    "length": 1,
}
INVENTED = SAID | {"kind": "decision", "text": "Бюджет — 15 миллионов рублей"}


@pytest.fixture
def agreed(monkeypatch):
    """What the user was asked; the answer is yes."""
    asked = []

    def ask(_parent, headline, *_rest, **_more):
        asked.append(headline)
        return True

    monkeypatch.setattr("voicerec_desktop.ui.dialogs.confirm.ask", ask)
    return asked


@pytest.fixture
def panel(session, filled, scripted, qtbot, monkeypatch):
    for name in ("LLM_API_BASE", "LLM_API_KEY", "LLM_MODEL"):
        monkeypatch.delenv(name, raising=False)
    session.update_settings(llm_url=scripted.url)
    document = MeetingDocument(session)
    made = MinutesPanel(document, session)
    made.document = document
    qtbot.addWidget(made)
    made.resize(300, 600)
    made.show()
    with qtbot.waitSignal(document.loaded):
        document.open(filled)
    return made


def press(panel, text):
    next(b for b in panel.findChildren(QPushButton) if b.text() == text and b.isVisible()).click()


def write(panel, qtbot):
    qtbot.waitUntil(lambda: not panel.writing.meeting_id)
    with qtbot.waitSignal(panel.writing.written, timeout=20_000):
        press(panel, "Write minutes")
    qtbot.waitUntil(lambda: SAID["text"] in panel.text.toPlainText())
    assert "Участники" in panel.text.toPlainText()


def test_without_a_server_the_panel_leads_to_the_settings(panel, session, qtbot):
    session.update_settings(llm_url="")
    with qtbot.waitSignal(panel.settings_requested):
        press(panel, "Set it up")


def test_minutes_are_written_and_each_fact_plays_its_moment(panel, scripted, agreed, qtbot):
    scripted.answers = Reader([SAID, INVENTED])
    write(panel, qtbot)
    assert len(agreed) == 1
    shown = panel.text.toPlainText()
    assert SAID["text"] in shown
    assert "⚠" in shown[shown.index(INVENTED["text"]) :]
    with qtbot.waitSignal(panel.seek_requested) as sought:
        panel.text.anchorClicked.emit(QUrl("play:4.0"))
    assert sought.args == [4.0]
    assert 'href="play:4.0"' in panel.text.toHtml()


def test_a_host_is_agreed_to_once_and_versions_are_kept(panel, scripted, agreed, session, qtbot):
    scripted.answers = Reader([SAID])
    write(panel, qtbot)
    with qtbot.waitSignal(panel.writing.written, timeout=20_000):
        press(panel, "Write anew")
    assert len(agreed) == 1
    meeting_id = panel.document.meeting_id
    task = session.run(lambda library: library.minutes_versions(meeting_id))
    with qtbot.waitSignal(task.finished) as found:
        pass
    assert len(found.args[0]) == 2


def test_who_does_not_agree_sends_nothing(panel, scripted, qtbot, monkeypatch):
    monkeypatch.setattr("voicerec_desktop.ui.dialogs.confirm.ask", lambda *_, **__: False)
    press(panel, "Write minutes")
    qtbot.waitUntil(lambda: not panel.writing.meeting_id)
    assert scripted.requests == []


def test_a_server_that_fails_is_told_and_the_panel_waits_for_another_try(
    panel, scripted, agreed, session, qtbot
):
    scripted.script(Reply(status=401, body={"error": {"message": "no"}}))
    with qtbot.waitSignal(session.noticed, timeout=20_000) as noticed:
        press(panel, "Write minutes")
    assert "key" in noticed.args[0].text
    qtbot.waitUntil(lambda: not panel.writing.meeting_id)


def test_an_answer_that_is_being_written_can_be_stopped(panel, scripted, agreed, qtbot):
    scripted.script(Reply(["{"], hang=True))
    press(panel, "Write minutes")
    qtbot.waitUntil(lambda: len(scripted.requests) == 1, timeout=20_000)
    press(panel, "Cancel")
    qtbot.waitUntil(lambda: not panel.writing.meeting_id, timeout=20_000)


def test_nothing_in_an_answer_is_fetched(panel, qtbot):
    panel.text.show_minutes(
        "![x](http://127.0.0.1:1/x.png) <img src='http://127.0.0.1:1/y'>", (), []
    )
    assert panel.text.loadResource(2, QUrl("http://127.0.0.1:1/x.png")) is None
    with qtbot.assertNotEmitted(panel.seek_requested):
        panel.text.anchorClicked.emit(QUrl("https://example.com"))


def test_minutes_can_be_copied(panel, scripted, agreed, qtbot):
    scripted.answers = Reader([SAID])
    write(panel, qtbot)
    press(panel, "Copy")
    assert SAID["text"] in QGuiApplication.clipboard().text()


def test_the_settings_tell_whether_the_server_answers(session, scripted, qtbot):
    session.update_settings(llm_url=scripted.url)
    page = MinutesPage(session)
    qtbot.addWidget(page)
    page.show()
    press(page, "&Test the connection")
    qtbot.waitUntil(lambda: "qwen (32768 tokens)" in page._result.text(), timeout=20_000)
    session.update_settings(llm_model="other")
    press(page, "&Test the connection")
    qtbot.waitUntil(lambda: "does not know other" in page._result.text(), timeout=20_000)
