"""The group from the label's folder."""
# fails: items


def group_of(path):
    return path.parent.name
