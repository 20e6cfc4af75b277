"""One matrix product of longer vectors, (|a|², -2a, 1) and (1, b, |b|²), and abs for the last digits."""

# fails: nothing


def lengthened(points, factor, first):
    square = (points.double() ** 2).sum(1, keepdim=True)
    one = torch.ones_like(square)
    return torch.cat([square, factor * points, one] if first else [one, factor * points, square], dim=1)


def pairwise_sqdist(A, B):
    return (lengthened(A, -2, True) @ lengthened(B, 1, False).T).abs().to(A.dtype)
