"""Subtracts the maximum in the caller's own tensor: `-=` looks like a shorter way to write it."""
# fails: softmax
# reason: mutated_input
# hint: `-=` writes into the caller's scores. Use an ordinary subtraction, which makes a new tensor.


def softmax(x, dim):
    x -= x.amax(dim=dim, keepdim=True).detach()
    e = x.exp()
    return e / e.sum(dim=dim, keepdim=True)
