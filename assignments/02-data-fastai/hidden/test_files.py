"""Files in a folder of the worker's own, written by the notebook's save_pictures; what comes out is held "
"against them."""

from collections import Counter

import torch
from autograder.checks import Failure, check, close

LETTERS = "abcdefghijklmnopqrstuvwxyz"


def word(rng, length=6):
    return "".join(LETTERS[i] for i in rng.integers(0, 26, (length,)).tolist())


def fresh(student, name):
    """An empty folder in the worker."""
    root = student.Path(name)
    student.shutil.rmtree(root, ignore_errors=True)
    root.mkdir(parents=True)
    return root


@check(
    "items",
    points=1,
    hint="All depths, files only, the ending in small or capital letters, sorted(); and paths that begin with "
    "root as it came.",
)
def test_every_picture_once_and_in_order(student, rng):
    name = f"check-items-{word(rng)}/deep"
    root = fresh(student, name)
    wanted = [f"{word(rng, 3)}/{word(rng, 2)}/{word(rng)}.png" for _ in range(9)]
    wanted += [f"{word(rng)}.png", f"{word(rng)}/{word(rng)}.PNG", f"{word(rng)}/x/y/{word(rng)}.Png"]
    begins = word(rng, 3)  # as strings "ink-2/..." is before "ink/...", as Paths it comes after
    wanted += [
        f"{begins}/{word(rng)}.png",
        f"{begins}-2/{word(rng)}.png",
        f"{begins}/a.png",
        f"{word(rng).upper()}/a.png",
    ]
    others = [f"{word(rng)}/{word(rng)}.txt", f"{word(rng)}.jpg", f"{word(rng)}/notespng", f"{word(rng)}/a.png.bak"]
    for path in [*wanted, *others]:
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(b"")
    (root / f"{word(rng)}.png").mkdir()
    for given in (root, name):
        items = student.list_items(given)
        if type(items) is not list:
            raise Failure("list_items returns a list: sorted() makes one.", "wrong_type")
        got = [str(item) for item in items]
        want = [f"{name}/{path}" for path in wanted]
        if set(got) == set(want) and len(got) == len(want):
            pieces = sorted(want, key=lambda path: path.split("/"))
            assert got == pieces, (
                "All pictures are there, but not in the order of sorted(), which compares Paths folder by folder."
            )
        assert sorted(got) == sorted(want), (
            "Not the files below root that end in .png (at any depth, in small or capital letters; no folders), "
            "each as "
            "root / name."
        )
        if not all(hasattr(item, "parent") for item in items):
            raise Failure("list_items returns Paths, not strings.", "wrong_type")


@check("items", points=1, hint="path.parent.name, and path.parent.parent.name, however long the path is.")
def test_labels_and_groups_are_names_of_folders(student, rng):
    for depth in (0, 1, 4):
        group, label = f"{word(rng)}.v2", f"{word(rng, 4)} {word(rng, 3)}"
        head = "/".join(word(rng) for _ in range(depth))
        path = student.Path(f"{head}/{group}/{label}/{word(rng)}.b.png" if head else f"{group}/{label}/1.png")
        assert student.label_of(path) == label, "The label is the name of the folder that the file lies in."
        assert student.group_of(path) == group, "The group is the name of the folder above that of the label."


def same_files_elsewhere(student, rng, pixels):
    """Two folders with the same pictures under the same labels. The file names are others, in the same order of the
    alphabet, and the files were written in another order, so that the system lists them in another one."""
    roots = []
    for _ in range(2):
        roots.append(fresh(student, f"check-dls-{word(rng)}"))
        names = sorted(word(rng, 8) for _ in pixels)
        order = rng.permutation(len(pixels))
        student.save_pictures(
            roots[-1], pixels[order].numpy(), [f"all/{'ab'[i % 2]}/{names[i]}.png" for i in order.tolist()]
        )
    return roots


def folder_of_pictures(student, rng, n=40, height=6, width=7):
    """n different pictures below a fresh folder: (root, pixels, label of each). Folders above labels are misleading."""
    name = f"check-dls-{word(rng)}"
    root = fresh(student, name)
    labels = sorted({word(rng, 5) for _ in range(4)})
    kinds = [labels[i % len(labels)] for i in range(n)]
    pixels = rng.integers(0, 256, (n, height, width), dtype=torch.uint8)
    names = [f"{labels[(i // 7) % len(labels)]}/{kinds[i]}/{word(rng, 8)}.png" for i in range(n)]
    student.save_pictures(root, pixels.numpy(), names)
    student.save_pictures(root, pixels[:2].numpy(), [f"{labels[0]}/{kinds[i]}/a-{word(rng)}.bmp" for i in (0, 1)])
    return root, pixels, kinds


def passed(loader, pixels):
    """One pass over a loader: [(number of the picture, class)], and the sizes of the batches."""
    known = {tuple(picture.flatten().tolist()): i for i, picture in enumerate(pixels)}
    found, sizes = [], []
    for x, y in loader:
        if not (isinstance(x, torch.Tensor) and isinstance(y, torch.Tensor)):
            raise Failure("A batch is a pair of tensors, (x, y).", "wrong_type")
        x, y = x.as_subclass(torch.Tensor), y.as_subclass(torch.Tensor)
        if tuple(x.shape[1:]) != (1, *pixels.shape[1:]):
            raise Failure(
                f"A batch has shape {tuple(x.shape)}: grey pictures have one channel, (bs, 1, height, width). "
                f"PILImageBW "
                "opens them so, and without transforms their size stays."
            )
        if x.dtype != torch.float32 or y.dtype != torch.int64 or y.shape != x.shape[:1]:
            raise Failure("x is float32 in [0, 1], y int64 with one class for each picture.")
        if not all(tuple(image.flatten().tolist()) in known for image in (x[:, 0] * 255).round().to(torch.uint8)):
            raise Failure(
                "The pixels of a batch are not those of the files divided by 255: is there a transform, an "
                "augmentation, "
                "or a normalisation?"
            )
        rows = [known[tuple(image.flatten().tolist())] for image in (x[:, 0] * 255).round().to(torch.uint8)]
        assert x[:, 0] == close(pixels[rows].float() / 255)
        found += zip(rows, y.tolist())
        sizes.append(len(y))
    return found, sizes


@check(
    "make_dls",
    points=2,
    hint="get_items=list_items, get_y=label_of, ImageBlock(cls=PILImageBW), CategoryBlock, and no transforms.",
)
def test_pictures_and_labels_belong_together(student, rng):
    root, pixels, kinds = folder_of_pictures(student, rng)
    dls = student.make_dls(root, 8, rng.seed() % 1000)
    vocab = [dls.vocab[k] for k in range(len(dls.vocab))]
    assert vocab == sorted(set(kinds)), (
        "The vocab is not the sorted list of the labels: is the label from another folder?"
    )
    valid, _ = passed(dls.valid, pixels)
    train, _ = passed(dls.train, pixels)
    for name, rows in (("held-out", valid), ("training", train)):
        assert all(vocab[number] == kinds[row] for row, number in rows), (
            f"A {name} picture has the label of another one."
        )
    held, used = {row for row, _ in valid}, {row for row, _ in train}
    assert not held & used, "A held-out picture is in the training set as well: a leak."
    assert len(held) == len(valid) == 8, f"A fifth of 40 .png pictures is 8, and .valid holds {len(valid)}."
    assert len(used) == len(train) == 32, "Each of the other 32 pictures comes once in a pass over .train."


@check(
    "make_dls",
    points=1.5,
    hint="splitter=lambda items: random_split(len(items), 0.2, seed), or RandomSplitter(valid_pct=0.2, seed=seed).",
)
def test_the_seed_decides_who_is_held_out(student, rng):
    root, pixels, kinds = folder_of_pictures(student, rng, n=30, height=4, width=4)

    def held(seed):
        return {row for row, _ in passed(student.make_dls(root, 6, seed).valid, pixels)[0]}

    seeds = [rng.seed() % 10_000 + 10_000 * i for i in range(12)]
    sets = [held(seed) for seed in seeds]
    assert all(len(found) == 6 for found in sets), "A fifth of the pictures is to be held out, for every seed."
    assert held(seeds[0]) == sets[0], "The same seed gave two different validation sets."
    assert len({frozenset(found) for found in sets}) > 9, (
        "Different seeds gave the same validation set: is the seed used?"
    )
    often = Counter(row for found in sets for row in found)
    assert len(often) >= 20, "Most pictures are never held out, whatever the seed: is the split random?"
    assert any(len({kinds[row] for row in found}) > 1 for found in sets), "The held-out pictures are all of one class."
    once, again = (
        {row for row, _ in passed(student.make_dls(folder, 6, seeds[0]).valid, pixels)[0]}
        for folder in same_files_elsewhere(student, rng, pixels)
    )
    assert once == again, (
        "The same pictures in a folder that the system lists in another order, and others are held out: list_items "
        "gives them in one order everywhere."
    )


@check(
    "make_dls",
    points=1.5,
    hint=".dataloaders(root, bs=bs, num_workers=0) shuffles .train for every pass and leaves .valid in order.",
)
def test_loaders_shuffle_and_use_the_batch_size(student, rng):
    root, pixels, _ = folder_of_pictures(student, rng, n=50, height=4, width=5)
    for bs in (4, 10):
        dls = student.make_dls(str(root), bs, 3)
        for loader in (dls.train, dls.valid):
            if hasattr(loader, "fake_l"):  # where fastai keeps the number that it was given
                assert loader.fake_l.num_workers == 0, "The loaders have worker processes: num_workers=0 asks for none."
        first, sizes = passed(dls.train, pixels)
        second, _ = passed(dls.train, pixels)
        assert set(sizes) == {bs}, f"Batches of .train hold {sizes[0]} pictures, where bs={bs} was asked for."
        rows = [row for row, _ in first]
        assert rows != [row for row, _ in second], (
            "Two passes over .train came in the same order: it is to be shuffled anew."
        )
        assert rows != sorted(rows), "The training pictures come in the order of the files: shuffle them."
        assert [r for r, _ in passed(dls.valid, pixels)[0]] == [r for r, _ in passed(dls.valid, pixels)[0]], (
            "Two passes over .valid came in different orders: only .train is shuffled."
        )
