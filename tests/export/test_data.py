"""json and rttm: what other programs read."""

import json
from dataclasses import replace
from pathlib import Path

from pyannote.core import Segment as Span
from pyannote.database.util import load_rttm

from voicerec_desktop.core.model import SpeakerTurn, Word
from voicerec_desktop.evaluate.references import read_rttm
from voicerec_desktop.export.registry import ExportOptions, render

NUMBER = (int, float)
TEXT = str
MAYBE = (str, type(None))
SCHEMA = {  # DESIGN.md 6
    "meeting": dict,
    "speakers": [{"id": TEXT, "number": int, "name": MAYBE, "label": TEXT}],
    "segments": [
        {
            "id": TEXT,
            "start": NUMBER,
            "end": NUMBER,
            "speaker": MAYBE,
            "text": TEXT,
            "flags": [TEXT],
            "words": [
                {
                    "start": NUMBER,
                    "end": NUMBER,
                    "text": TEXT,
                    "probability": NUMBER,
                    "speaker": MAYBE,
                }
            ],
        }
    ],
    "turns": [{"start": NUMBER, "end": NUMBER, "speaker": TEXT}],
    "marks": [{"at": NUMBER, "note": str}],
    "minutes": (dict, type(None)),
    "stages": [{"stage": TEXT, "seconds": NUMBER, "state": TEXT, "options": dict}],
}


def check(value, schema, optional=()):
    if isinstance(schema, dict):
        assert set(value) - set(optional) == set(schema)
        for key, part in schema.items():
            check(value[key], part, optional)
    elif isinstance(schema, list):
        assert isinstance(value, list)
        for item in value:
            check(item, schema[0], optional)
    else:
        assert isinstance(value, schema)


def as_json(transcript) -> dict:
    return json.loads(render(transcript, "json", ExportOptions()).decode("utf-8"))


def test_json_is_as_the_design_says(transcript):
    said = transcript((1, 3, "a", "Добрый день."), (3, 5, None, "Кто?"), (6, 7, "b", "Да."))
    exported = as_json(said)
    check(exported, SCHEMA)
    check(as_json(transcript()), SCHEMA)
    first, nobody, last = exported["segments"]
    assert (first["text"], first["start"], first["end"]) == ("Добрый день.", 1, 3)
    assert [word["text"] for word in first["words"]] == ["Добрый", "день."]
    assert [s["speaker"] for s in (first, nobody, last)] == ["Speaker 1", None, "Speaker 2"]
    assert first["words"][0]["speaker"] == "Speaker 1"
    assert exported["turns"][1] == {"start": 6, "end": 7, "speaker": "Speaker 2"}
    assert exported["stages"] == [
        {"stage": "asr", "seconds": 1.5, "state": "done", "options": {"model": "whisper-base"}}
    ]
    assert exported["meeting"]["title"] == "Встреча"
    assert exported["meeting"]["language"] == "ru"


def test_json_holds_text_as_it_was_in_plain_utf_8(transcript, hostile):
    said = transcript((1, 3, "a", hostile), title=hostile, names={"a": hostile})
    exported = as_json(said)
    assert exported["segments"][0]["text"] == hostile
    assert exported["meeting"]["title"] == exported["speakers"][0]["name"] == hostile
    assert "Встреча".encode() in render(transcript(), "json", ExportOptions())


def test_json_holds_doubtful_text_with_its_reason_and_what_was_heard(transcript):
    said = transcript((1, 3, "a", "RUMA", ["doubtful:loop"]))
    (segment,) = said.segments
    word = Word(1, 3, " RUMA", 0.9, "a", original="рум")
    said = replace(said, segments=(replace(segment, words=(word,)),))
    (exported,) = as_json(said)["segments"]
    assert exported["flags"] == ["doubtful:loop"]
    assert exported["words"][0]["original"] == "рум"
    check(as_json(said), SCHEMA, optional=("original",))


def rttm(transcript, tmp_path, **options) -> Path:
    path = tmp_path / "meeting.rttm"
    path.write_bytes(render(transcript, "rttm", ExportOptions(**options)))
    return path


def test_rttm_is_read_by_pyannote_and_by_us(transcript, tmp_path):
    said = transcript((1.25, 3, "a", "Да."), (2.5, 40000.125, "b", "Нет."), names={"a": "Анна Б"})
    path = rttm(said, tmp_path, language="ru")
    tracks = load_rttm(path)["m1"].itertracks(yield_label=True)
    assert [(span, label) for span, _, label in tracks] == [
        (Span(1.25, 3), "Анна_Б"),
        (Span(2.5, 40000.125), "Спикер_2"),
    ]
    assert read_rttm(path.read_text("utf-8")) == [
        SpeakerTurn(1.25, 3, "Анна_Б"),
        SpeakerTurn(2.5, 40000.125, "Спикер_2"),
    ]


def test_rttm_of_nobody_is_empty(transcript, tmp_path):
    assert rttm(transcript(), tmp_path).read_bytes() == b""


def test_rttm_names_are_one_field_whatever_the_name(transcript, tmp_path, hostile):
    said = transcript((1, 3, "a", "Да."), names={"a": f"{hostile}\n\t{hostile}"})
    (turn,) = read_rttm(rttm(said, tmp_path).read_text("utf-8"))
    assert turn == SpeakerTurn(1, 3, "_".join(f"{hostile} {hostile}".split()))
