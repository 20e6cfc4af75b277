"""Always 16 in a batch."""
# fails: make_dls
# hint: The size of a batch does not follow bs.


def make_dls(root, bs, seed):
    block = DataBlock(
        blocks=(ImageBlock(cls=PILImageBW), CategoryBlock),
        get_items=list_items,
        get_y=label_of,
        splitter=lambda found: random_split(len(found), 0.2, seed),
    )
    return block.dataloaders(root, bs=2, num_workers=0)
