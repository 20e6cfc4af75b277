"""Trains on everything."""
# fails: make_dls
# says: leak
# hint: The training set has the held-out pictures in it. Two lists that share nothing.


def make_dls(root, bs, seed):
    block = DataBlock(
        blocks=(ImageBlock(cls=PILImageBW), CategoryBlock),
        get_items=list_items,
        get_y=label_of,
        splitter=lambda found: (list(range(len(found))), random_split(len(found), 0.2, seed)[1]),
    )
    return block.dataloaders(root, bs=bs, num_workers=0)
