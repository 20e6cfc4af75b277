"""The group from the label's folder."""
# fails: items
# hint: That is the label. The group is one folder further up: path.parent.parent.name.


def group_of(path):
    return path.parent.name
