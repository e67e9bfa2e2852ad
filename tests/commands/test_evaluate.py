"""`voicerec evaluate` as scripts use it; what the numbers mean is tested in tests/evaluate."""

import json

import pytest

STM = "a 1 anna 0.0 2.0 привет всем\na 1 boris 2.0 4.0 добрый день\n"
RTTM = (
    "SPEAKER a 1 0.0 2.0 <NA> <NA> anna <NA> <NA>\nSPEAKER a 1 2.0 2.0 <NA> <NA> boris <NA> <NA>\n"
)


def export(*said: tuple[float, float, str, str]) -> str:
    segments = [
        {"id": str(i), "start": a, "end": b, "speaker": who, "text": text, "flags": [], "words": []}
        for i, (a, b, who, text) in enumerate(said)
    ]
    turns = [{"start": a, "end": b, "speaker": who} for a, b, who, _ in said]
    return json.dumps({"meeting": {"language": "ru"}, "segments": segments, "turns": turns})


@pytest.fixture
def files(tmp_path):
    """A perfect hypothesis with its references, as arguments."""
    said = [(0.0, 2.0, "Speaker 1", "Привет, всем!"), (2.0, 4.0, "Speaker 2", "Добрый день.")]
    texts = {"hypothesis": export(*said), "stm": STM, "rttm": RTTM}
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return {name: [f"--{name}", str(tmp_path / name)] for name in texts}


def test_a_perfect_transcript_has_no_errors(voicerec, files):
    done = voicerec("evaluate", *files["hypothesis"], *files["stm"], *files["rttm"])
    assert done.returncode == 0, done.stderr
    scores = json.loads(done.stdout)
    names = ("wer", "cer", "cpwer", "der", "der_collar", "speaker_count_error")
    assert {name: scores[name] for name in names} == dict.fromkeys(names, 0)


def test_what_has_no_reference_is_not_scored(voicerec, files):
    scores = json.loads(voicerec("evaluate", *files["hypothesis"], *files["rttm"]).stdout)
    assert scores["der"] == 0
    assert scores["wer"] is None
    assert scores["cpwer"] is None


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("hypothesis", "{", "not JSON"),
        ("hypothesis", "[]", "not a JSON export"),
        ("hypothesis", '{"segments": 1}', "not a JSON export"),
        ("stm", "a 1 anna zero 2.0 привет\n", "line 1"),
        ("rttm", "SPEAKER a 1\n", "line 1"),
        ("rttm", None, "There is no file"),
    ],
)
def test_what_cannot_be_read_is_refused(voicerec, files, refused, name, content, words):
    path = files[name][1]
    if content is None:
        files[name][1] = path + " not there"
    else:
        with open(path, "w", encoding="utf-8") as file:
            file.write(content)
    done = voicerec("evaluate", *files["hypothesis"], *files["stm"], *files["rttm"])
    refused(done, 3, words)
