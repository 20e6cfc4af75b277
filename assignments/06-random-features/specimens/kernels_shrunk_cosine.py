"""Divides by the norms plus an epsilon."""
# fails: kernels


def sign_kernel(X, Z):
    a, b = (torch.cat([A, A.new_ones(len(A), 1)], 1) for A in (X, Z))
    cosine = a @ b.T / (a.norm(dim=1)[:, None] * b.norm(dim=1) + 1e-8)
    return 1 - 2 * torch.acos(cosine) / math.pi
