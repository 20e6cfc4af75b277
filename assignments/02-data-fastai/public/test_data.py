"""The checks that students run themselves: types, shapes, and values that they can work out by hand."""

import torch
from autograder.checks import Failure, check, close


def two_lists(split, name):
    """What came back, if it is a pair of lists of ints."""
    lists = isinstance(split, tuple | list) and len(split) == 2 and all(isinstance(half, list) for half in split)
    if not lists or any(not isinstance(row, int) for half in split for row in half):
        raise Failure(f"{name} gives two lists of Python ints, (train, valid). Tensors have .tolist().", "wrong_type")
    return split


@check("items", points=1, hint="rglob finds files at any depth; sorted() gives a list. parent is the folder of a file.")
def test_a_small_folder(student):
    root = student.Path("public-check-items")
    student.shutil.rmtree(root, ignore_errors=True)
    names = ["second/b/2.png", "first/b/1.png", "first/a/1.png"]
    student.save_pictures(root, torch.zeros(3, 8, 8, dtype=torch.uint8).numpy(), names)
    items = student.list_items(root)
    if type(items) is not list:
        raise Failure("list_items returns a list.", "wrong_type")
    assert [str(item) for item in items] == [f"public-check-items/{name}" for name in sorted(names)]
    assert [student.label_of(item) for item in items] == ["a", "b", "b"]
    assert [student.group_of(item) for item in items] == ["first", "first", "second"]


@check(
    "random_split", points=1, hint="Shuffle all n numbers, cut once: the first piece is one part, the rest the other."
)
def test_ten_numbers_in_two_parts(student):
    train, valid = two_lists(student.random_split(10, 0.2, 1), "random_split")
    assert (len(train), len(valid)) == (8, 2), "0.2 of 10 are 2 to hold out, and 8 to train on, in this order."
    assert sorted(train + valid) == list(range(10)), "Each of 0 ... 9 belongs to exactly one part."


@check("unlucky", points=1, hint="Of 4 examples, half are held out: 1 rare one is missed half of the time.")
def test_chances_by_hand(student):
    assert student.chance_of_missing(4, 1, 2) == close(0.5)
    right = torch.tensor([True, False, True])
    assert student.accuracy_by_split(right, lambda n, seed: ([0], [1, 2]), [7]) == close([0.5])


@check("careful_splits", points=1, hint="By class: a quarter of 8 and a quarter of 4. By group: one name of two.")
def test_two_classes_and_two_groups(student):
    train, valid = two_lists(student.stratified_split(["a"] * 8 + ["b"] * 4, 0.25, 0), "stratified_split")
    assert sorted(train + valid) == list(range(12)), "Each example belongs to exactly one part."
    assert (sum(i < 8 for i in valid), sum(i >= 8 for i in valid)) == (2, 1), "Hold out a quarter of each class."
    train, valid = two_lists(student.group_split(["x", "y", "x", "y"], 0.5, 0), "group_split")
    assert sorted(train + valid) == [0, 1, 2, 3], "Each example belongs to exactly one part."
    assert sorted(valid) in ([0, 2], [1, 3]), "All examples of a group go to the same side."


@check("normaliser", points=1, hint="One mean for each channel: average over the dimensions 0, 2 and 3.")
def test_one_picture_with_two_channels(student):
    x = torch.tensor([[[[0.0, 2.0]], [[5.0, 5.0]]]])
    assert student.fit_normaliser(x) == close((torch.tensor([1.0, 5.0]), torch.tensor([1.0, 1.0])))
    ones = torch.ones(2)
    assert student.normalise(x, ones, 2 * ones) == close((x - 1) / 2)


@check(
    "make_dls", points=1, seconds=20, hint="PILImageBW for one channel; list_items and label_of for items and labels."
)
def test_a_batch_has_the_right_shape(student, rng):
    root = student.Path("public-check-dls")
    student.shutil.rmtree(root, ignore_errors=True)
    pixels = rng.integers(0, 256, (20, 8, 9), dtype=torch.uint8)
    student.save_pictures(root, pixels.numpy(), [f"pen/{'ab'[i % 2]}/{i}.png" for i in range(20)])
    dls = student.make_dls(root, 4, 0)
    x, y = dls.train.one_batch()
    assert tuple(x.shape) == (4, 1, 8, 9), f"x has shape {tuple(x.shape)}; four pictures of 8 x 9 are (4, 1, 8, 9)."
    assert (x.dtype, y.dtype, tuple(y.shape)) == (torch.float32, torch.int64, (4,)), "x is float32, y int64 of (4,)."
    assert [dls.vocab[k] for k in range(len(dls.vocab))] == ["a", "b"], "The vocab is the sorted list of labels."


@check("metrics", points=1, hint="Three of four are right: .75, and .25 are wrong. Rows of the matrix are the truth.")
def test_metrics_of_four_guesses(student):
    y, guess = torch.tensor([0, 1, 2, 2]), torch.tensor([0, 1, 2, 0])
    assert student.accuracy_of(y, guess) == close(0.75)
    assert student.error_rate_of(y, guess) == close(0.25)
    assert student.confusion_matrix(y[:2], guess[:2], 2) == close(torch.eye(2, dtype=torch.int64))


@check("per_group", points=1, hint="In group y two of three are right. Worst is the lowest, named with its accuracy.")
def test_two_groups_by_hand(student):
    y, guess = torch.tensor([0, 1, 1, 1]), torch.tensor([0, 1, 1, 0])
    found = student.group_accuracies(y, guess, ["x", "y", "y", "y"])
    assert found == close({"x": 1.0, "y": 2 / 3})
    assert tuple(student.worst_group({"x": 1.0, "y": 0.5})) == ("y", 0.5)
    assert student.both_averages(y, guess, ["x", "y", "y", "y"]) == close((0.75, 5 / 6))


@check("interval", points=1, hint="sqrt(.25 / 100) is .05. Wilson for 20 of 20: about .839 to 1.")
def test_intervals_by_hand(student):
    assert student.standard_error(0.5, 100) == close(0.05)
    low, high = student.wilson_interval(1.0, 20)
    assert (round(float(low), 3), round(float(high), 3)) == (0.839, 1.0)
    assert student.examples_needed(0.8, 0.05) == close(246)


@check("receptive_field", points=1, hint="Two layers of 3 x 3 with stride 1 see 5 x 5; 24 pixels become 12, then 6.")
def test_two_layers_by_hand(student):
    assert student.receptive_field([(3, 1, 1), (3, 1, 1)]) == close(5)
    assert student.output_size(24, [(3, 2, 1), (3, 2, 1)]) == close(6)


@check(
    "train_classifier", points=1, seconds=60, hint="Return the Learner; its network ends in one score for each class."
)
def test_a_tiny_training(student, rng):
    root = student.Path("public-check-train")
    student.shutil.rmtree(root, ignore_errors=True)
    names = [f"{'valid' if i % 4 == 0 else 'train'}/{'abc'[i % 3]}/{i}.png" for i in range(48)]
    student.save_pictures(root, rng.integers(0, 256, (48, 8, 8), dtype=torch.uint8).numpy(), names)
    dls = student.ImageDataLoaders.from_folder(root, img_cls=student.PILImageBW, bs=8, num_workers=0)
    learner = student.train_classifier(dls, 0, width=4, epochs=1)
    for name in ("model", "dls", "get_preds"):
        if not hasattr(learner, name):
            raise Failure("train_classifier returns the Learner itself (learner, not learner.fit...).", "wrong_type")
    x, _ = dls.valid.one_batch()
    learner.model.eval()
    logits = learner.model(x)
    assert logits.shape[1] == 3, f"There are 3 classes, and the network gives {logits.shape[1]} scores: len(dls.vocab)?"


@check("proxy", points=1, hint="Model 1 is best on the validation set; its test accuracy is what is reported.")
def test_choice_of_two(student):
    valid_right, test_right = torch.tensor([[True, False], [True, True]]), torch.tensor([[True], [False]])
    assert student.choose_model(valid_right, test_right) == close((1, 1.0, 0.0))
    assert student.proxy_decay(valid_right, test_right) == close(([0.5, 1.0], [1.0, 0.0]))


@check(
    "shift_report",
    points=1,
    hint="The drop is the reference's accuracy minus the set's; the reference is no candidate.",
)
def test_largest_of_two_drops(student):
    report = {
        "home": {"n": 10, "accuracy": 0.9, "low": 0.6, "high": 1.0},
        "street": {"n": 10, "accuracy": 0.5, "low": 0.2, "high": 0.8},
        "shop": {"n": 10, "accuracy": 0.7, "low": 0.4, "high": 0.9},
    }
    assert student.largest_drop(report, "home") == close(("street", 0.4))
