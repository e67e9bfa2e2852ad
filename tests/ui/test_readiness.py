"""What the window says where a model or a graphics card is missing."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QToolButton

from voicerec_desktop.core.model import Stage, StageState
from voicerec_desktop.settings import load_settings
from voicerec_desktop.ui.queue_runner import QueueRunner
from voicerec_desktop.ui.readiness import NO_CARD, Readiness

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # the offscreen one


@pytest.fixture
def show(session, qtbot):
    """Shows the line in a session that is opened anew: with a card or without."""
    runners = []

    def make(card, **settings):
        session.update_settings(**settings)
        runner = QueueRunner(session)
        runners.append(runner)
        made = Readiness(session, runner, lambda: card)
        qtbot.addWidget(made)
        with qtbot.waitSignal(made._store.changed):
            session.opened.emit()
        with qtbot.waitSignal(session.run(lambda _: None, lane="files").finished):
            pass
        return made

    yield make
    for runner in runners:
        runner.close()


def labels(line):
    return [b.text() for b in line.findChildren(QPushButton) if not b.isHidden()]


def press(qtbot, line, kind, at=0):
    button = [b for b in line.findChildren(kind) if not b.isHidden()][at]
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_nothing_is_said_where_nothing_is_missing(show):
    assert show(True).isHidden()


def test_a_missing_model_is_named_and_can_be_had(show, qtbot):
    line = show(True, model="whisper-large-v3")
    assert not line.isHidden()
    assert "Whisper large-v3" in line.accessibleName()
    first, second = labels(line)
    assert first.startswith("Download (")
    assert second == "Import or choose another"
    with qtbot.waitSignal(line.models_requested):
        press(qtbot, line, QPushButton, 1)


def test_another_choice_ends_it(show, session, qtbot):
    line = show(True, model="whisper-large-v3")
    session.update_settings(model="whisper-base")
    qtbot.waitUntil(line.isHidden)


def test_a_model_that_nobody_knows_is_named_without_a_download(show):
    line = show(True, model="no-such-model")
    assert "no-such-model" in line.accessibleName()
    assert labels(line) == ["Import or choose another"]


def test_a_computer_without_a_card_says_so_once(show, session, home, qtbot):
    line = show(False)
    assert "processor" in line.accessibleName()
    press(qtbot, line, QToolButton)
    assert line.isHidden()
    assert session.settings.dismissed == (NO_CARD,)
    with qtbot.waitSignal(session.lanes["io"].start(lambda _: None).finished):
        pass
    assert load_settings(home.config).dismissed == (NO_CARD,)
    assert show(False).isHidden()


def test_who_chose_the_processor_is_told_nothing(show):
    assert show(False, device="cpu").isHidden()


def test_it_says_how_long_an_hour_takes_by_what_meetings_took(
    show, session, transcript_of, put_transcript, qtbot
):
    meeting = transcript_of()  # 20 s

    def work(library):
        put_transcript(library, meeting)
        for stage, model in (
            (Stage.DECODE, ""),
            (Stage.ASR, "whisper-base"),
            (Stage.DIARIZATION, "diarization-embedded"),
        ):
            run = library.start_stage(meeting.meeting.id, stage, {"model": model})
            library.finish_stage(run, StageState.DONE, 5.0)

    with qtbot.waitSignal(session.run(work).finished):
        pass
    assert "about 30 min" in show(False).accessibleName()


def test_it_speaks_russian(show, session):
    line = show(False)
    session.update_settings(app_language="ru")
    assert "процессор" in line.accessibleName()


@pytest.mark.parametrize("width", [400, 640, 1000])
@pytest.mark.parametrize("language", ["ru", "en"])
def test_buttons_have_room_at_any_width(show, session, qtbot, width, language):
    line = show(True, model="whisper-large-v3", app_language=language)
    line.resize(width, line.heightForWidth(width))
    line.show()
    line.layout().activate()
    for button in line.findChildren(QPushButton):
        assert button.width() >= button.sizeHint().width()
    (text,) = [one for one in line.findChildren(QLabel) if one.text()]
    assert text.height() >= text.heightForWidth(text.width())
