"""Misses .PNG."""
# fails: items
# hint: "*.png" misses files that a camera has called .PNG. Compare path.suffix.lower().


def list_items(root):
    return sorted(p for p in Path(root).rglob("*.png") if p.is_file())
