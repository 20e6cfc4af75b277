"""stem cuts off what looks like an ending."""
# fails: items
# hint: stem cuts off what comes after a dot, and a folder may have a dot in its name. Use .name.


def group_of(path):
    return path.parent.parent.stem
