"""Distances of directions: every point on the unit sphere."""

# fails: pairwise_sqdist, nearest_mean
# hint: Only the directions of your points count: their lengths are lost. The distance is between the points as they
#     are.


def pairwise_sqdist(A, B):
    return (2 - 2 * F.normalize(A, dim=1) @ F.normalize(B, dim=1).T).clamp(min=0)
