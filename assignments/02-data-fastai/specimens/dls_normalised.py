"""Normalises the batches."""
# fails: make_dls
# says: normalisation
# hint: You normalise the batches. No transforms here: pixels divided by 255, in [0, 1].


def make_dls(root, bs, seed):
    block = DataBlock(
        blocks=(ImageBlock(cls=PILImageBW), CategoryBlock),
        get_items=list_items,
        get_y=label_of,
        splitter=lambda found: random_split(len(found), 0.2, seed),
        batch_tfms=Normalize.from_stats([0.5], [0.5]),
    )
    return block.dataloaders(root, bs=bs, num_workers=0)
