"""How many voices there are and which is which, chosen per recording.

A fixed threshold on the distance between clusters cannot fit both voices that are alike and one
voice that varies (ENGINEERING.md 11). Here two thresholds, generous on both sides, only bound the
number of voices; between them the partition with the best silhouette is taken (Rousseeuw 1987,
"Silhouettes: a graphical aid to the interpretation and validation of cluster analysis").
Auto-tuned spectral clustering (Park et al. 2019) was measured beside it and found far more voices
than there are in recordings of two or of less than a minute: tests/benchmarks/RESULTS.md.
"""

from typing import TYPE_CHECKING, Any

import numpy as np
from pyannote.audio.pipelines.clustering import BaseClustering
from scipy.cluster.hierarchy import fcluster, linkage

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Vectors = NDArray[np.float64]  # [n, d], L2-normalised
    Labels = NDArray[np.int64]  # [n], 0..

FEWEST_AT = 0.85  # distance between centroids beyond which two voices are surely two
MOST_AT = 0.50  # distance below which they are surely one
ALIKE = 0.75  # cosine above which a split of what may be one voice is not believed
MIN_VECTORS = 6  # of a voice; windows come every 2 s
MIN_SHARE = 0.1  # of all vectors, where that is less than MIN_VECTORS
MOST_VOICES = 30
MOST_VECTORS = 2000  # for which all distances are compared; more are thinned out first


class VoiceClustering(BaseClustering):
    """Ward clustering with the number of voices chosen by silhouette."""

    expects_num_clusters = False

    def __init__(self) -> None:
        super().__init__(metric="cosine", constrained_assignment=False)

    def cluster(
        self,
        embeddings: "NDArray[np.float64]",
        min_clusters: int | None = None,
        max_clusters: int | None = None,
        num_clusters: int | None = None,
    ) -> "Labels":
        """Labels 0.. of float[n, d]; called by pyannote with the embeddings worth trusting."""
        if len(embeddings) < 2:
            return np.zeros(len(embeddings), np.int64)
        vectors = _unit(np.asarray(embeddings, np.float64))
        if len(vectors) > MOST_VECTORS:
            sparse = vectors[:: len(vectors) // MOST_VECTORS + 1]
            labels = choose_voices(sparse, min_clusters, max_clusters, num_clusters)
            return nearest(vectors, centroids(sparse, labels))
        return choose_voices(vectors, min_clusters, max_clusters, num_clusters)


def choose_voices(
    vectors: "Vectors", least: int | None = None, most: int | None = None, exact: int | None = None
) -> "Labels":
    """Labels of vectors, with the number of voices bounded or given."""
    tree = linkage(vectors, method="ward")
    if exact is not None:
        return _exactly(vectors, tree, exact)
    low, high = _bounds(vectors)
    low, high = max(low, least or 1), max(high, least or 1)
    if most is not None:
        low, high = min(low, most), min(high, most)
    candidates = [np.zeros(len(vectors), np.int64)] if low == 1 else []
    candidates += [c for c in _partitions(vectors, tree, high) if low <= c.max() + 1 <= high]
    if not candidates:
        return _exactly(vectors, tree, low)
    distances = np.asarray(vectors, np.float32) @ np.asarray(vectors, np.float32).T
    np.clip(np.subtract(1.0, distances, out=distances), 0.0, 2.0, out=distances)
    best = max(candidates, key=lambda labels: silhouette(distances, labels))
    if low == 1 and best.max() == 1 and _alike(vectors, best):
        return candidates[0]
    return best


def _bounds(vectors: "Vectors") -> tuple[int, int]:
    """The least and the largest number of voices, by centroid linkage as pyannote does it."""
    tree = linkage(vectors, method="centroid")
    smallest = _smallest(len(vectors))
    counts = [
        int((np.bincount(fcluster(tree, threshold, criterion="distance")) >= smallest).sum())
        for threshold in (FEWEST_AT, MOST_AT)
    ]
    return max(1, min(counts)), max(1, *counts)


def _smallest(n: int) -> int:
    return min(MIN_VECTORS, max(1, round(MIN_SHARE * n)))


def _partitions(vectors: "Vectors", tree: "NDArray[np.float64]", most: int) -> "list[Labels]":
    """One partition for each number of voices, from the coarsest cut that has it."""
    found: dict[int, Labels] = {}
    for cut in range(2, min(MOST_VOICES, len(vectors) - 1) + 1):
        labels = _dissolve_small(vectors, fcluster(tree, cut, criterion="maxclust") - 1)
        count = int(labels.max()) + 1
        if 1 < count <= most:
            found.setdefault(count, labels)
    return list(found.values())


def _dissolve_small(vectors: "Vectors", labels: "Labels") -> "Labels":
    """Give the vectors of clusters that are too small to be a voice to the nearest that is one."""
    sizes = np.bincount(labels)
    large = np.flatnonzero(sizes >= _smallest(len(vectors)))
    if len(large) == 0:
        large = np.array([sizes.argmax()])
    centres = _unit(np.stack([vectors[labels == label].mean(axis=0) for label in large]))
    return _renumber(nearest(vectors, centres))


def _exactly(vectors: "Vectors", tree: "NDArray[np.float64]", count: int) -> "Labels":
    """The cut that has this many voices, small ones dissolved if any such cut exists."""
    for cut in range(count, len(vectors) + 1):
        labels = _dissolve_small(vectors, fcluster(tree, cut, criterion="maxclust") - 1)
        if labels.max() + 1 == count:
            return labels
    return _renumber(fcluster(tree, count, criterion="maxclust") - 1)


def _alike(vectors: "Vectors", labels: "Labels") -> bool:
    first, second = centroids(vectors, labels)
    return bool(first @ second > ALIKE)


def silhouette(distances: "NDArray[np.floating[Any]]", labels: "Labels") -> float:
    """Mean silhouette width of a partition, -1 to 1; 0 for a single cluster.

    Args:
        distances: float[n, n], symmetric, zero diagonal.
        labels: int[n], 0.. without holes.
    """
    sizes = np.bincount(labels)
    if len(sizes) < 2:
        return 0.0
    members = np.eye(len(sizes))[labels]
    sums = distances @ members
    own = np.take_along_axis(sums, labels[:, None], 1)[:, 0] / np.maximum(sizes[labels] - 1, 1)
    means = sums / sizes
    np.put_along_axis(means, labels[:, None], np.inf, 1)
    other = means.min(axis=1)
    width = (other - own) / np.maximum(np.maximum(own, other), 1e-12)
    return float(np.where(sizes[labels] > 1, width, 0.0).mean())


def centroids(vectors: "Vectors", labels: "Labels") -> "Vectors":
    """float[k, d], L2-normalised, of labels 0..k-1."""
    return _unit(np.stack([vectors[labels == k].mean(axis=0) for k in range(labels.max() + 1)]))


def nearest(vectors: "Vectors", centres: "Vectors") -> "Labels":
    """The centre that is nearest by cosine to each vector."""
    return np.argmax(vectors @ centres.T, axis=1)


def _renumber(labels: "Labels") -> "Labels":
    return np.unique(labels, return_inverse=True)[1].reshape(-1)


def _unit(vectors: "NDArray[np.float64]") -> "Vectors":
    return vectors / np.maximum(np.linalg.norm(vectors, axis=-1, keepdims=True), 1e-12)
