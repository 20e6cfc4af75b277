"""Sorts strings: a folder ink-2 comes before ink."""
# fails: items
# hint: You sort the paths as strings. Paths are compared folder by folder: `sorted` without a key puts ink before
#     ink-2.


def list_items(root):
    return sorted((p for p in Path(root).rglob("*") if p.suffix.lower() == ".png" and p.is_file()), key=str)
