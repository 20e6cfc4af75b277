"""The name of the file."""
# fails: items
# hint: path.stem is the name of the file without its ending. The label is the name of its folder.


def label_of(path):
    return path.stem
