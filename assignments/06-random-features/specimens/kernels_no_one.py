"""Angles without the appended one."""
# fails: kernels
# hint: These are the angles between x and z. The features have a bias, so the angle is that between (x, 1) and
#     (z, 1).


def sign_kernel(X, Z):
    a = X / X.norm(dim=1, keepdim=True).clamp(min=1e-30)
    b = Z / Z.norm(dim=1, keepdim=True).clamp(min=1e-30)
    return 1 - 2 * torch.acos((a @ b.T).clamp(-1, 1)) / math.pi
