"""Looks for files two folders down only."""
# fails: items
# hint: glob("*/*/*.png") finds files exactly two folders down. rglob looks at every depth.


def list_items(root):
    return sorted(Path(root).glob("*/*/*.png"))
