"""A folder may be called old.png."""
# fails: items
# hint: Folders can have an ending as well: keep only what is_file().


def list_items(root):
    return sorted(p for p in Path(root).rglob("*") if p.suffix.lower() == ".png")
