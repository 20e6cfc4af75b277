"""Counts folders from the front."""
# fails: items


def label_of(path):
    return path.parts[3] if len(path.parts) > 4 else path.parts[-2]


def group_of(path):
    return path.parts[2]
