"""Secrets: in the keyring; in a file for the user alone only after consent; nowhere else."""

import stat
import sys

import keyring
import keyring.backend
import keyring.backends.fail
import keyring.compat.properties
import pytest

from voicerec_desktop.core.errors import ErrorCode, KnownError
from voicerec_desktop.secrets import HUB, NAME, forget_secret, keep_secret, read_secret


class Ring(keyring.backend.KeyringBackend):
    """A keyring in memory; nobody finds it by chance, in other tests, say."""

    @keyring.compat.properties.classproperty
    def priority(self):
        raise RuntimeError

    def __init__(self):
        super().__init__()
        self.held = {}

    def get_password(self, service, username):
        return self.held.get((service, username))

    def set_password(self, service, username, password):
        self.held[service, username] = password

    def delete_password(self, service, username):
        if self.held.pop((service, username), None) is None:
            raise keyring.errors.PasswordDeleteError


@pytest.fixture(params=[Ring, keyring.backends.fail.Keyring], ids=["keyring", "no keyring"])
def ring(request):
    before = keyring.get_keyring()
    made = request.param()
    keyring.set_keyring(made)
    yield made
    keyring.set_keyring(before)


def test_a_secret_is_kept_found_and_forgotten(ring, tmp_path):
    assert read_secret(HUB, tmp_path) == ""
    assert keep_secret(HUB, "hf_тайна", tmp_path, in_file=True)
    assert read_secret(HUB, tmp_path) == "hf_тайна"
    forget_secret(HUB, tmp_path)
    assert read_secret(HUB, tmp_path) == ""
    assert list(tmp_path.iterdir()) == []


def test_no_file_holds_it_without_consent(ring, tmp_path):
    assert keep_secret(HUB, "hf_secret", tmp_path) == isinstance(ring, Ring)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has its keyring")
@pytest.mark.parametrize("ring", [keyring.backends.fail.Keyring], indirect=True)
def test_the_file_is_for_the_user_alone(ring, tmp_path):
    keep_secret(HUB, "hf_secret", tmp_path, in_file=True)
    keep_secret(HUB, "hf_other", tmp_path, in_file=True)
    assert stat.S_IMODE((tmp_path / NAME).stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == [NAME]
    assert read_secret(HUB, tmp_path) == "hf_other"


@pytest.mark.parametrize("ring", [keyring.backends.fail.Keyring], indirect=True)
def test_what_was_in_a_file_goes_where_there_is_a_keyring(ring, tmp_path):
    keep_secret(HUB, "hf_secret", tmp_path, in_file=True)
    keyring.set_keyring(Ring())
    assert keep_secret(HUB, "hf_secret", tmp_path)
    assert list(tmp_path.iterdir()) == []
    assert read_secret(HUB, tmp_path) == "hf_secret"


@pytest.mark.parametrize("ring", [keyring.backends.fail.Keyring], indirect=True)
def test_a_folder_that_cannot_be_written_to_is_told(ring, tmp_path):
    (tmp_path / "config").write_text("a file")
    with pytest.raises(KnownError) as raised:
        keep_secret(HUB, "hf_secret", tmp_path / "config", in_file=True)
    assert raised.value.code == ErrorCode.HOME_READ_ONLY
