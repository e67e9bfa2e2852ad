"""How many voices there are and which is which, chosen per recording."""

from typing import TYPE_CHECKING

import numpy as np
from pyannote.audio.pipelines.clustering import BaseClustering
from scipy.cluster.hierarchy import fcluster, linkage

if TYPE_CHECKING:
    from numpy.typing import NDArray


class VoiceClustering(BaseClustering):
    """Average-linkage clustering."""

    expects_num_clusters = False

    def __init__(self) -> None:
        super().__init__(metric="cosine", constrained_assignment=False)

    def cluster(
        self,
        embeddings: "NDArray[np.float32]",
        min_clusters: int | None = None,
        max_clusters: int | None = None,
        num_clusters: int | None = None,
    ) -> "NDArray[np.int64]":
        """Labels 0.. of float32[n, d]."""
        if len(embeddings) < 2:
            return np.zeros(len(embeddings), np.int64)
        tree = linkage(embeddings, method="average", metric="cosine")
        if num_clusters is not None:
            return fcluster(tree, num_clusters, criterion="maxclust") - 1
        return fcluster(tree, 0.5, criterion="distance") - 1
