import pytest

from voicerec_desktop.core.errors import ErrorCode, KnownError
from voicerec_desktop.core.model import SpeakerTurn
from voicerec_desktop.error_texts import error_text
from voicerec_desktop.evaluate.references import StmLine, read_rttm, read_stm

RTTM = "SPEAKER call 1 {start} {seconds} <NA> <NA> {who} <NA> <NA>"
STM = "call 1 {who} {start} {end} <o,f0,male> {text}"


def test_rttm_turns_are_read():
    text = "\n".join(
        [
            "\ufeff" + RTTM.format(start=1.5, seconds=2, who="anna"),
            ";; a comment",
            "",
            "SPKR-INFO call 1 <NA> <NA> <NA> adult_female anna <NA> <NA>",
            RTTM.format(start=3, seconds="0.25", who="Иван"),
        ]
    )
    assert read_rttm(text) == [SpeakerTurn(1.5, 3.5, "anna"), SpeakerTurn(3, 3.25, "Иван")]


def test_stm_lines_are_read_in_order_of_time():
    text = "\r\n".join(
        [
            ";; a comment",
            "call 1 b 5 6.5 Да, <unk> слышно.",
            STM.format(who="a", start="0.5", end=5, text="Добрый  день."),
            "call 1 a 7 8",
        ]
    )
    assert read_stm(text) == [
        StmLine("a", 0.5, 5, "Добрый день."),
        StmLine("b", 5, 6.5, "Да, <unk> слышно."),
        StmLine("a", 7, 8, ""),
    ]


def test_the_references_of_the_sample_conversation_are_read(sample):
    turns = read_rttm(sample.with_suffix(".rttm").read_text("utf-8"))
    lines = read_stm(sample.with_suffix(".stm").read_text("utf-8"))
    assert len({turn.speaker_id for turn in turns}) == 2
    assert len({line.speaker for line in lines}) == 2
    assert all(0 <= turn.start < turn.end <= 30 for turn in turns)


GOOD_RTTM = RTTM.format(start=0, seconds=1, who="a")
GOOD_STM = "call 1 a 0 1 да"


@pytest.mark.parametrize(
    ("read", "text", "why"),
    [
        (read_rttm, f"{GOOD_RTTM}\n\nSPEAKER call 1 0 1\n", "few_fields"),
        (read_rttm, f"{GOOD_RTTM}\n\n{RTTM.format(start='x', seconds=1, who='a')}", "bad_time"),
        (read_rttm, f"{GOOD_RTTM}\n\n{RTTM.format(start=0, seconds='nan', who='a')}", "bad_time"),
        (read_rttm, f"{GOOD_RTTM}\n\n{RTTM.format(start='inf', seconds=1, who='a')}", "bad_time"),
        (read_rttm, f"{GOOD_RTTM}\n\n{RTTM.format(start=0, seconds=-1, who='a')}", "backwards"),
        (read_rttm, ";;\n;;\nthis is not a reference of any kind at all", "unknown_type"),
        (read_stm, f"{GOOD_STM}\n\ncall 1 a 0\n", "few_fields"),
        (read_stm, f"{GOOD_STM}\n\ncall 1 a 0 один да", "bad_time"),
        (read_stm, f"{GOOD_STM}\n\ncall 1 a 5 4 да", "backwards"),
    ],
)
def test_a_bad_reference_is_refused_with_its_line(read, text, why):
    with pytest.raises(KnownError) as caught:
        read(text)
    assert caught.value.code == ErrorCode.REFERENCE_INVALID
    assert (caught.value.params["line"], caught.value.params["why"]) == (3, why)
    for language in ("en", "ru"):
        assert "3" in error_text(caught.value, language)
