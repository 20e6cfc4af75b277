"""Holds out whole groups."""
# fails: make_dls
# hint: You hold out whole groups. A good idea, and another question: here a random fifth of the pictures is asked
#     for.


def make_dls(root, bs, seed):
    block = DataBlock(
        blocks=(ImageBlock(cls=PILImageBW), CategoryBlock),
        get_items=list_items,
        get_y=label_of,
        splitter=lambda found: group_split([group_of(p) for p in found], 0.2, seed),
    )
    return block.dataloaders(root, bs=bs, num_workers=0)
