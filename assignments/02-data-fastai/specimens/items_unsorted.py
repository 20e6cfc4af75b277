"""In the order of the operating system."""
# fails: items, make_dls
# says: order of sorted


def list_items(root):
    return [p for p in Path(root).rglob("*") if p.suffix.lower() == ".png" and p.is_file()]
