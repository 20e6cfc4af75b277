"""Absolute paths, which differ from computer to computer."""
# fails: items


def list_items(root):
    return sorted(p for p in Path(root).resolve().rglob("*") if p.suffix.lower() == ".png" and p.is_file())
