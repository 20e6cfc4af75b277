"""The formula as it is printed: NaN for huge scores."""
# fails: softmax
# reason: not_finite


def softmax(x, dim):
    return x.exp() / x.exp().sum(dim=dim, keepdim=True)
