"""Counts folders from the front."""
# fails: items
# hint: You count the folders from the front, which works for one root only. Count from the end: path.parent.


def label_of(path):
    return path.parts[3] if len(path.parts) > 4 else path.parts[-2]


def group_of(path):
    return path.parts[2]
