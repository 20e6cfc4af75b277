"""get_image_files, sorted: it takes .jpg and others as well."""
# fails: items, make_dls


def list_items(root):
    return sorted(get_image_files(root))
