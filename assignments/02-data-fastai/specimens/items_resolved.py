"""Absolute paths, which differ from computer to computer."""
# fails: items
# hint: You made the paths absolute. Each begins with root as it was given, so that the list is the same wherever
#     the folder lies.


def list_items(root):
    return sorted(p for p in Path(root).resolve().rglob("*") if p.suffix.lower() == ".png" and p.is_file())
