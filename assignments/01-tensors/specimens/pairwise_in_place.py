"""The formula, term by term, into one tensor of its own."""

# fails: nothing


def pairwise_sqdist(A, B):
    out = torch.matmul(A, B.t())
    out *= -2
    out += torch.einsum("nd,nd->n", A, A).unsqueeze(dim=1)
    out += torch.einsum("md,md->m", B, B)
    return out.clamp_(0)
