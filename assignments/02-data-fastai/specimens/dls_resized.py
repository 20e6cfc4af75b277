"""Makes all pictures square."""
# fails: make_dls
# hint: You resize the pictures. No transforms: the network shall see the pixels of the files.


def make_dls(root, bs, seed):
    block = DataBlock(
        blocks=(ImageBlock(cls=PILImageBW), CategoryBlock),
        get_items=list_items,
        get_y=label_of,
        splitter=lambda found: random_split(len(found), 0.2, seed),
        item_tfms=Resize(8),
    )
    return block.dataloaders(root, bs=bs, num_workers=0)
