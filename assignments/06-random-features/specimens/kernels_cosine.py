"""The cosine itself."""
# fails: kernels
# hint: This is the cosine of the angle. The kernel is linear in the angle itself: acos.


def sign_kernel(X, Z):
    a, b = (torch.nn.functional.normalize(torch.cat([A, A.new_ones(len(A), 1)], 1)) for A in (X, Z))
    return (a @ b.T).clamp(-1, 1)
