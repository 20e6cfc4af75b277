"""Believes the notes."""
# fails: lecture_shapes
# hint: With M of shape (2, 200) and x of shape (2,), M @ x raises an error. Try it.


def printed_works(d, k):
    return True
