# /// attack
# title = "scikit-learn, which counts the threads of the libraries that are loaded"
# ///

# %%
import numpy as np
from sklearn.cluster import KMeans
from sklearn.metrics import pairwise_distances_argmin
from sklearn.neighbors import NearestNeighbors

points = np.random.default_rng(0).normal(size=(300, 3))
assert (pairwise_distances_argmin(points, points) == np.arange(300)).all()
assert KMeans(2, n_init=1, random_state=0).fit(points).cluster_centers_.shape == (2, 3)
assert NearestNeighbors(n_neighbors=2).fit(points).kneighbors(points)[1].shape == (300, 2)
