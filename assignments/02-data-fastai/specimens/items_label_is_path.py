"""A Path for a str."""
# fails: items, make_dls


def label_of(path):
    return path.parent
