"""Strings for Paths."""
# fails: items
# hint: You return strings. Paths know their .parent and their .name; return them as they come.


def list_items(root):
    return sorted(str(p) for p in Path(root).rglob("*") if p.suffix.lower() == ".png" and p.is_file())
