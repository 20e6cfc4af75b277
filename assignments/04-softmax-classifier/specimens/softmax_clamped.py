"""Clamps the scores so that exp() cannot overflow, which changes the answer and gives impossible classes a
probability."""
# fails: softmax
# hint: You clamp the scores, which changes the answer for large ones and gives impossible classes a probability.
#     Subtract the maximum along dim instead.


def softmax(x, dim):
    e = x.clamp(-80, 80).exp()
    return e / e.sum(dim=dim, keepdim=True)
