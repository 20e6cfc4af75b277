"""get_image_files, sorted: it takes .jpg and others as well."""
# fails: items
# hint: get_image_files takes every kind of picture, .jpg too. Ask for the endings that you want: get_files(root,
#     extensions={'.png'}), or rglob.


def list_items(root):
    return sorted(get_image_files(root))
