"""srt and vtt, read by FFmpeg as players do and by a strict reader of the format."""

import io
import re
from itertools import pairwise

import av
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from voicerec_desktop.export.registry import ExportOptions, render

TIME = r"(\d{2,}):([0-5]\d):([0-5]\d)[,.](\d{3})"
TIMES = re.compile(f"{TIME} --> {TIME}")
JOINER = "\u2060"  # keeps players from taking "<" for markup
Cue = tuple[float, float, list[str]]


def seconds(hours: str, minutes: str, rest: str, millis: str) -> float:
    return (int(hours) * 3600 + int(minutes) * 60 + int(rest)) + int(millis) / 1000


def cue(times: str, lines: list[str]) -> Cue:
    match = TIMES.fullmatch(times)
    assert match, times
    assert lines
    assert all(lines)
    assert not any("-->" in line for line in lines)
    return seconds(*match.groups()[:4]), seconds(*match.groups()[4:]), lines


def read_srt(body: bytes) -> list[Cue]:
    """Every line of a SubRip file, or an error."""
    text = body.decode("utf-8")
    if not text:
        return []
    assert text.endswith("\r\n\r\n")
    assert "\n" not in text.replace("\r\n", "")
    blocks = [block.split("\r\n") for block in text.removesuffix("\r\n\r\n").split("\r\n\r\n")]
    assert [block[0] for block in blocks] == [str(i + 1) for i in range(len(blocks))]
    return [cue(block[1], [line.replace(JOINER, "") for line in block[2:]]) for block in blocks]


def read_vtt(body: bytes) -> list[Cue]:
    """Every line of a WebVTT file with the voice spans left in it, or an error."""
    head, *blocks = body.decode("utf-8").removesuffix("\n").split("\n\n")
    assert head == "WEBVTT"
    return [cue(block.split("\n")[0], block.split("\n")[1:]) for block in blocks]


def played(body: bytes, name: str) -> list[tuple[float, float, str]]:
    """Start, end and text of the cues as FFmpeg shows them, markup interpreted."""
    shown = []
    with av.open(io.BytesIO(body), format=name) as container:
        if not container.streams.subtitles:
            return []
        stream = container.streams.subtitles[0]
        for packet in container.demux(stream):
            for subtitle in packet.decode() if packet.size else ():
                start = float(packet.pts * packet.time_base)
                end = start + float(packet.duration * packet.time_base)
                shown.append((start, end, unmarked(subtitle.ass.decode("utf-8"))))
    return shown


def unmarked(ass: str) -> str:
    """The text that libass draws: what stands in braces it takes for markup."""
    text = ass.split(",", 8)[8].replace("\\{{}", "\0").replace("\\N", "\n")
    return re.sub(r"{[^}]*}", "", text).replace("\0", "{").replace(JOINER, "")


def texts(cues: list[Cue]) -> str:
    return " ".join(" ".join(lines) for _, _, lines in cues)


def test_srt_names_a_speaker_where_somebody_else_begins(transcript):
    said = transcript(
        (1, 3, "a", "Добрый день."),
        (3.5, 5, "a", "Начнём?"),
        (5, 6.5, "b", "Да."),
        names={"b": "Анна Петрова"},
    )
    assert read_srt(render(said, "srt", ExportOptions(language="ru"))) == [
        (1, 3, ["Спикер 1: Добрый день."]),
        (3.5, 5, ["Начнём?"]),
        (5, 6.5, ["Анна Петрова: Да."]),
    ]
    bare = read_srt(render(said, "srt", ExportOptions(speakers=False)))
    assert texts(bare) == "Добрый день. Начнём? Да."


def test_vtt_holds_the_speaker_of_every_cue_as_a_voice(transcript):
    said = transcript((1, 3, "a", "Добрый день."), (5, 6.5, "b", "Да."), names={"b": "R&D <1>"})
    body = render(said, "vtt", ExportOptions(language="ru"))
    assert read_vtt(body) == [
        (1, 3, ["<v Спикер 1>Добрый день.</v>"]),
        (5, 6.5, ["<v R&amp;D &lt;1&gt;>Да.</v>"]),
    ]
    assert [shown[2] for shown in played(body, "webvtt")] == ["Добрый день.", "Да."]
    assert "<v" not in render(said, "vtt", ExportOptions(speakers=False)).decode()


@pytest.mark.parametrize(("name", "player"), [("srt", "srt"), ("vtt", "webvtt")])
def test_players_show_text_as_it_was(transcript, hostile, name, player):
    said = transcript((1, 3, "a", hostile), (4, 6, "a", "конец"))
    shown = played(render(said, name, ExportOptions(speakers=False)), player)
    text = " ".join(hostile.split())
    if name == "srt":
        text = text.replace("-->", "→").replace("{", "(").replace("}", ")")
    assert " ".join(shown[0][2].split("\n")) == text
    assert shown[1][2] == "конец"


@pytest.mark.parametrize(("name", "player"), [("srt", "srt"), ("vtt", "webvtt")])
def test_times_past_ten_hours_are_right(transcript, name, player):
    said = transcript((45296.789, 45299.5, "a", "Поздно."), (360000.5, 360002, "a", "Ещё."))
    shown = played(render(said, name, ExportOptions(speakers=False)), player)
    assert shown == [
        (pytest.approx(45296.789), pytest.approx(45299.5), "Поздно."),
        (pytest.approx(360000.5), pytest.approx(360002), "Ещё."),
    ]


def test_doubtful_text_is_left_out_unless_asked_for(transcript):
    said = transcript((1, 3, "a", "Да."), (4, 6, "a", "Музыка", ["doubtful:credits"]))
    for name, read in (("srt", read_srt), ("vtt", read_vtt)):
        assert "Музыка" not in texts(read(render(said, name, ExportOptions())))
        assert "Музыка" in texts(read(render(said, name, ExportOptions(doubtful=True))))


def test_an_empty_transcript_gives_subtitles_without_cues(transcript):
    assert read_srt(render(transcript(), "srt", ExportOptions())) == []
    assert render(transcript(), "vtt", ExportOptions()) == b"WEBVTT\n"
    assert played(b"WEBVTT\n", "webvtt") == []


def test_people_who_speak_at_once_are_shown_one_after_the_other(transcript):
    long = " ".join(["слово"] * 30)
    said = transcript((0, 20, "a", long), (9, 9.5, "b", "Угу."), (9, 9.4, "c", "Нет!"))
    cues = read_srt(render(said, "srt", ExportOptions()))
    starts = [start for start, _, _ in cues]
    assert starts == sorted(starts)
    owners = [lines[0].split(":")[0] for _, _, lines in cues if ":" in lines[0]]
    assert owners[:4] == ["Speaker 1", "Speaker 2", "Speaker 3", "Speaker 1"]
    assert (9, "Speaker 2: Угу.") in [(start, lines[0]) for start, _, lines in cues]
    spoken = re.sub(r"Speaker \d: ", "", texts(cues))
    assert sorted(spoken.split()) == sorted([*long.split(), "Угу.", "Нет!"])


def test_a_short_word_stays_long_enough_to_read_where_there_is_room(transcript):
    said = transcript((1, 1.1, "a", "Да."), (5, 5.1, "a", "Нет."), (5.5, 6.5, "a", "Ладно."))
    cues = read_srt(render(said, "srt", ExportOptions(speakers=False)))
    assert [(start, end) for start, end, _ in cues] == [(1, 2), (5, 5.5), (5.5, 6.5)]


def test_text_that_a_user_edited_is_shown_in_the_place_of_the_words(transcript):
    said = transcript((10, 20, "a", "старые слова"))
    (segment,) = said.segments
    edited = " ".join(["новый"] * 20)
    said = said.__class__(
        said.meeting, segments=(segment.__class__("s", 10, 20, edited, segment.words, "a"),)
    )
    cues = read_srt(render(said, "srt", ExportOptions()))
    assert texts(cues) == edited
    assert cues[0][0] == 10
    assert 14 < cues[1][0] < 18


NAMES = st.sampled_from(
    [None, "Анна", "Константин Константинович Заболоцкий-Константинопольский", "x" * 90]
)
TOKENS = st.one_of(
    st.sampled_from(
        ["да", "нет,", "слово.", "<i>", "-->", "{\\an8}", "&amp;", "x" * 60, "я\u00a0ты"]
    ),
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=50),
)
SAID = st.lists(
    st.tuples(
        st.floats(0, 60), st.floats(0, 40), st.sampled_from("abc"), st.lists(TOKENS, max_size=40)
    ),
    max_size=8,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(SAID, NAMES)
def test_cues_are_short_readable_and_never_two_at_a_time(transcript, said, name):
    lines = sorted((s, s + d, who, " ".join(tokens)) for s, d, who, tokens in said)
    given_ = transcript(*lines, names={"a": name})
    for kind, read in (("srt", read_srt), ("vtt", read_vtt)):
        cues = read(render(given_, kind, ExportOptions()))
        for start, end, shown in cues:
            assert 0 < end - start <= 7.0005
            assert len(shown) <= 2
            bare = [re.sub(r"</?v.*?>", "", line.replace("&gt;", "g")) for line in shown]
            plain = [re.sub("&(amp|lt);", "a", line) for line in bare]
            if kind == "srt":
                assert max(map(len, shown)) <= 42
            else:
                assert max(map(len, plain)) <= 42
        for (_, end, _), (start, _, _) in pairwise(cues):
            assert end <= start


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(SAID)
def test_subtitles_say_all_that_was_said(transcript, said):
    lines = sorted((s, s + d, who, " ".join(tokens)) for s, d, who, tokens in said)
    given_ = transcript(*lines)
    text = texts(read_srt(render(given_, "srt", ExportOptions(speakers=False))))
    bare = render(given_, "txt", ExportOptions(times=False, speakers=False)).decode()
    wanted = sorted(bare.replace("-->", "→").replace("{", "(").replace("}", ")"))
    assert [c for c in sorted(text) if not c.isspace()] == [
        c for c in wanted if not c.isspace() and c != JOINER
    ]


def test_slow_speech_is_shown_when_it_is_said(transcript):
    said = transcript((0, 20, "a", "а б в г д е ё ж з и"))  # two seconds a word
    cues = read_srt(render(said, "srt", ExportOptions(speakers=False)))
    assert [(start, " ".join(lines)) for start, _, lines in cues] == [
        (0, "а б в"),
        (6, "г д е"),
        (12, "ё ж з"),
        (18, "и"),
    ]
