import pytest

from voicerec_desktop.core.cancel import CancelToken
from voicerec_desktop.core.errors import Cancelled


def test_cancelling_a_parent_cancels_its_children():
    parent = CancelToken()
    child = CancelToken(CancelToken(parent))
    child.check()
    parent.cancel()
    with pytest.raises(Cancelled):
        child.check()


def test_cancelling_a_child_leaves_its_parent_and_siblings_alone():
    parent = CancelToken()
    child, sibling = CancelToken(parent), CancelToken(parent)
    child.cancel()
    assert (child.cancelled, sibling.cancelled, parent.cancelled) == (True, False, False)
