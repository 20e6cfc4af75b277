"""In the order of the operating system."""
# fails: items
# says: order of sorted
# hint: You return the files in the order in which the operating system lists them. On another computer your split
#     holds out other pictures: sort them.


def list_items(root):
    return [p for p in Path(root).rglob("*") if p.suffix.lower() == ".png" and p.is_file()]
