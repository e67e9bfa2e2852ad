"""Models that the user brings: taken whole, or refused with a reason and without a trace."""

import os
import shutil
import struct
import zipfile
from types import SimpleNamespace

import pytest

from voicerec_desktop.core.errors import ErrorCode, KnownError
from voicerec_desktop.speech.catalogue import ModelState

WHISPER = {
    "model.bin": b"weights" * 1000,
    "config.json": b"{}",
    "tokenizer.json": b"{}",
    "vocabulary.txt": "слово".encode(),
}
PYANNOTE = {
    "config.yaml": b"pipeline:\n  name: pyannote.audio.pipelines.SpeakerDiarization\n",
    "segmentation/pytorch_model.bin": b"segmentation",
    "embedding/pytorch_model.bin": b"embedding",
    "plda/plda.npz": b"plda",
}


def write(folder, files):
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder


def zipped(path, files, compression=zipfile.ZIP_DEFLATED):
    with zipfile.ZipFile(path, "w", compression) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return path


def assert_holds(folder, files):
    for name, data in files.items():
        assert (folder / name).read_bytes() == data


@pytest.fixture
def catalogue(make_catalogue):
    return make_catalogue({"model.bin": {}}, hub="house/faster-whisper-tiny")


@pytest.fixture
def models(tmp_path):
    return tmp_path / "models"


@pytest.mark.parametrize(
    ("files", "kind"), [(WHISPER, "asr"), (PYANNOTE, "diarization")], ids=["whisper", "pyannote"]
)
@pytest.mark.parametrize("form", ["folder", "zip", "nested zip"])
def test_a_model_in_a_folder_or_zip_is_taken_whole(catalogue, models, tmp_path, files, kind, form):
    if form == "folder":
        source = write(tmp_path / "Наша модель 7", files)
    elif form == "zip":
        source = zipped(tmp_path / "Наша модель 7.zip", files)
    else:
        inside = {f"export/Наша модель 7/{name}": data for name, data in files.items()}
        source = zipped(tmp_path / "x.zip", inside | {"export/README.txt": b"read me"})
    model = catalogue.import_path(source)
    assert (model.id, model.kind) == ("наша-модель-7", kind)
    assert_holds(models / model.id, files)
    assert os.listdir(models) == [model.id]
    assert source.exists(), "the original stays"
    assert catalogue.locate(model.id) == models / model.id
    assert model in catalogue.models()


def test_a_damaged_or_lost_file_of_an_imported_model_is_found(catalogue, models, tmp_path):
    files = PYANNOTE
    model = catalogue.import_path(write(tmp_path / "own", files))
    assert catalogue.verify(model.id) == []
    (models / "own" / "plda/plda.npz").unlink()
    (models / "own" / "embedding/pytorch_model.bin").write_bytes(b"embeddinG")
    assert catalogue.verify(model.id) == ["embedding/pytorch_model.bin", "plda/plda.npz"]
    assert catalogue.state(model.id) == ModelState.INCOMPLETE


def test_only_the_model_is_copied_out_of_a_folder_full_of_other_things(catalogue, models, tmp_path):
    downloads = write(tmp_path / "Загрузки", {"film.mkv": b"x" * 1000, "b/.git/HEAD": b"ref"})
    write(downloads / "b", WHISPER)
    model = catalogue.import_path(downloads)
    assert model.id == "b"
    assert {path.name for path in (models / "b").iterdir()} == {*WHISPER, "SHA256SUMS"}


def test_links_to_files_become_files_and_links_round_in_circles_are_left_out(
    catalogue, models, tmp_path
):
    """As in the hub's cache, whose snapshots are links to blobs."""
    cache = tmp_path / "models--Systran--faster-whisper-own"
    blobs = write(cache / "blobs", WHISPER)
    snapshot = cache / "snapshots" / "0123abcd"
    snapshot.mkdir(parents=True)
    for name in WHISPER:
        (snapshot / name).symlink_to(blobs / name)
    (snapshot / "round").symlink_to(snapshot, target_is_directory=True)
    model = catalogue.import_path(snapshot)
    assert model.id == "faster-whisper-own"
    assert_holds(models / model.id, WHISPER)
    assert not any(path.is_symlink() for path in (models / model.id).rglob("*"))
    assert not (models / model.id / "round").exists()


@pytest.mark.parametrize("name", ["tiny", "Faster-Whisper-Tiny"])
def test_a_folder_that_is_a_model_of_the_catalogue_becomes_it(catalogue, tmp_path, name):
    assert catalogue.import_path(write(tmp_path / "in" / name, WHISPER)).id == "tiny"
    assert catalogue.state("tiny") == ModelState.INSTALLED


def test_a_folder_that_is_only_called_so_does_not_pass_for_it(make_catalogue, tmp_path):
    catalogue = make_catalogue({"model.bin": {"sha256": "0" * 64}})
    model = catalogue.import_path(write(tmp_path / "in" / "tiny", WHISPER))
    assert model.id == "tiny-imported"
    assert catalogue.verify(model.id) == []
    assert catalogue.state("tiny") == ModelState.MISSING


def test_a_name_that_is_taken_is_refused_and_the_first_model_stays(catalogue, models, tmp_path):
    catalogue.import_path(write(tmp_path / "own", WHISPER))
    with pytest.raises(KnownError) as raised:
        catalogue.import_path(write(tmp_path / "other" / "own", PYANNOTE))
    assert raised.value.params["why"] == "exists"
    assert_holds(models / "own", WHISPER)


def slip(path):
    return zipped(path, {f"m/{name}": data for name, data in WHISPER.items()} | {"../out": b"!"})


def backslashes(path):
    return zipped(path, WHISPER | {"..\\..\\out": b"!"})


def absolute(path):
    return zipped(path, WHISPER | {"/tmp/out": b"!"})


def drive(path):
    return zipped(path, WHISPER | {"C:/out": b"!"})


def cut(path):
    data = zipped(path, WHISPER).read_bytes()
    path.write_bytes(data[: len(data) // 2])
    return path


def flipped(path):
    """The compressed weights are no deflate stream any more."""
    data = bytearray(zipped(path, WHISPER).read_bytes())
    at = data.index(b"model.bin") + len("model.bin")
    data[at : at + 10] = b"\xff" * 10
    path.write_bytes(data)
    return path


def understated(path):
    """A bomb whose directory tells a size of 7 bytes for 7000."""
    data = bytearray(zipped(path, WHISPER).read_bytes())
    directory = data.rindex(b"PK\x01\x02", 0, data.index(b"model.bin", data.index(b"PK\x01\x02")))
    struct.pack_into("<I", data, directory + 24, 7)
    path.write_bytes(data)
    return path


def encrypted(path):
    """Marked as encrypted, as far as a reader without the password can tell."""
    data = bytearray(zipped(path, WHISPER).read_bytes())
    for sign, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(sign)
        while at >= 0:
            data[at + flags] |= 1
            at = data.find(sign, at + 4)
    path.write_bytes(data)
    return path


def twice(path):
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in (*WHISPER.items(), ("./model.bin", b"another")):
            archive.writestr(name, data)
    return path


def file_and_folder(path):
    return zipped(path, WHISPER | {"model.bin/inside": b"x"})


def no_zip(path):
    path.write_bytes(b"not a zip at all")
    return path


def no_model(path):
    return zipped(path, {"holiday.jpg": b"sun"})


def half_a_model(path):
    return zipped(path, {k: v for k, v in WHISPER.items() if k != "tokenizer.json"})


def config_alone(path):
    return zipped(path, {"config.yaml": PYANNOTE["config.yaml"]})


BAD = {
    slip: "unsafe_zip",
    backslashes: "unsafe_zip",
    absolute: "unsafe_zip",
    drive: "unsafe_zip",
    cut: "bad_zip",
    flipped: "bad_zip",
    understated: "bad_zip",
    encrypted: "encrypted_zip",
    twice: "bad_zip",
    file_and_folder: "bad_zip",
    no_zip: "bad_zip",
    no_model: "not_model",
    half_a_model: "not_model",
    config_alone: "not_model",
}


@pytest.mark.parametrize(("make", "why"), BAD.items(), ids=[make.__name__ for make in BAD])
def test_a_bad_zip_is_refused_and_nothing_of_it_stays(catalogue, models, tmp_path, make, why):
    source = make(tmp_path / "модель.zip")
    before = {path for path in tmp_path.rglob("*") if models not in path.parents} | {models}
    with pytest.raises(KnownError) as raised:
        catalogue.import_path(source)
    assert raised.value.code == ErrorCode.MODEL_IMPORT_FAILED
    assert raised.value.params["why"] == why
    assert {path for path in tmp_path.rglob("*")} <= before
    assert not os.path.exists("/tmp/out")


def test_a_zip_that_would_fill_the_disk_is_refused_before_it_does(
    catalogue, models, tmp_path, monkeypatch
):
    source = zipped(tmp_path / "bomb.zip", WHISPER)
    assert source.stat().st_size < 5000 < len(WHISPER["model.bin"])
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=5000))
    with pytest.raises(KnownError) as raised:
        catalogue.import_path(source)
    assert raised.value.code == ErrorCode.DISK_FULL
    assert os.listdir(models) == []


def test_a_source_that_is_not_there_is_told(catalogue, tmp_path):
    with pytest.raises(KnownError) as raised:
        catalogue.import_path(tmp_path / "нет")
    assert raised.value.code == ErrorCode.FILE_MISSING


def test_a_folder_without_a_model_is_refused(catalogue, models, tmp_path):
    with pytest.raises(KnownError) as raised:
        catalogue.import_path(write(tmp_path / "photos", {"a.jpg": b"sun"}))
    assert raised.value.params["why"] == "not_model"
    assert not models.exists()
