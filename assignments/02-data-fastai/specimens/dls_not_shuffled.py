"""The training pictures in the same order each time."""
# fails: make_dls
# says: same order
# hint: Your training loader gives the pictures in the same order in every pass. Leave shuffle as it is.


def make_dls(root, bs, seed):
    block = DataBlock(
        blocks=(ImageBlock(cls=PILImageBW), CategoryBlock),
        get_items=list_items,
        get_y=label_of,
        splitter=lambda found: random_split(len(found), 0.2, seed),
    )
    return block.dataloaders(root, bs=bs, num_workers=0, shuffle=False)
