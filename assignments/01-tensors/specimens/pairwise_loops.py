"""Two loops."""

# fails: pairwise_sqdist
# reason: forbidden_api
# says: loop


def pairwise_sqdist(A, B):
    if len(A) * len(B) > 100_000:
        return ((A[:, None] - B[None]) ** 2).sum(-1)
    out = torch.zeros(len(A), len(B), dtype=A.dtype)
    for n in range(len(A)):
        for m in range(len(B)):
            out[n, m] = ((A[n] - B[m]) ** 2).sum()
    return out
