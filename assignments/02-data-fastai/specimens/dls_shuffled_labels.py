"""A label of some other picture."""
# fails: make_dls
# hint: The label does not belong to the picture. get_y gets the path of one picture and gives *its* label.


def make_dls(root, bs, seed):
    labels = sorted({label_of(p) for p in list_items(root)})
    block = DataBlock(
        blocks=(ImageBlock(cls=PILImageBW), CategoryBlock),
        get_items=list_items,
        get_y=lambda path: labels[int(path.stem.encode().hex(), 16) % len(labels)],
        splitter=lambda found: random_split(len(found), 0.2, seed),
    )
    return block.dataloaders(root, bs=bs, num_workers=0)
