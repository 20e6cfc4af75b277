"""Rounds the cosine to be safe."""
# fails: kernels


def sign_kernel(X, Z):
    a, b = (torch.nn.functional.normalize(torch.cat([A, A.new_ones(len(A), 1)], 1)) for A in (X, Z))
    return 1 - 2 * torch.acos((0.999999 * a @ b.T).clamp(-1, 1)) / math.pi
