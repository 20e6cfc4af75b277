"""stem cuts off what looks like an ending."""
# fails: items


def group_of(path):
    return path.parent.parent.stem
