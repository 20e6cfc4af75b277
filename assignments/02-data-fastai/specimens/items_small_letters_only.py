"""Misses .PNG."""
# fails: items


def list_items(root):
    return sorted(p for p in Path(root).rglob("*.png") if p.is_file())
