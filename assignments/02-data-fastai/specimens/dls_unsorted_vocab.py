"""Classes in the order in which they turn up backwards."""
# fails: make_dls


def make_dls(root, bs, seed):
    block = DataBlock(
        blocks=(
            ImageBlock(cls=PILImageBW),
            CategoryBlock(vocab=sorted({label_of(p) for p in list_items(root)}, reverse=True), sort=False),
        ),
        get_items=list_items,
        get_y=label_of,
        splitter=lambda found: random_split(len(found), 0.2, seed),
    )
    return block.dataloaders(root, bs=bs, num_workers=0)
