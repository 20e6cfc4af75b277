"""Sorts strings: a folder ink-2 comes before ink."""
# fails: items


def list_items(root):
    return sorted((p for p in Path(root).rglob("*") if p.suffix.lower() == ".png" and p.is_file()), key=str)
