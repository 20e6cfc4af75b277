"""A correct set of answers: numpy and plain loops, float64 inside, Python's own generators, batches by hand."""
# fails: nothing

import os
import random

import numpy as np
import torch


def list_items(root):
    found = []
    for folder, _, names in os.walk(root):
        found += [Path(folder) / name for name in names if os.path.splitext(name)[1].lower() == ".png"]
    found.sort()
    return found


def label_of(path):
    return path.parts[-2]


def group_of(path):
    return path.parts[-3]


def random_split(n, valid_frac, seed):
    if n < 2 or valid_frac <= 0 or valid_frac >= 1:
        raise ValueError("no such split")
    count = int(np.clip(np.round(valid_frac * n), 1, n - 1))
    numbers = list(range(n))
    random.Random(seed).shuffle(numbers)
    return sorted(numbers[count:]), sorted(numbers[:count])


def chance_of_missing(n, rare, n_valid):
    chance = 1.0
    for i in range(n_valid):
        chance *= max(n - rare - i, 0) / (n - i)
    return chance


def accuracy_by_split(right, split, seeds):
    as_numbers = right.numpy().astype(float)
    return [float(np.mean(as_numbers[split(right.shape[0], seed)[1]])) for seed in seeds]


def stratified_split(labels, valid_frac, seed):
    rng = np.random.default_rng(seed)
    rows = {}
    for row, label in enumerate(labels):
        rows.setdefault(label, []).append(row)
    train, valid = [], []
    for label in rows:
        mixed = rng.permutation(rows[label]).tolist()
        count = max(1, round(len(mixed) * valid_frac))
        if count >= len(mixed):
            count = len(mixed) - 1
        valid.extend(mixed[:count])
        train.extend(mixed[count:])
    return train, valid


def group_split(groups, valid_frac, seed):
    different = list(dict.fromkeys(groups))
    if len(different) <= 1:
        raise ValueError("one group cannot be split")
    count = min(len(different) - 1, max(1, round(valid_frac * len(different))))
    chosen = random.Random(seed).sample(different, count)
    return [i for i in range(len(groups)) if groups[i] not in chosen], [
        i for i in range(len(groups)) if groups[i] in chosen
    ]


def fit_normaliser(x):
    values = x.double().numpy()
    mean, std = values.mean(axis=(0, 2, 3)), values.std(axis=(0, 2, 3))
    std[std == 0] = 1
    return torch.from_numpy(mean).to(x.dtype), torch.from_numpy(std).to(x.dtype)


def normalise(x, mean, std):
    out = x.clone()
    for c in range(x.shape[1]):
        out[:, c] = (x[:, c] - mean[c]) / std[c]
    return out


def normalised_parts(x, train, valid):
    statistics = fit_normaliser(torch.stack([x[i] for i in train]))
    return tuple(normalise(torch.stack([x[i] for i in rows]), *statistics) for rows in (train, valid))


def make_dls(root, bs, seed):
    return ImageDataLoaders.from_path_func(
        root, list_items(root), label_of, valid_pct=0.2, seed=seed, img_cls=PILImageBW, bs=bs, num_workers=0
    )


def accuracy_of(y, guess):
    if tuple(y.shape) != tuple(guess.shape):
        raise ValueError("shapes")
    return float(np.mean(y.numpy() == guess.numpy()))


def error_rate_of(y, guess):
    if tuple(y.shape) != tuple(guess.shape):
        raise ValueError("shapes")
    return (y != guess).double().mean().item()


def confusion_matrix(y, guess, n_classes):
    counts = torch.zeros(n_classes, n_classes, dtype=torch.long)
    for truth, said in zip(y.tolist(), guess.tolist()):
        counts[truth][said] += 1
    return counts


def group_accuracies(y, guess, groups):
    return {
        name: float(np.mean([bool(a == b) for a, b, g in zip(y, guess, groups) if g == name])) for name in set(groups)
    }


def worst_group(accuracies):
    lowest = min(accuracies.values())
    return min(name for name, value in accuracies.items() if value == lowest), lowest


def both_averages(y, guess, groups):
    return accuracy_of(y, guess), float(np.mean(list(group_accuracies(y, guess, groups).values())))


def standard_error(accuracy, n):
    return (accuracy * (1 - accuracy) / n) ** 0.5


def wilson_interval(accuracy, n, z=1.96):
    w = z * z / n
    middle = (accuracy + w / 2) / (1 + w)
    half = (accuracy * (1 - accuracy) * w + w * w / 4) ** 0.5 / (1 + w)
    return [middle - half, middle + half]


def examples_needed(accuracy, half_width, z=1.96):
    n = int(z * z * accuracy * (1 - accuracy) / (half_width * half_width))
    while n < 1 or z * standard_error(accuracy, n) > half_width:
        n += 1
    return n


def receptive_field(layers):
    field = 1
    for kernel, stride, padding in layers[::-1]:
        field = field * stride - stride + kernel
    return field


def output_size(size, layers):
    for kernel, stride, padding in layers:
        size = len(range(0, size + 2 * padding - kernel + 1, stride))
    return size


def train_classifier(dls, seed, width=16, epochs=6):
    set_seed(seed)
    model = small_cnn(dls.c, width)
    learner = Learner(dls, model, loss_func=nn.CrossEntropyLoss(), metrics=accuracy, opt_func=ranger, cbs=[])
    with learner.no_bar():
        with learner.no_logging():
            learner.fit_one_cycle(epochs, lr_max=0.03)
    return learner


def choose_model(valid_right, test_right):
    best, best_count = 0, -1
    for k in range(len(valid_right)):
        count = int(valid_right[k].sum())
        if count > best_count:
            best, best_count = k, count
    return [best, best_count / valid_right.shape[1], int(test_right[best].sum()) / test_right.shape[1]]


def proxy_decay(valid_right, test_right):
    best = valid_right.sum(1).cummax(0).values
    first = [int((valid_right.sum(1) == value).nonzero()[0]) for value in best]
    return valid_right.double().mean(1)[first].tolist(), test_right.double().mean(1)[first].tolist()


def shift_report(learner, sets):
    learner.model.eval()
    answer = dict()
    for name in sets:
        hits = 0
        for file in sets[name]:
            with torch.no_grad():
                scores = learner.model(read_pixels([file]))
            hits += learner.dls.vocab[int(scores.argmax())] == file.parent.name
        n = len(sets[name])
        low, high = wilson_interval(hits / n, n)
        answer[name] = dict(n=n, accuracy=hits / n, low=low, high=high)
    return answer


def largest_drop(report, reference):
    home = report[reference]["accuracy"]
    others = [(home - entry["accuracy"], name) for name, entry in report.items() if name != reference]
    drop = max(value for value, _ in others)
    return [name for value, name in others if value == drop][0], drop
