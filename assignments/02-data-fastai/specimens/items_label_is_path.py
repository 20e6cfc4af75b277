"""A Path for a str."""
# fails: items
# hint: path.parent is a Path with all the folders in it. Its .name is the last of them, a str.


def label_of(path):
    return path.parent
