"""Puts the axis back in the wrong place: right only for one image, or where B is 1."""

# fails: grayscale
# reason: wrong_answer
# hint: Height and width change places in your last step, so pictures that are not square get scrambled. Put the lost
#     axis back without a reshape.


def grayscale(batch):
    return batch.mean(dim=1).unsqueeze(0).reshape(len(batch), 1, batch.shape[3], batch.shape[2])
