"""Takes whatever ends in the letters png."""
# fails: items


def list_items(root):
    return sorted(p for p in Path(root).rglob("*") if p.name.lower().endswith("png") and p.is_file())
