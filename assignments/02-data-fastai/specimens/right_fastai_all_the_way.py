"""A correct set of answers: fastai's own functions wherever it has one, scikit-learn and torch for the rest."""
# fails: nothing

import math

import torch
from torch import nn


def list_items(root):
    return sorted(path for path in get_files(root, extensions={".png"}))


def label_of(path):
    return parent_label(path)


def group_of(path):
    return parent_label(path.parent)


def random_split(n, valid_frac, seed):
    from sklearn.model_selection import ShuffleSplit

    if not (n >= 2 and 0.0 < valid_frac < 1.0):
        raise ValueError("valid_frac is a fraction")
    size = max(1, min(n - 1, round(n * valid_frac)))
    ((train, valid),) = ShuffleSplit(1, test_size=size, random_state=seed).split(range(n))
    return train.tolist(), valid.tolist()


def chance_of_missing(n, rare, n_valid):
    from scipy.stats import hypergeom

    return float(hypergeom.pmf(0, n, rare, n_valid))


def accuracy_by_split(right, split, seeds):
    return [right[torch.tensor(split(right.numel(), s)[1])].double().mean().item() for s in seeds]


def stratified_split(labels, valid_frac, seed):
    g = torch.Generator()
    g.manual_seed(seed)
    order = torch.randperm(len(labels), generator=g).tolist()
    wanted = {c: min(max(round(valid_frac * labels.count(c)), 1), labels.count(c) - 1) for c in labels}
    train, valid = [], []
    for i in order:
        if wanted[labels[i]] > 0:
            wanted[labels[i]] -= 1
            valid.append(i)
        else:
            train.append(i)
    return train, valid


def group_split(groups, valid_frac, seed):
    names = sorted(set(groups))
    if len(names) < 2:
        raise ValueError(f"only {len(names)} group")
    _, held = random_split(len(names), valid_frac, seed)
    inside = [names.index(g) in held for g in groups]
    return [i for i, x in enumerate(inside) if not x], [i for i, x in enumerate(inside) if x]


def fit_normaliser(x):
    flat = x.permute(1, 0, 2, 3).flatten(1)
    std, mean = torch.std_mean(flat, dim=1, correction=0)
    std[flat.min(1).values == flat.max(1).values] = 1
    return mean, std


def normalise(x, mean, std):
    return ((x.movedim(1, -1) - mean) / std).movedim(-1, 1)


def normalised_parts(x, train, valid):
    mean, std = fit_normaliser(x[torch.tensor(train)])
    both = normalise(x, mean, std)
    return both[train], both[valid]


def make_dls(root, bs, seed):
    items = list_items(root)
    train, valid = random_split(len(items), 0.2, seed)
    data = Datasets(items, [[PILImageBW.create], [label_of, Categorize()]], splits=(train, valid))
    return data.dataloaders(bs=bs, num_workers=0, after_item=[ToTensor()], after_batch=[IntToFloatTensor()])


def accuracy_of(y, guess):
    if y.size() != guess.size():
        raise ValueError("y and guess")
    return torch.eq(y, guess).sum().item() / y.numel()


def error_rate_of(y, guess):
    return 1.0 - accuracy_of(y, guess)


def confusion_matrix(y, guess, n_classes):
    from sklearn.metrics import confusion_matrix as of_sklearn

    return torch.from_numpy(of_sklearn(y.numpy(), guess.numpy(), labels=range(n_classes)))


def group_accuracies(y, guess, groups):
    names = np.array(groups)
    hits = (y == guess).numpy()
    return {str(name): float(hits[names == name].mean()) for name in np.unique(names)}


def worst_group(accuracies):
    return min(accuracies.items(), key=lambda item: (item[1], item[0]))


def both_averages(y, guess, groups):
    values = torch.tensor(list(group_accuracies(y, guess, groups).values()), dtype=torch.float64)
    return accuracy_of(y, guess), values.mean().item()


def standard_error(accuracy, n):
    return math.sqrt(accuracy - accuracy**2) / math.sqrt(n)


def wilson_interval(accuracy, n, z=1.96):
    denominator = n + z**2
    middle = (n * accuracy + z**2 / 2) / denominator
    half = z / denominator * math.sqrt(n * accuracy * (1 - accuracy) + z**2 / 4)
    return min(max(middle - half, 0.0), 1.0), min(max(middle + half, 0.0), 1.0)


def examples_needed(accuracy, half_width, z=1.96):
    return max(1, int(np.ceil(accuracy * (1 - accuracy) / (half_width / z) ** 2)))


def receptive_field(layers):
    strides = [stride for _, stride, _ in layers]
    return 1 + sum((layer[0] - 1) * math.prod(strides[:i]) for i, layer in enumerate(layers))


def output_size(size, layers):
    x = torch.zeros(1, 1, size, size)
    for kernel, stride, padding in layers:
        x = nn.Conv2d(1, 1, kernel, stride=stride, padding=padding)(x)
    return x.shape[-1]


def train_classifier(dls, seed, width=16, epochs=6):
    torch.random.manual_seed(seed)

    def block(ni, nf):
        return ConvLayer(ni, nf, stride=2)

    net = nn.Sequential(
        ConvLayer(1, width), block(width, 2 * width), block(2 * width, 4 * width), AdaptiveAvgPool(), Flatten()
    )
    net.append(nn.Linear(4 * width, len(dls.vocab)))
    learner = Learner(dls, net, CrossEntropyLossFlat(), lr=0.01, wd=0.01, train_bn=True)
    learner.remove_cb(ProgressCallback)
    with learner.no_logging():
        learner.fit_one_cycle(epochs, 0.02)
    return learner


def choose_model(valid_right, test_right):
    value, k = valid_right.double().mean(1).max(0)
    k = k.item()
    return k, value.item(), test_right[k].double().mean().item()


def proxy_decay(valid_right, test_right):
    valid, test = valid_right.sum(1).tolist(), test_right.sum(1).tolist()
    out_valid, out_test, best = [], [], None
    for k, count in enumerate(valid):
        if best is None or count > valid[best]:
            best = k
        out_valid += [valid[best] / valid_right.shape[1]]
        out_test += [test[best] / test_right.shape[1]]
    return out_valid, out_test


def shift_report(learner, sets):
    def one(files):
        dl = learner.dls.test_dl(files, bs=3, num_workers=0)
        with learner.no_bar():
            _, _, decoded = learner.get_preds(dl=dl, with_decoded=True)
        names = [learner.dls.vocab[i] for i in decoded]
        accuracy = sum(n == label_of(f) for n, f in zip(names, files)) / len(files)
        low, high = wilson_interval(accuracy, len(files))
        return {"accuracy": accuracy, "n": len(files), "low": low, "high": high}

    return {name: one(files) for name, files in sets.items()}


def largest_drop(report, reference):
    rest = {name: entry for name, entry in report.items() if name != reference}
    worst = min(rest, key=lambda name: rest[name]["accuracy"])
    return worst, report[reference]["accuracy"] - rest[worst]["accuracy"]
