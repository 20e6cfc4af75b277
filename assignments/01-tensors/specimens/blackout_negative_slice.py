"""`[-k:]`, which selects every row when k is 0."""

# fails: blackout
# reason: wrong_answer
# says: k = 0
# hint: With k = 0 the slice [-0:] is [0:], and everything turns black. Count from the top: where does the bar begin
#     in an image of H rows?


def blackout(batch, k):
    out = batch.clone()
    out[:, :, -k:] = 0
    return out
