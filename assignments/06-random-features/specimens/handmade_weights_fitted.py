"""Fits the weights to a sample, which is nearly right."""
# fails: handmade
# hint: Fitted weights are nearly right. The definitions of the tasks give exact ones, with a single weight that
#     is not zero.


def handmade_weights(task):
    if task not in ("xor", "circle", "ring"):
        raise ValueError(task)
    X = 2 * torch.rand(3000, 2, dtype=torch.float64, generator=torch.Generator().manual_seed(0)) - 1
    r = X.square().sum(1)
    y = {"xor": X.prod(1) < 0, "circle": r < 0.6, "ring": (r - 0.6).abs() < 0.3}[task]
    x1, x2 = X.T
    Phi = torch.stack([x1, x2, x1 * x2, r, (r - 0.6).abs(), torch.ones_like(r)], 1)
    solution = torch.linalg.lstsq(Phi, 2.0 * y.double()[:, None] - 1).solution[:, 0]
    return solution[:5], solution[5].item()
