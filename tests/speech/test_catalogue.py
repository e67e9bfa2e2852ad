"""Which models there are, and how the embedded ones come together."""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from voicerec_desktop.core.errors import ErrorCode, KnownError
from voicerec_desktop.paths import embedded, resources
from voicerec_desktop.speech.catalogue import Catalogue, ModelState
from voicerec_desktop.speech.model_files import read_catalogue

PARTS = {"pkg_a/part1": b"first half, " * 1000, "pkg_b/part2": b"second half" * 1000}
WHOLE = b"".join(PARTS.values())
WHISPER = {"config.json", "model.bin", "tokenizer.json"}
REAL = read_catalogue(resources() / "models.toml")


def sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


@pytest.fixture
def parts(tmp_path):
    for name, data in PARTS.items():
        path = tmp_path / "embedded" / name
        path.parent.mkdir(parents=True)
        path.write_bytes(data)
    return {"model.bin": {"sha256": sha(WHOLE), "embedded": list(PARTS)}}


def test_the_catalogue_has_the_models_that_the_program_promises():
    promised = "whisper-base whisper-small whisper-medium whisper-large-v2 whisper-large-v3 "
    promised += "whisper-large-v3-turbo diarization-embedded pyannote-community-1 pyannote-3.1"
    assert set(REAL) == set(promised.split())


@pytest.mark.parametrize("model", REAL.values(), ids=list(REAL))
def test_every_model_is_complete_and_can_be_had_somewhere(model):
    assert model.kind in ("asr", "diarization")
    assert model.languages
    assert model.licence
    assert model.size > 1e6
    names = {file.name for file in model.files}
    if model.kind == "asr":
        assert names > WHISPER
        assert names & {"vocabulary.json", "vocabulary.txt"}
    elif "config.yaml" in names:
        assert names >= {"segmentation/pytorch_model.bin", "embedding/pytorch_model.bin"}
    for file in model.files:
        assert file.embedded or file.hub or model.hub
        assert not file.embedded or len(file.sha256) == 64, "what is embedded is checked"


@pytest.mark.parametrize("name", ["whisper-base", "diarization-embedded"])
def test_the_installed_packages_carry_the_embedded_models(name, tmp_path):
    catalogue = Catalogue(tmp_path, embedded(), resources() / "models.toml")
    assert catalogue.state(name) == ModelState.EMBEDDED


def test_an_embedded_model_is_joined_from_its_parts_once(make_catalogue, parts, tmp_path):
    catalogue = make_catalogue(parts)
    assert catalogue.state("tiny") == ModelState.EMBEDDED
    folder = catalogue.locate("tiny")
    assert folder == tmp_path / "models" / "tiny"
    assert (folder / "model.bin").read_bytes() == WHOLE
    assert os.listdir(tmp_path / "models") == ["tiny"]
    shutil.rmtree(tmp_path / "embedded")
    assert catalogue.locate("tiny") == folder, "it must not need its parts any more"
    assert catalogue.state("tiny") == ModelState.INSTALLED


def test_a_damaged_part_is_refused_and_leaves_nothing_behind(make_catalogue, parts, tmp_path):
    (tmp_path / "embedded" / "pkg_b" / "part2").write_bytes(b"second hulf" * 1000)
    with pytest.raises(KnownError) as raised:
        make_catalogue(parts).locate("tiny")
    assert raised.value.code == ErrorCode.MODEL_CORRUPT
    assert raised.value.params == {"id": "tiny", "file": "model.bin"}
    assert os.listdir(tmp_path / "models") == []


def test_processes_that_assemble_one_model_at_a_time_all_get_it(make_catalogue, tmp_path):
    data = os.urandom(20_000_000)
    (tmp_path / "embedded").mkdir()
    (tmp_path / "embedded" / "part").write_bytes(data)
    make_catalogue({"model.bin": {"sha256": sha(data), "embedded": ["part"]}})
    code = (
        "import sys; from pathlib import Path; sys.stdin.read()\n"
        "from voicerec_desktop.speech.catalogue import Catalogue\n"
        "a, b, c = map(Path, sys.argv[1:])\n"
        "print(Catalogue(a, b, c).locate('tiny'))"
    )
    places = [tmp_path / "models", tmp_path / "embedded", tmp_path / "models.toml"]
    command = [sys.executable, "-c", code, *map(str, places)]
    pipe = subprocess.PIPE
    runs = [subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) for _ in range(4)]
    for run in runs:
        run.stdin.close()  # all start to assemble now
    for run in runs:
        assert run.stdout.read().strip() == str(tmp_path / "models" / "tiny")
        run.stdout.close()
        assert run.wait() == 0
    assert os.listdir(tmp_path / "models") == ["tiny"]
    assert (tmp_path / "models" / "tiny" / "model.bin").read_bytes() == data


def test_an_embedded_model_that_lost_a_file_is_made_whole_again(make_catalogue, parts):
    catalogue = make_catalogue(parts)
    file = catalogue.locate("tiny") / "model.bin"
    file.unlink()
    assert catalogue.state("tiny") == ModelState.INCOMPLETE
    assert catalogue.verify("tiny") == ["model.bin"]
    catalogue.locate("tiny")
    assert file.read_bytes() == WHOLE


def test_verify_finds_a_flipped_byte(make_catalogue, parts):
    catalogue = make_catalogue(parts)
    file = catalogue.locate("tiny") / "model.bin"
    assert catalogue.verify("tiny") == []
    file.write_bytes(WHOLE[:-1] + b"!")
    assert catalogue.verify("tiny") == ["model.bin"]


def test_a_model_that_is_nowhere_is_missing(make_catalogue):
    catalogue = make_catalogue({"model.bin": {}})
    assert catalogue.state("tiny") == ModelState.MISSING
    with pytest.raises(KnownError) as raised:
        catalogue.locate("tiny")
    assert raised.value.code == ErrorCode.MODEL_MISSING


def test_an_unknown_model_is_told_with_those_that_are_known(make_catalogue):
    with pytest.raises(KnownError) as raised:
        make_catalogue({"model.bin": {}}).locate("whisper-gigantic")
    assert raised.value.code == ErrorCode.MODEL_UNKNOWN
    assert raised.value.params == {"id": "whisper-gigantic", "known": "tiny"}


def test_a_models_folder_that_cannot_be_made_is_told(make_catalogue, parts, tmp_path):
    (tmp_path / "models").write_text("a file where the folder should be")
    with pytest.raises(KnownError) as raised:
        make_catalogue(parts).locate("tiny")
    assert raised.value.code == ErrorCode.HOME_READ_ONLY


def test_a_disk_that_is_full_is_told_and_leaves_nothing_behind(make_catalogue, parts, tmp_path):
    resource = pytest.importorskip("resource")
    catalogue = make_catalogue(parts)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (len(WHOLE) // 2, hard))
    try:
        with pytest.raises(KnownError) as raised:
            catalogue.locate("tiny")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert raised.value.code == ErrorCode.DISK_FULL
    assert os.listdir(tmp_path / "models") == []


@pytest.mark.model
def test_both_engines_load_their_models_from_a_folder_with_cyrillic_and_spaces(models, tmp_path):
    from voicerec_desktop.speech.diarization import PyannoteDiarizer
    from voicerec_desktop.speech.whisper import WhisperTranscriber

    place = tmp_path / "Иван Петров" / "мои модели 🎤"
    shutil.copytree(models, place, copy_function=os.link)
    catalogue = Catalogue(place, Path("nowhere"), resources() / "models.toml")
    assert WhisperTranscriber(catalogue.locate("whisper-base"), "cpu", "int8").compute_type
    assert PyannoteDiarizer(catalogue.locate("diarization-embedded"), "cpu")
