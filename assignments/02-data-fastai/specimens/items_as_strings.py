"""Strings for Paths."""
# fails: items, make_dls


def list_items(root):
    return sorted(str(p) for p in Path(root).rglob("*") if p.suffix.lower() == ".png" and p.is_file())
