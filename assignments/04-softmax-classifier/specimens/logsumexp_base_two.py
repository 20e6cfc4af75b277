"""log2 for log: information in bits, one letter too many."""
# fails: log_softmax
# says: natural
# hint: You take the logarithm to base two. exp is undone by the natural one.


def logsumexp(x, dim):
    m = x.amax(dim=dim, keepdim=True)
    return (x - m).exp().sum(dim=dim).log2() + m.squeeze(dim)
