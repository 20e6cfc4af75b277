"""The label from the wrong folder."""
# fails: make_dls
# hint: Your labels are the groups. get_y is label_of.


def make_dls(root, bs, seed):
    block = DataBlock(
        blocks=(ImageBlock(cls=PILImageBW), CategoryBlock),
        get_items=list_items,
        get_y=group_of,
        splitter=lambda found: random_split(len(found), 0.2, seed),
    )
    return block.dataloaders(root, bs=bs, num_workers=0)
