"""How many voices: small sets of points whose answer is known."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyannote.core import SlidingWindow, SlidingWindowFeature

from voicerec_desktop.speech.clustering import (
    MOST_VECTORS,
    VoiceClustering,
    centroids,
    choose_voices,
    nearest,
    silhouette,
)


def voices(count, each=20, spread=0.02, dimension=32, seed=0):
    """Points around `count` directions at right angles to each other, and whose they are."""
    noise = np.random.default_rng(seed).normal(0, spread, (count * each, dimension))
    points = np.repeat(np.eye(dimension)[:count], each, axis=0) + noise
    return points / np.linalg.norm(points, axis=1, keepdims=True), np.repeat(np.arange(count), each)


def same_partition(labels, truth):
    """Whether both put the same points together, whatever they call the groups."""
    return np.array_equal(labels[:, None] == labels, truth[:, None] == truth)


@pytest.mark.parametrize("count", [1, 2, 3, 5, 8])
def test_voices_that_are_far_apart_are_told_apart(count):
    points, truth = voices(count)
    assert same_partition(choose_voices(points), truth)


@pytest.mark.parametrize("count", [2, 5])
def test_a_voice_of_few_words_among_many_is_one_too(count):
    points, truth = voices(count)
    few = np.r_[np.arange(8), np.arange(20, len(points))]  # the first voice: 8 windows of 20
    assert same_partition(choose_voices(points[few]), truth[few])


def test_a_single_stray_window_is_no_voice():
    points, truth = voices(3)
    stray = np.r_[np.arange(40), 40]  # one point of the third voice
    labels = choose_voices(points[stray])
    assert labels.max() == 1
    assert same_partition(labels[:40], truth[:40])


@pytest.mark.parametrize(
    ("hints", "found"),
    [
        ({}, 3),
        ({"least": 2, "most": 5}, 3),
        ({"most": 2}, 2),
        ({"most": 1}, 1),
        ({"least": 4}, 4),
        ({"exact": 1}, 1),
        ({"exact": 2}, 2),
        ({"exact": 3}, 3),
        ({"exact": 5}, 5),
    ],
)
def test_hints_bound_the_number_of_voices(hints, found):
    points, _ = voices(3)
    labels = choose_voices(points, **hints)
    assert set(labels) == set(range(found))


def test_more_voices_than_windows_gives_each_window_its_own():
    points, _ = voices(3, each=1)
    assert sorted(choose_voices(points, exact=7)) == [0, 1, 2]


def test_windows_that_are_all_the_same_are_one_voice():
    points = np.tile(voices(1, each=1)[0], (30, 1))
    assert set(choose_voices(points)) == {0}


def test_two_halves_that_are_nearly_alike_are_one_voice():
    first = np.eye(32)[0]
    second = first + 0.3 * np.eye(32)[1]  # cosine 0.96
    noise = np.random.default_rng(1).normal(0, 0.02, (40, 32))
    points = np.r_[np.tile(first, (20, 1)), np.tile(second, (20, 1))] + noise
    points /= np.linalg.norm(points, axis=1, keepdims=True)
    assert set(choose_voices(points)) == {0}
    assert set(choose_voices(points, exact=2)) == {0, 1}


@pytest.mark.parametrize("count", [0, 1])
def test_none_or_one_window_needs_no_clustering(count):
    labels = VoiceClustering().cluster(np.ones((count, 8)))
    assert labels.tolist() == [0] * count


def test_hours_of_windows_are_thinned_out_and_all_get_a_voice():
    points, truth = voices(3, each=MOST_VECTORS // 2)
    shuffled = np.random.default_rng(2).permutation(len(points))
    labels = VoiceClustering().cluster(points[shuffled])
    assert same_partition(labels, truth[shuffled])


def test_windows_without_an_embedding_do_not_spoil_the_others():
    """As pyannote calls it: [windows, speakers, d], NaN where a speaker says too little."""
    points, truth = voices(2, each=10)
    embeddings = np.full((20, 3, 32), np.nan)
    embeddings[:, 0] = points
    speech = np.zeros((20, 50, 3))
    speech[:, :, 0] = 1
    window = SlidingWindow(duration=10, step=2)
    hard, _, centres = VoiceClustering()(
        embeddings=embeddings, segmentations=SlidingWindowFeature(speech, window)
    )
    assert same_partition(hard[:, 0], truth)
    assert np.isfinite(centres).all()


def test_silhouette_of_points_on_a_line_by_hand():
    """0, 1 | 4, 6: ((5-1)/5 + (4-1)/4 + (3.5-2)/3.5 + (5.5-2)/5.5) / 4."""
    at = np.array([0.0, 1.0, 4.0, 6.0])
    distances = np.abs(at[:, None] - at)
    expected = (4 / 5 + 3 / 4 + 1.5 / 3.5 + 3.5 / 5.5) / 4
    assert silhouette(distances, np.array([0, 0, 1, 1])) == pytest.approx(expected)
    assert silhouette(distances, np.array([0, 0, 0, 0])) == 0.0
    pair_and_one = silhouette(distances[:3, :3], np.array([0, 0, 1]))
    assert pair_and_one == pytest.approx((3 / 4 + 2 / 3 + 0) / 3)  # who is alone counts as 0


@settings(max_examples=50, deadline=None)
@given(st.integers(2, 40), st.integers(1, 6), st.integers(0, 10**6))
def test_silhouette_is_what_the_textbook_says(n, groups, seed):
    """Rousseeuw's definition, point by point."""
    random = np.random.default_rng(seed)
    points = random.normal(size=(n, 3))
    labels = np.unique(random.integers(0, groups, n), return_inverse=True)[1]
    distances = np.linalg.norm(points[:, None] - points, axis=2)
    widths = []
    for i in range(n):
        own = (labels == labels[i]) & (np.arange(n) != i)
        others = [distances[i, labels == k].mean() for k in set(labels) - {labels[i]}]
        if not own.any() or not others:
            widths.append(0.0)
            continue
        a, b = distances[i, own].mean(), min(others)
        widths.append((b - a) / max(a, b))
    assert silhouette(distances, labels) == pytest.approx(np.mean(widths))


@settings(max_examples=40, deadline=None)
@given(st.integers(2, 30), st.integers(1, 6), st.integers(0, 10**6))
def test_an_exact_count_is_kept_for_any_voices(n, exact, seed):
    points = np.random.default_rng(seed).normal(size=(n, 6))
    points /= np.linalg.norm(points, axis=1, keepdims=True)
    assert len(set(choose_voices(points, exact=exact))) == min(exact, n)


def test_each_point_goes_to_the_centre_in_its_direction():
    points, truth = voices(4)
    centres = centroids(points, truth)
    assert np.allclose(np.linalg.norm(centres, axis=1), 1)
    assert np.array_equal(nearest(points, centres), truth)
