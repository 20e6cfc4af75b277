"""Opens grey pictures in colour."""
# fails: make_dls
# hint: Your batches have three channels: ImageBlock opens everything in colour unless you say cls=PILImageBW.


def make_dls(root, bs, seed):
    block = DataBlock(
        blocks=(ImageBlock, CategoryBlock),
        get_items=list_items,
        get_y=label_of,
        splitter=lambda found: random_split(len(found), 0.2, seed),
    )
    return block.dataloaders(root, bs=bs, num_workers=0)
