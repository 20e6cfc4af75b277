"""The name of the file."""
# fails: items, make_dls


def label_of(path):
    return path.stem
