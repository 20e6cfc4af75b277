"""Items in the order of the operating system: the same seed holds out others elsewhere."""
# fails: make_dls
# hint: Your items come in the order of the operating system, so that a seed holds out other pictures on another
#     computer. list_items sorts them.


def make_dls(root, bs, seed):
    block = DataBlock(
        blocks=(ImageBlock(cls=PILImageBW), CategoryBlock),
        get_items=lambda root: list(Path(root).rglob("*.png")),
        get_y=parent_label,
        splitter=RandomSplitter(0.2, seed=seed),
    )
    return block.dataloaders(root, bs=bs, num_workers=0)
