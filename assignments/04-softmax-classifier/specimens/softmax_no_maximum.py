"""The formula as it is printed. It is right for every score that one tries by hand, and NaN from 89 on."""
# fails: softmax
# says: Subtract the maximum
# hint: exp overflows for large scores, and infinity divided by infinity is NaN. Subtract the maximum along dim before
#     exp.


def softmax(x, dim):
    e = x.exp()
    return e / e.sum(dim=dim, keepdim=True)
