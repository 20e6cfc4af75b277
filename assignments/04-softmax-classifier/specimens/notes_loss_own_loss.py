"""The student's own cross_entropy; the bounds as whole numbers in a list."""
# fails: nothing


def notes_loss_bounds():
    return [-1, 0]


mended_loss = lambda logits, y: cross_entropy(logits, y, reduction="mean")  # noqa: E731
