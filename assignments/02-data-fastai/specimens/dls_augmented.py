"""Flips and turns the pictures."""
# fails: make_dls
# says: transform
# hint: You transform the training pictures. No transforms here. (And a mirrored b is a d.)


def make_dls(root, bs, seed):
    block = DataBlock(
        blocks=(ImageBlock(cls=PILImageBW), CategoryBlock),
        get_items=list_items,
        get_y=label_of,
        splitter=lambda found: random_split(len(found), 0.2, seed),
        batch_tfms=[Flip(p=1.0)],
    )
    return block.dataloaders(root, bs=bs, num_workers=0)
