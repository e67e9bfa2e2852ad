"""Models come from a mirror or the hub: whole, checked, and from where the last try ended."""

import hashlib
import os
import socket

import pytest

from voicerec_desktop.core.cancel import CancelToken
from voicerec_desktop.core.errors import Cancelled, ErrorCode, KnownError

WEIGHTS = os.urandom(1_000_003)
FILES = {"model.bin": WEIGHTS, "config.json": b"{}", "sub/folder.txt": "слова".encode()}
MODEL = "/m/tiny/model.bin"


def sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


@pytest.fixture
def catalogue(make_catalogue):
    return make_catalogue({name: {} for name in FILES}, size=sum(map(len, FILES.values())))


@pytest.fixture
def mirror(web):
    web.publish("/m/tiny", FILES)
    return web


@pytest.fixture
def fetch(catalogue, mirror):
    """Fetch the model from the mirror; keyword arguments change how."""

    def run(on_progress=lambda done, total: None, cancel=None, **changed):
        options = {"mirror": f"{mirror.url}/m", "token": None, **changed}
        token = cancel or CancelToken()
        return catalogue.fetch("tiny", on_progress=on_progress, cancel=token, **options)

    return run


@pytest.fixture
def final(tmp_path):
    return tmp_path / "models" / "tiny"


@pytest.fixture
def came(tmp_path):
    """The part of the weights that is here already."""
    return tmp_path / "models" / ".tiny.fetch" / "model.bin.part"


def assert_whole(folder):
    for name, data in FILES.items():
        assert (folder / name).read_bytes() == data


@pytest.mark.parametrize("address", ["/m", "/m/"])
def test_a_mirror_gives_a_whole_model_and_tells_how_far_it_is(fetch, mirror, final, address):
    told = []
    folder = fetch(lambda *step: told.append(step), mirror=mirror.url + address)
    assert folder == final
    assert_whole(final)
    assert os.listdir(final.parent) == ["tiny"]
    done = [step[0] for step in told]
    assert done == sorted(done)
    assert len(set(done)) > 3, "in blocks, not all at once"
    assert told[-1] == (sum(map(len, FILES.values())),) * 2


def test_a_cut_connection_is_taken_up_where_it_broke(fetch, mirror, final):
    mirror.cut[MODEL] = 600_000
    fetch()
    assert_whole(final)
    first, second = mirror.headers(MODEL)
    assert "range" not in first
    assert 0 < int(second["range"].removeprefix("bytes=").rstrip("-")) <= 600_000


def test_a_server_that_knows_no_ranges_sends_it_all_again(fetch, mirror, final):
    mirror.cut[MODEL] = 600_000
    mirror.ranges = False
    fetch()
    assert_whole(final)


@pytest.mark.parametrize("here", [WEIGHTS[:400_000], WEIGHTS], ids=["in part", "whole"])
def test_the_next_call_goes_on_from_what_is_here(fetch, mirror, final, came, here):
    came.parent.mkdir(parents=True)
    came.write_bytes(here)
    fetch()
    assert_whole(final)
    assert mirror.headers(MODEL)[0]["range"] == f"bytes={len(here)}-"


def test_what_is_here_but_wrong_is_fetched_anew(fetch, mirror, final, came):
    came.parent.mkdir(parents=True)
    came.write_bytes(b"of another version")
    fetch()
    assert_whole(final)
    assert "range" not in mirror.headers(MODEL)[-1]


def test_a_wrong_file_is_refused_and_the_right_one_taken_next_time(fetch, mirror, final):
    mirror.files[MODEL] = WEIGHTS[:-1] + b"?"
    with pytest.raises(KnownError) as raised:
        fetch()
    assert raised.value.code == ErrorCode.MODEL_FETCH_FAILED
    assert raised.value.params == {"id": "tiny", "why": "wrong_hash", "file": "model.bin"}
    assert not final.exists()
    mirror.files[MODEL] = WEIGHTS
    fetch()
    assert_whole(final)


def test_the_catalogue_is_believed_before_the_mirror(make_catalogue, mirror, final):
    catalogue = make_catalogue({"model.bin": {"sha256": sha(b"the real weights")}})
    with pytest.raises(KnownError) as raised:
        catalogue.fetch(
            "tiny",
            mirror=f"{mirror.url}/m",
            token=None,
            on_progress=lambda *_: None,
            cancel=CancelToken(),
        )
    assert raised.value.params["why"] == "wrong_hash"
    assert not final.exists()


@pytest.mark.parametrize("path", [MODEL, "/m/tiny/SHA256SUMS"])
@pytest.mark.parametrize(
    ("status", "why"),
    [(401, "refused"), (403, "refused"), (404, "not_there"), (500, "bad_answer")],
)
def test_an_answer_other_than_the_file_is_told(fetch, mirror, final, path, status, why):
    mirror.status[path] = status
    with pytest.raises(KnownError) as raised:
        fetch()
    assert raised.value.code == ErrorCode.MODEL_FETCH_FAILED
    assert raised.value.params["why"] == why
    assert not final.exists()


def test_a_file_that_the_mirror_does_not_vouch_for_is_not_taken(fetch, mirror, final):
    mirror.files["/m/tiny/SHA256SUMS"] = f"{sha(WEIGHTS)}  model.bin\n".encode()
    with pytest.raises(KnownError) as raised:
        fetch()
    assert raised.value.params["why"] == "not_there"
    assert not final.exists()


def test_no_server_is_told(fetch, final):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(KnownError) as raised:
        fetch(mirror=f"http://127.0.0.1:{port}/m")
    assert raised.value.params["why"] == "no_connection"
    assert not final.exists()


def test_a_cancelled_download_keeps_what_came_and_goes_on_from_there(fetch, mirror, final, came):
    cancel = CancelToken()
    with pytest.raises(Cancelled):
        fetch(lambda done, _: done and cancel.cancel(), cancel=cancel)
    assert not final.exists()
    kept = came.stat().st_size
    assert 0 < kept < len(WEIGHTS)
    fetch()
    assert mirror.headers(MODEL)[-1]["range"] == f"bytes={kept}-"
    assert_whole(final)


def test_cancelling_does_not_wait_for_a_server_that_fell_silent(fetch, mirror, came):
    mirror.stall[MODEL] = 600_000
    cancel = CancelToken()
    with pytest.raises(Cancelled):
        fetch(lambda done, _: done >= 262_144 and cancel.cancel(), cancel=cancel)
    assert not mirror.gave_up
    assert came.stat().st_size >= 262_144


def test_a_disk_that_is_too_small_is_told_before_anything_comes(make_catalogue, mirror):
    catalogue = make_catalogue({"model.bin": {}}, size=10**18)
    with pytest.raises(KnownError) as raised:
        catalogue.fetch(
            "tiny",
            mirror=f"{mirror.url}/m",
            token=None,
            on_progress=lambda *_: None,
            cancel=CancelToken(),
        )
    assert raised.value.code == ErrorCode.DISK_FULL
    assert MODEL not in mirror.paths()


def test_a_sound_model_costs_no_traffic(fetch, mirror, final):
    fetch()
    mirror.asked.clear()
    assert fetch() == final
    assert mirror.asked == []


@pytest.mark.parametrize("damage", ["flipped", "gone"])
def test_a_damaged_model_is_fetched_anew(fetch, final, damage):
    fetch()
    if damage == "gone":
        (final / "model.bin").unlink()
    else:
        (final / "model.bin").write_bytes(WEIGHTS[:-1] + b"?")
    fetch()
    assert_whole(final)
    assert os.listdir(final.parent) == ["tiny"]


def test_the_mirror_never_sees_the_token_of_the_hub(fetch, mirror):
    fetch(token="hf_secret")
    assert "hf_secret" not in str(mirror.asked)


def test_a_damaged_embedded_model_is_made_from_its_parts_without_traffic(
    make_catalogue, mirror, tmp_path, final
):
    part = tmp_path / "embedded" / "part"
    part.parent.mkdir()
    part.write_bytes(WEIGHTS)
    entry = {"sha256": sha(WEIGHTS), "embedded": ["part"]}
    catalogue = make_catalogue({"model.bin": entry})
    (catalogue.locate("tiny") / "model.bin").write_bytes(b"damaged")
    options = {"token": None, "on_progress": lambda *_: None, "cancel": CancelToken()}
    catalogue.fetch("tiny", mirror=f"{mirror.url}/m", **options)
    assert (final / "model.bin").read_bytes() == WEIGHTS
    assert mirror.asked == []
    (final / "model.bin").write_bytes(b"damaged")
    part.write_bytes(b"damaged, too")
    catalogue.fetch("tiny", mirror=f"{mirror.url}/m", **options)
    assert (final / "model.bin").read_bytes() == WEIGHTS
    assert MODEL in mirror.paths()
