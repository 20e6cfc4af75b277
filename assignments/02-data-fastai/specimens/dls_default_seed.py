"""RandomSplitter without the seed."""
# fails: make_dls
# hint: RandomSplitter() without a seed draws another validation set each time. Pass seed=seed.


def make_dls(root, bs, seed):
    block = DataBlock(
        blocks=(ImageBlock(cls=PILImageBW), CategoryBlock),
        get_items=list_items,
        get_y=label_of,
        splitter=RandomSplitter(0.2),
    )
    return block.dataloaders(root, bs=bs, num_workers=0)
