"""Sorted by file name, not by path."""
# fails: items


def list_items(root):
    return sorted(
        (p for p in Path(root).rglob("*") if p.suffix.lower() == ".png" and p.is_file()), key=lambda p: p.name
    )
