"""Takes whatever ends in the letters png."""
# fails: items
# hint: A file called notespng ends in the letters png too, and has no ending. The dot belongs to it: path.suffix.


def list_items(root):
    return sorted(p for p in Path(root).rglob("*") if p.name.lower().endswith("png") and p.is_file())
