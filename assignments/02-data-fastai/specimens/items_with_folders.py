"""A folder may be called old.png."""
# fails: items


def list_items(root):
    return sorted(p for p in Path(root).rglob("*") if p.suffix.lower() == ".png")
