"""The formula as it is printed. It is right for every score that one tries by hand, and NaN from 89 on."""
# fails: softmax
# says: Subtract the maximum


def softmax(x, dim):
    e = x.exp()
    return e / e.sum(dim=dim, keepdim=True)
