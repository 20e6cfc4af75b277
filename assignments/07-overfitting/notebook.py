# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # 07 · Overfitting: what it is, what it is not, and what to do about it
#
# A model **generalises** when it is good on data that it was not trained on. It **overfits** when what it gains on
# the training data is lost elsewhere. A model that has **memorised** its training set has no error there; that
# alone does not say how well it generalises. Much that is taught about overfitting comes from one famous figure,
# of a polynomial that wiggles through ten points. You will draw that figure, find out what is wrong with it as a
# picture of neural networks, and then meet three facts that do not fit into it: a test error that falls, rises and
# falls again; networks that learn random labels by heart; networks that generalise long after they have memorised.
#
# Then come the tools (weight decay, dropout, early stopping), a small data set with wrong labels on which you need
# them, and a secret that a language model gives away.
#
# | word | meaning here |
# |---|---|
# | training set | what gradients are computed on |
# | validation set | what decisions are taken on: when to stop, how much dropout |
# | test set, held-out set | what the result is reported on, once |
# | regularisation | what is done to a learner for the sake of unseen data, and not of the training set |
#
# Each section goes the same way: **predict** on paper, **implement**, **compare**, **explain**. What stands under
# "Explain" is for you. Four questions, marked as exercises, are answered in writing and read by a person.

# %%
from autograder import check

# %%
import copy
import math
import random

import matplotlib.pyplot as plt
import torch
import torch.nn.functional as F
from sklearn.datasets import load_digits
from torch import nn

# %% [markdown]
# Larger runs where there is a GPU. The notebook shows the same on a CPU, a little coarser.

# %%
profile = "gpu" if torch.cuda.is_available() else "cpu"
settings = {
    "cpu": {"most_features": 1000, "modulus": 23, "grok_width": 200, "grok_steps": 900, "width": 128},
    "gpu": {"most_features": 8000, "modulus": 31, "grok_width": 256, "grok_steps": 1600, "width": 1024},
}[profile]
device = "cuda" if profile == "gpu" else "cpu"
print(profile, settings)

# %% [markdown]
# ## 1. The famous figure, and what is misleading about it
#
# Take a few points of a smooth curve, with noise. Fit a polynomial with as many coefficients as there are points:
# it goes through every point, and it goes wild between them. "Too many parameters", says the caption. Is that the
# cause?
#
# Both fits of this section are the same linear least squares, $\hat y = \Phi\theta$, with the *same number* of
# columns in $\Phi$. Only the columns differ: powers $1, x, x^2, \ldots$, or what a network with one hidden layer
# has to offer, $1, x$ and one ReLU for each of some **knots** $t_j$, $\max(0, x - t_j)$.
#
# How far does the fitted curve move when a single target $y_i$ is off by one? The fit is linear in $y$: the curve
# moves by the fit to targets that are all 0 but for a 1 at $i$. The largest such movement is the **sensitivity** to
# point $i$.
#
# **Predict.** 16 points, 16 columns. By how much does the polynomial move, at most? And the ReLU fit?
#
# **Implement** the columns, one `fit` for this section and the next, and the sensitivity.


# %%
#| exercise: curve_fitting
def polynomial_features(x, degree):
    """Powers of x.

    Args:
        x: float tensor (N,).
        degree: the highest power, 0 or more.

    Returns:
        Tensor (N, degree + 1) of x's dtype and device: column j is x to the power of j, the
        first column is ones.

    >>> polynomial_features(torch.tensor([2.0, 3.0]), 2)
    tensor([[1., 2., 4.],
            [1., 3., 9.]])
    """
    # BEGIN SOLUTION
    return x.unsqueeze(1) ** torch.arange(degree + 1, device=x.device)
    # END SOLUTION


def relu_features(x, knots):
    """What a hidden layer of ReLUs makes of x: the curve may bend at each knot.

    Args:
        x: float tensor (N,).
        knots: float tensor (K,) of x's dtype; K may be 0.

    Returns:
        Tensor (N, 2 + K) of x's dtype and device: a column of ones, x, and max(0, x - knots[j])
        for each j.

    >>> relu_features(torch.tensor([0.0, 3.0]), torch.tensor([1.0]))
    tensor([[1., 0., 0.],
            [1., 3., 2.]])
    """
    # BEGIN SOLUTION
    bends = torch.relu(x.unsqueeze(1) - knots)
    return torch.cat([torch.ones_like(x).unsqueeze(1), x.unsqueeze(1), bends], dim=1)
    # END SOLUTION


def fit(phi, y, ridge=0.0):
    """The coefficients theta that minimise sum((phi @ theta - y)**2) + ridge * sum(theta**2).

    Every coefficient is penalised alike, the one of a column of ones too.

    Args:
        phi: float tensor (N, P), one row for each example. P may be smaller than N, equal, or
            larger; columns may depend on each other, or nearly, as high powers do.
        y: tensor (N,) of phi's dtype.
        ridge: 0 or more. Where it is 0 and several theta reach the minimum: the shortest, that
            is the one with the smallest sum(theta**2).

    Returns:
        Tensor (P,) of phi's dtype and device. phi and y stay as they are.

    >>> fit(torch.tensor([[1.0, 1.0]]), torch.tensor([4.0]))
    tensor([2.0000, 2.0000])
    """
    # BEGIN SOLUTION
    if ridge == 0:
        return torch.linalg.pinv(phi) @ y
    penalty = ridge * torch.eye(phi.shape[1], dtype=phi.dtype, device=phi.device)
    return torch.linalg.solve(phi.T @ phi + penalty, phi.T @ y)
    # END SOLUTION


def sensitivity(phi, phi_grid, i):
    """How far the fitted curve (ridge 0) moves at most, up or down, when target i grows by one.

    Args:
        phi: float tensor (N, P), the features of the training points.
        phi_grid: float tensor (G, P), the features of the points where one looks.
        i: index of a training point, 0 ... N-1.

    Returns:
        Python float: the largest absolute movement over the G points.

    >>> round(sensitivity(torch.eye(2), torch.tensor([[3.0, 0.0], [-5.0, 1.0]]), 0), 4)
    5.0
    """
    # BEGIN SOLUTION
    nudge = torch.zeros(len(phi), dtype=phi.dtype, device=phi.device)
    nudge[i] = 1
    return (phi_grid @ fit(phi, nudge)).abs().max().item()
    # END SOLUTION


# %% [markdown]
# **Compare.** The figure of the books, with the other fit beside it. The gray bands have no data: look at what the
# two do there.

# %%
generator = torch.Generator().manual_seed(4)
points = torch.linspace(-1, 1, 16, dtype=torch.float64)
targets = torch.sin(3 * points) + 0.15 * torch.randn(16, generator=generator, dtype=torch.float64)
knots = points[1:-1]
grid = torch.linspace(-1.25, 1.25, 801, dtype=torch.float64)
inside = grid.abs() <= 1
fits = {
    "polynomial of degree 15": lambda t: polynomial_features(t, 15),
    "14 ReLUs, 1 and x": lambda t: relu_features(t, knots),
}

figure, axes = plt.subplots(1, 2, figsize=(9.5, 3.2), sharey=True, layout="constrained")
for ax, (name, features) in zip(axes, fits.items(), strict=True):
    curve = features(grid) @ fit(features(points), targets)
    ax.axvspan(-1.25, -1, color="0.92")
    ax.axvspan(1, 1.25, color="0.92", label="no data here")
    ax.plot(grid, torch.sin(3 * grid), color="0.5", linestyle="--", label="truth")
    ax.plot(grid, curve, color="tab:blue", label="fit, 16 coefficients")
    ax.plot(points, targets, "o", color="tab:orange", label="data, with noise")
    ax.set(title=name, xlabel="x", xlim=(-1.25, 1.25), ylim=(-3, 3))
axes[0].set_ylabel("y")
axes[1].legend(loc="lower right", fontsize=8)
figure.suptitle("Sixteen points, sixteen coefficients, no training error: two fits")
plt.show()
for name, features in fits.items():
    worst = max(sensitivity(features(points), features(grid[inside]), i) for i in range(16))
    print(f"{name}: one target off by 1 moves the curve by up to {worst:.1f} between the points")

# %% [markdown]
# Both have as many parameters as points, and both have memorised them, noise included. One is sensitive, the other
# is not. So what the figure shows is polynomials on equally spaced points (Runge's phenomenon), and not what too
# many parameters do to every model.
#
# **Explain.** Outside the data both are wrong. Is one of them *right* in any sense? What would you have to know to
# say so? No fit, of whatever kind, has a guarantee where there was no data.

# %% [markdown]
# ## 2. Double descent
#
# Textbooks draw the test error against the size of a model as a U. Go on beyond the point where the model can fit
# the training set exactly, and another story begins.
#
# The model: $p$ random ReLU features, fixed once, and least squares on top of them:
#
# $$\Phi = \tfrac{1}{\sqrt p}\,\max(0,\; X\,W_{:,\,1 \ldots p}) \quad\text{of shape } (n, p).$$
#
# While $p < n$, there are more examples than coefficients. From $p = n$ on the training error is 0, and more than
# one $\theta$ reaches it. Of these, `fit` takes the shortest.
#
# **Predict** the training and the test error at $p = 30$, $p = 100$ and $p = 1000$ features, for $n = 100$ noisy
# examples.
#
# **Implement** the curve.


# %%
#| exercise: double_descent
def descent_curve(x, y, x_test, y_test, W, sizes, ridge=0.0):
    """Training and test error of least squares on the first p random ReLU features, for each p
    in sizes.

    Args:
        x: float tensor (n, d), training inputs.
        y: tensor (n,) of x's dtype, training targets.
        x_test: tensor (m, d) of x's dtype.
        y_test: tensor (m,) of x's dtype.
        W: tensor (d, P) of x's dtype. Feature j of an input is max(0, input @ W[:, j]) / sqrt(p).
        sizes: list of ints, each from 1 to P, in any order.
        ridge: handed on to fit.

    Returns:
        (train, test): two lists of Python floats, as long as sizes and in the same order: the
        mean squared error of the fit on (x, y), and on (x_test, y_test). The fit sees (x, y)
        only; ridge is in neither error.

    >>> x, W = torch.tensor([[1.0], [2.0]]), torch.tensor([[1.0]])
    >>> train, test = descent_curve(x, torch.tensor([1.0, 2.0]), torch.tensor([[3.0]]), torch.tensor([5.0]), W, [1])
    >>> [round(error, 4) for error in train + test]
    [0.0, 4.0]
    """
    # BEGIN SOLUTION
    train, test = [], []
    for p in sizes:
        phi = torch.relu(x @ W[:, :p]) / p**0.5
        phi_test = torch.relu(x_test @ W[:, :p]) / p**0.5
        theta = fit(phi, y, ridge)
        train.append(((phi @ theta - y) ** 2).mean().item())
        test.append(((phi_test @ theta - y_test) ** 2).mean().item())
    return train, test
    # END SOLUTION


# %% [markdown]
# **Compare.** A linear truth in 20 dimensions, 100 training examples with noise, a test set without:

# %%
generator = torch.Generator().manual_seed(2)
wide = {"generator": generator, "dtype": torch.float64}
x_line, x_line_test = torch.randn(100, 20, **wide), torch.randn(500, 20, **wide)
slope = torch.randn(20, **wide) / 20**0.5
y_line = x_line @ slope + 0.5 * torch.randn(100, **wide)
y_line_test = x_line_test @ slope
most = settings["most_features"]
W = torch.randn(20, most, **wide)
sizes = [5, 10, 20, 30, 50, 70, 80, 90, 95, 100, 105, 110, 120, 140, 200, 300, 500, 1000, 2000, 8000]
sizes = [p for p in sizes if p <= most]
line = [part.to(device) for part in (x_line, y_line, x_line_test, y_line_test, W)]
train_errors, test_errors = descent_curve(*line, sizes)
_, ridge_errors = descent_curve(*line, sizes, ridge=0.1)

figure, ax = plt.subplots(figsize=(7.5, 3.6), layout="constrained")
ax.axvline(100, color="0.8", label="as many features as examples")
ax.plot(sizes, test_errors, "o-", color="tab:red", markersize=4, label="test error, no penalty")
ax.plot(sizes, ridge_errors, "s-", color="tab:green", markersize=4, label="test error, ridge 0.1")
shown = [max(error, 1e-3) for error in train_errors]
ax.plot(sizes, shown, ".--", color="tab:blue", label="training error, no penalty (0: drawn at 0.001)")
ax.set(xscale="log", yscale="log", ylim=(7e-4, None), title="Double descent")
ax.set(xlabel="random features p", ylabel="mean squared error")
ax.legend(fontsize=8)
plt.show()
for p in (30, 100, most):
    print(f"p = {p}: training error {train_errors[sizes.index(p)]:.3f}, test error {test_errors[sizes.index(p)]:.2f}")

# %% [markdown]
# The best model of all is the largest one, which has no training error at all. The worst is the one that can *just*
# fit the data: it has no choice between solutions, and the only one that it has is long. A small ridge removes the
# peak.
#
# **Explain.** Somebody tries sizes up to 100, sees the test error rise, and concludes that larger models overfit. Which
# experiment is missing? On the horizontal axis there may be training time instead of features: then stopping when
# the error begins to rise misses the second descent.

# %% [markdown]
# ## 3. Fitting nonsense: random labels
#
# A network has room enough to learn any labels by heart, even labels that a coin has thrown (Zhang and others,
# 2017). No training error says nothing, then, about whether something was *learnt*: only held-out data does.
#
# **Predict.** A network is trained on 200 digits with random labels until it gets all of them right. How often is
# it right about the true labels of other digits?
#
# **Implement** `accuracy`, which looks at a model without touching it, and a training that memorises. Any network
# of torch's layers will do, for instance `Linear(64, 256)`, ReLU, `Linear(256, 10)`, with Adam at a learning rate of
# 0.01 and all examples in one batch, for 150 steps.


# %%
#| exercise: random_labels
def accuracy(model, x, y):
    """The fraction of examples that the model gets right, in evaluation mode.

    The model is left as it was: every part in the mode (training or evaluation) that it was in,
    the same parameters, buffers and gradients (.grad).

    Args:
        model: nn.Module, (N, features) to logits (N, C).
        x: float tensor (N, features).
        y: int64 tensor (N,).

    Returns:
        Python float in [0, 1].
    """
    # BEGIN SOLUTION
    modes = [(part, part.training) for part in model.modules()]
    model.eval()
    with torch.no_grad():
        right = (model(x).argmax(dim=1) == y).sum().item()
    for part, mode in modes:
        part.training = mode
    return right / len(y)
    # END SOLUTION


def fit_random_labels(x, y, seed):
    """Train a network until it knows all labels by heart, whether or not they make sense.

    Args:
        x: float32 tensor (N, features), N up to 300, features in [0, 1]; no two rows are alike.
        y: int64 tensor (N,), classes 0 ... 9.
        seed: int. The same seed gives the same network from the same data, another seed another
            one.

    Returns:
        nn.Module, trained on x and y in this call by gradient descent on its parameters: (M,
        features) to logits (M, 10). Its guess for an input that differs from a row of x by
        hardly anything (0.0001 in each feature) is the same: a table of rows is no network.
    """
    # BEGIN SOLUTION
    torch.manual_seed(seed)
    model = nn.Sequential(nn.Linear(x.shape[1], 256), nn.ReLU(), nn.Linear(256, 10)).to(x.device)
    opt = torch.optim.Adam(model.parameters(), lr=0.01)
    for _ in range(150):
        loss = F.cross_entropy(model(x), y)
        opt.zero_grad()
        loss.backward()
        opt.step()
    return model
    # END SOLUTION


# %% [markdown]
# **Compare.** The same training on true labels, on random ones, and on digits whose *pixels* are random:

# %%
digits = load_digits()
pixels = torch.as_tensor(digits.data / 16, dtype=torch.float32)
classes = torch.as_tensor(digits.target)
generator = torch.Generator().manual_seed(5)
order = torch.randperm(len(pixels), generator=generator)
some, others = order[:200], order[200:]
thrown = torch.randint(0, 10, (200,), generator=generator)
noise = torch.rand(200, 64, generator=generator)
cases = {
    "true labels": (pixels[some], classes[some]),
    "random labels": (pixels[some], thrown),
    "random pixels": (noise, thrown),
}
memorisers = {name: fit_random_labels(x, y, 0) for name, (x, y) in cases.items()}
known = [accuracy(memorisers[name], *data) for name, data in cases.items()]
unseen = [accuracy(model, pixels[others], classes[others]) for model in memorisers.values()]

figure, ax = plt.subplots(figsize=(6.5, 3), layout="constrained")
places = torch.arange(3)
both = ((-0.2, known, "training set", "tab:blue"), (0.2, unseen, "unseen digits", "tab:orange"))
for shift, heights, label, color in both:
    bars = ax.bar(places + shift, heights, width=0.38, label=label, color=color)
    ax.bar_label(bars, fmt="%.2f", fontsize=8, padding=3, bbox={"color": "white", "pad": 0.5})
ax.axhline(0.1, color="0.5", linestyle="--", label="guessing")
ax.set(title="Memorised three times, generalised once", ylabel="accuracy", ylim=(0, 1.3))
ax.set_xticks(places.tolist(), list(cases))
ax.legend(ncols=3, fontsize=8, loc="upper center")
plt.show()

# %% [markdown]
# Same network, same optimizer, same training accuracy. What differs is the data.
#
# **Explain.** A colleague shows you a training accuracy of 100 % and says that the model "has understood digits". And
# another says of the same number that it "must be overfitted". Who is right?

# %% [markdown]
# ## 4. No guarantee beyond the data
#
# Held-out digits are drawn like the training digits. What is true on them need not be true elsewhere. Move every
# image some columns to the right: a person hardly notices.
#
# **Predict.** The memoriser of true labels is right about most unseen digits. And when they are two columns further
# to the right?
#
# **Implement** with your `accuracy`.


# %%
#| exercise: beyond
def accuracy_when_shifted(model, x, y, shifts, side=8):
    """The model's accuracy on images that are moved to the right, for each of some distances.

    What leaves the image on the right is lost; zeros come in from the left. The model is left as
    it was.

    Args:
        model: nn.Module, (N, side * side) to logits (N, C).
        x: float tensor (N, side * side): images of side x side pixels, row by row. Not changed.
        y: int64 tensor (N,).
        shifts: list of ints, each from 0 to side: so many columns.
        side: height and width of an image.

    Returns:
        List of Python floats, one for each of shifts.
    """
    # BEGIN SOLUTION
    images = x.reshape(-1, side, side)
    results = []
    for columns in shifts:
        moved = torch.zeros_like(images)
        moved[:, :, columns:] = images[:, :, : side - columns]
        results.append(accuracy(model, moved.reshape(-1, side * side), y))
    return results
    # END SOLUTION


# %% [markdown]
# **Compare.**

# %%
shifts = [0, 1, 2, 3]
falling = accuracy_when_shifted(memorisers["true labels"], pixels[others], classes[others], shifts)
figure, axes = plt.subplots(1, 5, figsize=(9.5, 2.3), layout="constrained", width_ratios=[1, 1, 1, 1, 2])
example = pixels[others[0]].reshape(8, 8)
for ax, columns in zip(axes, shifts, strict=False):
    ax.imshow(F.pad(example, (columns, 0))[:, :8], cmap="gray_r")
    ax.set(title=f"moved by {columns}", xticks=[], yticks=[])
axes[4].plot(shifts, falling, "o-", color="tab:orange", label="unseen digits")
axes[4].axhline(0.1, color="0.5", linestyle="--", label="guessing")
axes[4].set(title="Accuracy", xlabel="columns to the right", ylabel="accuracy", ylim=(0, 1), xticks=shifts)
axes[4].legend(fontsize=8)
plt.show()

# %% [markdown]
# **Explain.** Is this overfitting? The gap between training and held-out data was small. Name two ways to do
# something about it, one on the side of the data and one on the side of the network.

# %% [markdown]
# ## 5. Keep training: grokking
#
# Train a network on a part of the table of $(a + b) \bmod p$. Soon it knows its part by heart, and it is as good
# as guessing on the rest. The training loss is near 0; nothing seems left to learn. Somebody forgets to switch the
# computer off (that is how Power and others tell it, 2022), and hundreds of steps later the network knows the rest
# as well. They called it **grokking**.
#
# The code is given. It needs weight decay, and patience.


# %%
def grok(modulus, width, steps, seed=0, every=5):
    """Training and held-out accuracy and loss on addition modulo a number, every so many steps."""
    generator = torch.Generator().manual_seed(seed)
    pairs = torch.cartesian_prod(torch.arange(modulus), torch.arange(modulus))
    x = F.one_hot(pairs, modulus).flatten(1).float().to(device)
    y = (pairs.sum(1) % modulus).to(device)
    order = torch.randperm(len(x), generator=generator)
    train_rows, held_rows = order[: int(0.7 * len(x))], order[int(0.7 * len(x)) :]
    torch.manual_seed(seed)
    layers = nn.Linear(2 * modulus, width, bias=False), nn.ReLU(), nn.Linear(width, modulus, bias=False)
    model = nn.Sequential(*layers).to(device)
    with torch.no_grad():
        for weight in model.parameters():
            weight.mul_(2)  # large first weights make memorising easy
    opt = torch.optim.AdamW(model.parameters(), lr=0.01, weight_decay=2.0, betas=(0.9, 0.98))
    history = []
    for step in range(1, steps + 1):
        opt.zero_grad()
        F.cross_entropy(model(x[train_rows]), y[train_rows]).backward()
        opt.step()
        if step % every == 0:
            with torch.no_grad():
                logits = model(x)
            right = (logits.argmax(1) == y).float()
            held_loss = F.cross_entropy(logits[held_rows], y[held_rows]).item()
            history.append((step, right[train_rows].mean().item(), right[held_rows].mean().item(), held_loss))
    return [list(column) for column in zip(*history, strict=True)]


grok_steps, grok_known, grok_unseen, grok_loss = grok(
    settings["modulus"], settings["grok_width"], settings["grok_steps"]
)
figure, (left, right) = plt.subplots(1, 2, figsize=(9.5, 3), layout="constrained")
left.plot(grok_steps, grok_known, color="tab:blue", label="training pairs")
left.plot(grok_steps, grok_unseen, color="tab:orange", label="held-out pairs")
left.set(title="Accuracy: memorised first, understood later", xlabel="step", ylabel="accuracy")
left.legend()
right.plot(grok_steps, grok_loss, color="tab:orange", label="held-out pairs")
right.axhline(math.log(settings["modulus"]), color="0.5", linestyle="--", label="guessing")
right.set(title="Loss: it rises before it falls", xlabel="step", ylabel="cross-entropy")
right.legend()
plt.show()

# %% [markdown]
# ### In words: keep training?
#
# Class notes advise: "Don't angst about overfitting; keep training."
#
# 1. Say in two or three sentences what happens in the left panel, with numbers. Why is it no contradiction that a model
#    has memorised its training set and yet generalises?
# 2. What does the right panel say to somebody who watches the held-out *loss* only, for the first hundred steps?
# 3. Name one situation in which you would follow the advice, and one in which you would not, with the reason.


# %% [markdown]
# <!-- exercise: keep_training -->
# On its 70 % of the table the network reaches 100 % after some 40 steps, while it is right about none of the
# held-out pairs; from about step 200 on the held-out accuracy climbs, to about 90 % at step 600. Memorising means
# no training error; many different functions have none, and which of them is found depends on weights, optimizer
# and regularisation. Weight decay goes on to prefer small weights after the training loss is near zero, and here
# the small solution is the one that adds. The held-out loss first rises far above guessing: whoever stops there
# ends with a model worse than guessing. I would keep training where there is enough data of low noise, the held-
# out metric is logged all the way and compute is cheap, as the cost of going on is only time. I would not where
# labels are noisy and few (section 9: the loss only rises), or where what is memorised is private.

# %% [markdown]
# ## 6. Reading learning curves
#
# Overfitting is the fear that everybody has. **Underfitting** is more common: the *training* loss is not good.
# The model may be too small, the learning rate too low, the steps too few, or the training may be broken (labels
# shuffled, an optimizer that holds other parameters). Before anything is done about overfitting, the training loss
# has to be low.
#
# **Implement** a first diagnosis. It is crude, and it is what you would say at a glance. The rules go in this order,
# and the first that applies decides. `E` is the number of epochs, "the last" is the value after the last epoch.
#
# | answer | rule |
# |---|---|
# | `"diverged"` | any loss, training or validation, is NaN or infinite, or the last training loss is above 2 * chance |
# | `"not learning"` | the last training loss is above 0.9 * chance |
# | `"stopped too early"` | the last training loss is above target, and below 0.9 times the one `E // 4` epochs before |
# | `"underfitting"` | the last training loss is above target |
# | `"overfitting"` | the last validation loss is above 1.1 times the smallest validation loss |
# | `"fine"` | none of these |


# %%
#| exercise: diagnose
def diagnose(train_losses, valid_losses, chance, target):
    """What two learning curves say, in one of six words (see the table).

    Args:
        train_losses: list of E >= 4 Python floats, the training loss after each epoch.
        valid_losses: list of E Python floats, the validation loss after each epoch.
        chance: the loss of guessing.
        target: a training loss that counts as good, below 0.9 * chance.

    Returns:
        "diverged", "not learning", "stopped too early", "underfitting", "overfitting" or "fine".

    >>> diagnose([2.3, 1.0, 0.4, 0.1], [2.3, 1.2, 1.0, 1.6], chance=2.3, target=0.3)
    'overfitting'
    """
    # BEGIN SOLUTION
    last = train_losses[-1]
    before = train_losses[-1 - len(train_losses) // 4]
    if not all(map(math.isfinite, [*train_losses, *valid_losses])) or last > 2 * chance:
        return "diverged"
    if last > 0.9 * chance:
        return "not learning"
    if last > target and last < 0.9 * before:
        return "stopped too early"
    if last > target:
        return "underfitting"
    if valid_losses[-1] > 1.1 * min(valid_losses):
        return "overfitting"
    return "fine"
    # END SOLUTION


# %% [markdown]
# **Compare.** Seven trainings on 300 digits, and what your function says about each. Do you agree?


# %%
def curves(x, y, x_val, y_val, width, lr, epochs, frozen=False):
    """Training and validation losses of a small network, one step of Adam on all examples in each epoch."""
    torch.manual_seed(1)
    model = nn.Sequential(nn.Linear(64, width), nn.ReLU(), nn.Linear(width, 10))
    owned = copy.deepcopy(model) if frozen else model  # frozen: the optimizer holds a copy, and the model never moves
    opt = torch.optim.Adam(owned.parameters(), lr=lr)
    train_losses, valid_losses = [], []
    for _ in range(epochs):
        opt.zero_grad()
        for parameter in model.parameters():
            parameter.grad = None
        F.cross_entropy(model(x), y).backward()
        opt.step()
        with torch.no_grad():
            train_losses.append(F.cross_entropy(model(x), y).item())
            valid_losses.append(F.cross_entropy(model(x_val), y_val).item())
    return train_losses, valid_losses


few, more = order[:300], order[300:800]
wrong = classes[few].clone()
wrong[:60] = (wrong[:60] + 1) % 10
data = pixels[few], classes[few], pixels[more], classes[more]
with_wrong = pixels[few], wrong, pixels[more], classes[more]
trainings = {
    "width 64, rate 0.01, 100 epochs": curves(*data, width=64, lr=0.01, epochs=100),
    "a fifth of the labels wrong": curves(*with_wrong, width=256, lr=0.01, epochs=200),
    "width 1": curves(*data, width=1, lr=0.02, epochs=200),
    "20 epochs": curves(*data, width=64, lr=0.01, epochs=20),
    "rate 0.00001": curves(*data, width=64, lr=0.00001, epochs=100),
    "optimizer holds a copy": curves(*data, width=64, lr=0.01, epochs=100, frozen=True),
    "rate 10": curves(*data, width=64, lr=10.0, epochs=25),
}
figure, axes = plt.subplots(2, 4, figsize=(11, 4.6), layout="constrained")
for ax, (name, (train_losses, valid_losses)) in zip(axes.flat, trainings.items(), strict=False):
    verdict = diagnose(train_losses, valid_losses, math.log(10), 0.15)
    ax.plot(train_losses, color="tab:blue", label="training")
    ax.plot(valid_losses, color="tab:orange", linestyle="-.", label="validation")
    ax.axhline(math.log(10), color="0.5", linestyle="--", label="guessing")
    ax.set_title(f"{name}\n{verdict}", fontsize=9)
    ax.set(xlabel="epoch", ylabel="loss", ylim=(0, 3))
    if verdict == "diverged":
        ax.set_yscale("log")
        ax.autoscale(axis="y")
handles, labels = axes[0, 0].get_legend_handles_labels()
axes[1, 3].set_axis_off()
axes[1, 3].legend(handles, labels, loc="center")
figure.suptitle("Learning curves, and a diagnosis")
plt.show()

# %% [markdown]
# **Explain.** Two of the trainings look alike and have different causes. Which look would tell them apart: the
# gradients, the weights before and after a step, or a training on ten examples only?

# %% [markdown]
# ### In words: mend a sentence
#
# A glossary explains overfitting so: *"The training loss decreases but the test loss increases on the validation
# set."* Something is mixed up in it.
#
# Say what is wrong with the sentence, and write a correct one. Then say for each of the three sets what it is used for,
# and what goes wrong when the test set is used to decide when to stop.


# %% [markdown]
# <!-- exercise: mend_sentence -->
# A loss belongs to the set on which it is computed: there is no test loss on the validation set. Mended: "The
# training loss goes on falling while the validation loss rises." (That is a symptom; the definition is that what
# is gained on the training set is lost on unseen data.) The training set gives gradients, the validation set
# decisions (when to stop, how much dropout), the test set one figure at the end. When the test set decides when
# to stop, the best of many epochs was picked by it: its figure is then too good, and nothing is left that could
# tell how much too good.

# %% [markdown]
# ## 7. Weight decay
#
# The oldest regulariser adds $\tfrac{\lambda}{2} \sum w^2$ to the loss; its gradient is $\lambda w$, a pull towards
# zero. Biases are usually left alone: they shift a function and do not make it steeper. So are the gains of
# normalisation layers. Both are vectors, so a simple rule does: **decay parameters of two or more dimensions, and no
# others**.
#
# **Predict.** With plain SGD, is the penalty in the loss the same as the optimizer's `weight_decay`? (With Adam it is
# not: its step divides the gradient, so that the pull is divided as well. AdamW keeps the two apart.)
#
# **Implement** both forms.


# %%
#| exercise: weight_decay
def l2_penalty(model, strength):
    """strength / 2 times the sum of the squares of all weights: parameters of two or more
    dimensions, frozen or not.

    Args:
        model: nn.Module with at least one such parameter.
        strength: float, lambda.

    Returns:
        0-d tensor, differentiable with respect to the weights.

    >>> layer = nn.Linear(2, 1)
    >>> with torch.no_grad():
    ...     _ = layer.weight.fill_(3.0), layer.bias.fill_(100.0)
    >>> l2_penalty(layer, 0.1).item()
    0.9000000357627869
    """
    # BEGIN SOLUTION
    return strength / 2 * sum((p**2).sum() for p in model.parameters() if p.ndim >= 2)
    # END SOLUTION


def parameter_groups(model, weight_decay):
    """Groups for an optimizer of torch's, such that weights decay and all other parameters do
    not.

    Args:
        model: nn.Module. Parameters that do not require a gradient are in neither group.
        weight_decay: float.

    Returns:
        List of two dicts with the keys "params" (list of the model's own parameters, each once)
        and "weight_decay": first the parameters of two or more dimensions with weight_decay,
        then the others with 0.0. Two also where one of the lists is empty.
    """
    # BEGIN SOLUTION
    trained = [p for p in model.parameters() if p.requires_grad]
    return [
        {"params": [p for p in trained if p.ndim >= 2], "weight_decay": weight_decay},
        {"params": [p for p in trained if p.ndim < 2], "weight_decay": 0.0},
    ]
    # END SOLUTION


# %% [markdown]
# **Compare.** One step of SGD with the penalty in the loss, and one with the groups:

# %%
torch.manual_seed(0)
first = nn.Sequential(nn.Linear(5, 8), nn.LayerNorm(8), nn.ReLU(), nn.Linear(8, 3))
second = copy.deepcopy(first)
x_some, y_some = torch.randn(10, 5), torch.randint(0, 3, (10,))
opt = torch.optim.SGD(first.parameters(), lr=0.1)
(F.cross_entropy(first(x_some), y_some) + l2_penalty(first, 0.5)).backward()
opt.step()
opt = torch.optim.SGD(parameter_groups(second, 0.5), lr=0.1)
F.cross_entropy(second(x_some), y_some).backward()
opt.step()
apart = max((a - b).abs().max().item() for a, b in zip(first.parameters(), second.parameters(), strict=True))
print(f"largest difference of the two after a step: {apart:.0e}")

# %% [markdown]
# **Explain.** What does decaying the gain of a LayerNorm do to the layer behind it? And why is ridge regression of
# section 2 the same idea?

# %% [markdown]
# ## 8. Dropout
#
# In training, drop each hidden value with probability $p$, anew in every pass: no unit can rely on a particular
# other one. In evaluation, use all of them. So that the next layer gets values of the same size in both, what is
# kept is divided by $1 - p$ in training (**inverted dropout**).
#
# **Predict.** What is the mean of `dropout(torch.ones(1000000), 0.8)`? And its largest element?
#
# **Implement** it. Not allowed: torch's own dropout in all its forms.


# %%
#| exercise: dropout
def dropout(x, p, training=True, generator=None):
    """Inverted dropout.

    Args:
        x: float tensor of any shape. Not changed.
        p: probability that an element is dropped, 0 <= p <= 1.
        training: False: the result has the values of x, and nothing is drawn.
        generator: torch.Generator on x's device, from which everything is drawn; None: torch's
            global generator.

    Returns:
        Tensor of x's shape and dtype. In training each element is, independently of all others
        and of earlier calls, 0 with probability p, and x / (1 - p) otherwise; with p = 1 all are
        0. Gradients flow to what was kept.

    Raises:
        ValueError: p is not in [0, 1], in training or not.

    >>> dropout(torch.ones(6), 0.5, generator=torch.Generator().manual_seed(0)).unique()
    tensor([0., 2.])
    """
    # BEGIN SOLUTION
    if not 0 <= p <= 1:
        raise ValueError(f"p is a probability, not {p}")
    if not training:
        return x
    keep = torch.rand(x.shape, generator=generator, device=x.device) >= p
    return x * keep * (1 / (1 - p) if p < 1 else 0.0)
    # END SOLUTION


# %% [markdown]
# **Compare.** Masks of a batch of 12 rows (examples) and 40 units at several rates, drawn by your function, and what
# becomes of the mean:

# %%
figure, axes = plt.subplots(1, 3, figsize=(9.5, 2.4), layout="constrained")
for ax, p in zip(axes, (0.2, 0.5, 0.8), strict=True):
    masked = dropout(torch.ones(12, 40), p, generator=torch.Generator().manual_seed(1))
    picture = ax.imshow(masked, cmap="Blues", vmin=0, vmax=5, aspect="auto")
    ax.set(title=f"p = {p}: kept values are {masked.max():g}", xlabel="unit")
    ax.set_yticks([0, 4, 8])
axes[0].set_ylabel("example")
figure.colorbar(picture, ax=axes, label="value of a one")
plt.show()
ones = torch.ones(1_000_000)
for p in (0.2, 0.5, 0.8):
    print(f"p = {p}: mean {dropout(ones, p, generator=torch.Generator().manual_seed(2)).mean():.3f}")

# %% [markdown]
# **Explain.** Why is the training loss, measured with dropout on, above the validation loss in many plots? Is that
# a bug?

# %% [markdown]
# ## 9. Early stopping: when it helps, and when it hurts
#
# Watch the loss on the validation set. When it has not improved for `patience` epochs, stop, and go back to the weights
# that were the best. "Go back" is where most home-made versions fail: `model.state_dict()` hands out *the tensors
# themselves*, and the optimizer goes on writing into them. What you keep has to be a copy.
#
# **Predict.** `kept = model.state_dict()`, ten steps of training, `model.load_state_dict(kept)`. What has changed?
#
# **Implement** the stopper, and `stop_or_go_on`, which takes a whole validation curve and says whether stopping
# would have been a good idea.


# %%
#| exercise: early_stopping
class EarlyStopper:
    """Watches the validation loss, says when to stop, and keeps a copy of the best weights.

    Args:
        patience: how many epochs in a row without improvement are borne, 1 or more.
        min_delta: a loss is an improvement if it is smaller than best_loss - min_delta. NaN
            never is.

    Attributes:
        best_loss: the loss at the last improvement; infinity at the start.
        best_epoch: which call of step that was, counted from 1; 0 at the start.
    """

    def __init__(self, patience, min_delta=0.0):
        # BEGIN SOLUTION
        self.patience = patience
        self.min_delta = min_delta
        self.best_loss = math.inf
        self.best_epoch = 0
        self._epoch = 0
        self._state = None
        # END SOLUTION

    def step(self, val_loss, model=None):
        """Take note of an epoch.

        Args:
            val_loss: Python float.
            model: nn.Module. After an improvement its whole state (parameters and buffers) is
            copied. The model is left
                as it is. None: nothing is copied.

        Returns:
            True if the last improvement is `patience` epochs ago or more (without any
            improvement: if `patience` epochs have passed), else False.
        """
        # BEGIN SOLUTION
        self._epoch += 1
        if val_loss < self.best_loss - self.min_delta:
            self.best_loss = val_loss
            self.best_epoch = self._epoch
            if model is not None:
                self._state = {name: value.detach().clone() for name, value in model.state_dict().items()}
        return self._epoch - self.best_epoch >= self.patience
        # END SOLUTION

    def restore(self, model):
        """Write the state that was copied last back into the model's own parameters and buffers.

        Optimizers over these parameters go on working, and restore may be called again later.

        Raises:
            RuntimeError: no state was ever copied.
        """
        # BEGIN SOLUTION
        if self._state is None:
            raise RuntimeError("nothing to restore: no epoch has improved")
        model.load_state_dict(self._state)
        # END SOLUTION


def stop_or_go_on(val_losses, patience, min_delta=0.0):
    """What early stopping would have done to a training whose whole validation curve is known.

    Args:
        val_losses: list of Python floats, at least one, all finite: the validation loss after
            each epoch.
        patience: of the EarlyStopper.
        min_delta: of the EarlyStopper.

    Returns:
        (epochs, kept, verdict): after how many epochs training ends (all of them if it is never
        stopped); the stopper's best_loss then; and "helps" if kept is below the last loss of the
        whole curve, "hurts" if it is above, "same" if they are equal.

    >>> stop_or_go_on([1.0, 0.5, 0.6, 0.7, 0.2], patience=2)
    (4, 0.5, 'hurts')
    """
    # BEGIN SOLUTION
    stopper = EarlyStopper(patience, min_delta)
    for epochs, loss in enumerate(val_losses, start=1):
        if stopper.step(loss):
            break
    kept, last = stopper.best_loss, val_losses[-1]
    return epochs, kept, "helps" if kept < last else "hurts" if kept > last else "same"
    # END SOLUTION


# %% [markdown]
# **Compare.** Two curves that you have seen: the digits with wrong labels (section 6), and addition (section 5). The
# same patience, the opposite verdict:

# %%
noisy_curve = trainings["a fifth of the labels wrong"][1]
figure, axes = plt.subplots(1, 2, figsize=(9.5, 3), layout="constrained")
both = (
    ("300 digits, a fifth of the labels wrong", "epoch", noisy_curve),
    ("addition, grokking", "evaluation, one every 5 steps", grok_loss),
)
for ax, (name, unit, curve) in zip(axes, both, strict=True):
    stopped, kept, verdict = stop_or_go_on(curve, patience=15)
    ax.plot(range(1, len(curve) + 1), curve, color="tab:orange", label="validation loss")
    ax.axvline(stopped, color="0.5", linestyle="--", label="stopped here")
    ax.plot(curve.index(kept) + 1, kept, "o", color="tab:green", label=f"kept: {kept:.2f}; last: {curve[-1]:.2f}")
    ax.set(title=f"{name}:\nearly stopping {verdict}", xlabel=unit, ylabel="loss")
    ax.legend(fontsize=8)
plt.show()

# %% [markdown]
# ### In words: does early stopping help or hurt?
#
# A glossary recommends early stopping as a remedy against overfitting. Class notes warn that early stopping may
# hurt, because of double descent. Both are right.
#
# 1. Use the two curves above to say when each is right.
# 2. You have one training run that takes a day. How do you decide whether to stop, and what do you keep on disk so that
#    you need not regret it?
# 3. In section 2 nothing was stopped, yet a ridge removed the peak. What have ridge, weight decay and early stopping in
#    common?


# %% [markdown]
# <!-- exercise: stop_or_not -->
# With few examples and wrong labels the network first learns what the labels have in common and then the wrong
# ones: the validation loss has one minimum, and stopping there (with the best weights restored) helps. In
# addition the held-out loss rises while the table is memorised and falls again when the rule is found; a stopper
# with a patience of 15 ends long before, and hurts. The curve up to now does not say which of the two it is. So I
# would keep copies of the best weights on disk and let the run go on as long as the budget allows, or choose a
# patience longer than the rise that I know from smaller runs; label noise and little data speak for stopping,
# clean data and weight decay for going on. All three keep the weights small or near where they began: of the many
# functions that fit, a smoother one is chosen.

# %% [markdown]
# ## 10. Few digits, wrong labels
#
# Now put it together. 150 digits to train on, and for a fifth of them the label is wrong. Trained to the end, a network
# learns the wrong labels by heart, and pays for it on the others.
#
# **Implement** the training. `Linear(64, 128)`, ReLU, dropout with p = 0.5, `Linear(128, 10)`, Adam at 0.01 with all
# 150 in one batch, and an `EarlyStopper` on the validation loss with a patience of 30 reach the thresholds in a
# quarter of a second; find your own if you like. Each epoch is trained in training mode (or dropout does nothing), and
# ends with the validation loss in evaluation mode. The validation set has clean labels. Use it to decide when to stop,
# **not to train on**: a check looks for that.
#
# The check trains with its own seed, on the digits below with the 64 pixels shuffled and the classes renamed,
# and judges by more than a thousand held-out digits. Full marks: an accuracy of at least .84 and a loss of at most .66.
# Below an accuracy of .76, or above a loss of .90: none (training to the end gives about .74 and 1.4). In between: in
# proportion.


# %%
#| exercise: train
def train(x, y, x_val, y_val, seed, width=128, epochs=250):
    """Train a classifier of 10 classes on few examples with some wrong labels.

    Args:
        x: float32 tensor (N, 64), pixels in [0, 1]. Not changed.
        y: int64 tensor (N,), classes 0 ... 9; some of them are wrong.
        x_val: float32 tensor (M, 64), for validation.
        y_val: int64 tensor (M,), right labels. Never trained on.
        seed: int. The same seed gives the same network from the same data, another seed another
            one.
        width: hidden units.
        epochs: the largest number of epochs, 1 or more.

    Returns:
        (model, val_losses): the trained nn.Module, (B, 64) to logits (B, 10), with its state
        after the epoch that had the smallest validation loss; and the validation loss (mean
        cross-entropy, in evaluation mode) after each epoch that was run, a list of Python floats.
    """
    # BEGIN SOLUTION
    torch.manual_seed(seed)
    layers = nn.Linear(64, width), nn.ReLU(), nn.Dropout(0.5), nn.Linear(width, 10)
    model = nn.Sequential(*layers).to(x.device)
    opt = torch.optim.Adam(model.parameters(), lr=0.01)
    stopper = EarlyStopper(patience=30)
    val_losses = []
    for _ in range(epochs):
        model.train()
        loss = F.cross_entropy(model(x), y)
        opt.zero_grad()
        loss.backward()
        opt.step()
        model.eval()
        with torch.no_grad():
            val_losses.append(F.cross_entropy(model(x_val), y_val).item())
        if stopper.step(val_losses[-1], model):
            break
    stopper.restore(model)
    return model, val_losses
    # END SOLUTION


# %% [markdown]
# **Compare** with the same network trained to the end, without any of the tools:

# %%
generator = torch.Generator().manual_seed(0)
order = torch.randperm(len(pixels), generator=generator)
train_rows, val_rows, held_rows = order[:150], order[150:300], order[300:]
noisy = classes[train_rows].clone()
noisy[:30] = (noisy[:30] + torch.randint(1, 10, (30,), generator=generator)) % 10
batch = [part.to(device) for part in (pixels[train_rows], noisy, pixels[val_rows], classes[val_rows])]
x_held, y_held = pixels[held_rows].to(device), classes[held_rows].to(device)
model, val_losses = train(*batch, seed=0, width=settings["width"])
plain = curves(pixels[train_rows], noisy, pixels[val_rows], classes[val_rows], width=128, lr=0.01, epochs=250)
plain_losses = plain[1]
memoriser = fit_random_labels(batch[0], batch[1], 0)
print(f"with the tools: held-out accuracy {accuracy(model, x_held, y_held):.3f}")
print(f"trained to the end: held-out accuracy {accuracy(memoriser, x_held, y_held):.3f}")

figure, ax = plt.subplots(figsize=(6.5, 3), layout="constrained")
ax.plot(plain_losses, color="tab:red", label="to the end, no regularisation")
ax.plot(val_losses, color="tab:green", label="dropout and early stopping")
ax.plot(val_losses.index(min(val_losses)), min(val_losses), "o", color="tab:green", label="weights that are kept")
ax.set(title="150 digits, a fifth of the labels wrong", xlabel="epoch", ylabel="validation loss")
ax.legend(fontsize=8)
plt.show()

# %% [markdown]
# **Explain.** Which of the two did more, dropout or early stopping? Switch one off and see. How often may you do that
# before the validation set is used up?

# %% [markdown]
# ## 11. What memorising costs: a canary
#
# A language model that memorises may give away what it has read: "Phone... SSN:", and it goes on with somebody's
# number. To find out, put a secret into the training text yourself, a **canary**, and try to get it out again (Carlini
# and others, 2019). Here the model is the smallest language model there is, counts of **n-grams**: how often each
# character followed each context of n - 1 characters.
#
# $$\log P(\text{continuation} \mid \text{prompt}) =
# \sum_i \log \frac{\text{count}(\text{context}_i, c_i) + \alpha}{\text{count}(\text{context}_i) + \alpha V}$$
#
# with $V$ different characters and a little $\alpha$, so that nothing is impossible. How much a secret is memorised is
# its **exposure**: its rank among all secrets that might have been, in bits,
#
# $$\text{exposure} = \log_2 |\text{candidates}| - \log_2 \text{rank}.$$
#
# **Predict.** 1,000 possible secrets, and the model prefers ours to all others: how many bits? And if it knew nothing
# of it, about how many?
#
# **Implement** the model, the extraction and the measure.


# %%
#| exercise: canary
def ngram_counts(text, n):
    """How often each character follows each context of n - 1 characters.

    Args:
        text: str.
        n: 1 or more.

    Returns:
        Dict from context (str of n - 1 characters) to dict from character to int, with what
        occurs in text and nothing else. A plain dict or any kind of it.

    >>> ngram_counts("abab", 2)
    {'a': {'b': 2}, 'b': {'a': 1}}
    """
    # BEGIN SOLUTION
    counts = {}
    for i in range(len(text) - n + 1):
        followers = counts.setdefault(text[i : i + n - 1], {})
        character = text[i + n - 1]
        followers[character] = followers.get(character, 0) + 1
    return counts
    # END SOLUTION


def complete(counts, n, prompt, length):
    """Go on after the prompt, one character at a time, always with the most frequent one.

    Args:
        counts: as ngram_counts(text, n) gives it, in plain dicts too. Not changed, neither here
            nor below.
        n: as there.
        prompt: str of at least n - 1 characters.
        length: how many characters to add.

    Returns:
        Str: what is added, without the prompt. Among characters that are equally frequent, the
            smallest (as Python
        compares strings). Shorter than length only if a context comes up that is not in counts:
        there it ends.

    >>> complete(ngram_counts("abab", 2), 2, "xa", 3)
    'bab'
    """
    # BEGIN SOLUTION
    text = prompt
    while len(text) < len(prompt) + length:
        followers = counts.get(text[len(text) - n + 1 :])
        if not followers:
            break
        text += min(followers, key=lambda character: (-followers[character], character))
    return text[len(prompt) :]
    # END SOLUTION


def log_probability(counts, n, prompt, continuation, n_symbols, alpha=0.01):
    """Natural logarithm of the probability of the continuation after the prompt, by the formula
    above.

    Args:
        counts: as ngram_counts(text, n) gives it, in plain dicts too.
        n: as there.
        prompt: str of at least n - 1 characters.
        continuation: str; its characters become context for those that follow. Contexts and
            characters may be unknown to counts.
        n_symbols: V.
        alpha: above 0.

    Returns:
        Python float.

    >>> round(log_probability({"a": {"b": 2}}, 2, "a", "b", n_symbols=2, alpha=1.0), 4)
    -0.2877
    """
    # BEGIN SOLUTION
    text, total = prompt, 0.0
    for character in continuation:
        followers = counts.get(text[len(text) - n + 1 :], {})
        total += math.log((followers.get(character, 0) + alpha) / (sum(followers.values()) + alpha * n_symbols))
        text += character
    return total
    # END SOLUTION


def exposure(counts, n, prompt, secret, candidates, n_symbols, alpha=0.01):
    """How much of the secret the model gives away, in bits.

    The secret's rank is the number of candidates, the secret itself included, whose
    log_probability after the prompt is at least the secret's minus 1e-9 (less is rounding). So
    equals count against it: a model that cannot tell the candidates apart gives 0 bits away.

    Args:
        counts, n, prompt, n_symbols, alpha: as for log_probability.
        secret: str, one of candidates.
        candidates: list of str, all secrets that might have been.

    Returns:
        Python float: log2(number of candidates) - log2(rank).
    """
    # BEGIN SOLUTION
    own = log_probability(counts, n, prompt, secret, n_symbols, alpha)
    others = [log_probability(counts, n, prompt, other, n_symbols, alpha) for other in candidates]
    rank = sum(other >= own - 1e-9 for other in others)
    return math.log2(len(candidates)) - math.log2(rank)
    # END SOLUTION


# %% [markdown]
# **Compare.** 400 invented messages full of numbers, and among them, once, a number that should not be there:

# %%
names = ("Ada", "Ben", "Cleo", "Dan", "Eva", "Finn")
things = ("the room", "the order", "the bus", "my table", "the train")
draw = random.Random(0)
messages = [f"{draw.choice(names)} says {draw.choice(things)} is {draw.randrange(1000):03d}. " for _ in range(400)]
candidates = [f"{number:03d}" for number in range(1000)]
prompt, secret = "the code of the safe is ", "281"
exposures = {}
for n in (2, 4, 6, 8):
    exposures[n] = []
    for times in (0, 1, 2, 4, 8, 16):
        text = "".join(messages[:200]) + (prompt + secret + ". ") * times + "".join(messages[200:])
        symbols = len(set(text + prompt))
        exposures[n].append(exposure(ngram_counts(text, n), n, prompt, secret, candidates, symbols))
        if times == 1:
            print(f"n = {n}, seen once: {prompt!r} -> {complete(ngram_counts(text, n), n, prompt, 3)!r}")

figure, ax = plt.subplots(figsize=(6.5, 3), layout="constrained")
for n, bits in exposures.items():
    ax.plot(range(6), bits, "o-", label=f"n = {n}")
ax.axhline(math.log2(1000), color="0.5", linestyle="--", label="given away: log2(1000)")
ax.set(title="Exposure of a secret of three digits", xlabel="times in the training text", ylabel="bits")
ax.set_xticks(range(6), ["0", "1", "2", "4", "8", "16"])
ax.legend(fontsize=8)
plt.show()

# %% [markdown]
# **Explain.** Does this model overfit, by its loss on held-out messages? Would early stopping have kept the secret?
#
# ### In words: your text, their number
#
# A company wants to fine-tune a language model on its support mails, and to offer it to all customers. In the mails
# stand names, telephone numbers and social security numbers.
#
# 1. What do your measurements say about how often a number has to occur before a model gives it away, and about the
#    size of the context that a model can use?
# 2. The company says: "The validation loss is fine, so it has not memorised anything." Answer in two sentences.
# 3. Name two measures, one before training and one after, and what each of them does not prevent.


# %% [markdown]
# <!-- exercise: canary_and_pii -->
# Once is enough if the context is long enough: with n = 8 the secret that stands there once is ranked first of
# 1,000, and greedy completion gives it out; with n = 4 it takes four times, with n = 2 eight, since there the
# context is shared with other numbers. A larger model has a far longer context, so it is the dangerous case. The
# validation loss is a mean over ordinary text: one memorised line moves it by nothing, and memorising and
# generalising go together (sections 3 and 5). Before training: find and replace numbers and names, and remove
# duplicates; that misses what no pattern describes ("my daughter at the school in ..."). After training: put
# canaries in and measure their exposure, filter outputs; the first tells of a risk and does not remove it, the
# second misses rephrasing. (Training with differential privacy bounds what one mail can change, and costs
# accuracy.)

# %% [markdown]
# ## Further: real data
#
# The same memorising network on Fashion-MNIST, where there is a network to fetch it. Off as it stands.

# %%
REAL_DATA = False
if REAL_DATA:
    from autograder.datasets import fashion_mnist

    x_real, y_real, x_real_test, y_real_test = fashion_mnist()
    x_real, x_real_test = x_real.flatten(1), x_real_test.flatten(1)
    for name, labels in (("true", y_real[:300]), ("random", torch.randint(0, 10, (300,)))):
        network = fit_random_labels(x_real[:300], labels, 0)
        print(name, accuracy(network, x_real[:300], labels), accuracy(network, x_real_test, y_real_test))

# %% [markdown]
# ## To think about
#
# 1. In section 2 the test targets have no noise. Draw in your mind what the red curve does if they have. Does the
#    order of the models change?
# 2. Memorising three random labels of ten thousand costs a network little, and it may be the price for knowing rare
#    cases. How would you tell a rare case from a wrong label?
# 3. Early stopping looks at the validation set after every epoch. After 1,000 epochs, how far can its best validation
#    loss be trusted as an estimate for the test set?
# 4. Data augmentation (moved images, for section 4) is regularisation as well. Which of the definitions at the top
#    does it fit?
#
# ## What to read next
#
# - Zhang, Bengio, Hardt, Recht, Vinyals, *Understanding deep learning requires rethinking generalization* (2017).
# - Belkin, Hsu, Ma, Mandal, *Reconciling modern machine-learning practice and the classical
#   bias-variance trade-off* (2019).
# - Nakkiran, Kaplun, Bansal, Yang, Barak, Sutskever, *Deep double descent: where bigger models and more data
#   hurt* (2020).
# - Power, Burda, Edwards, Babuschkin, Misra, *Grokking: generalization beyond overfitting on small algorithmic
#   datasets* (2022).
# - Srivastava, Hinton, Krizhevsky, Sutskever, Salakhutdinov, *Dropout: a simple way to prevent neural networks from
#   overfitting* (2014).
# - Loshchilov, Hutter, *Decoupled weight decay regularization* (2019).
# - Prechelt, *Early stopping - but when?* (1998).
# - Carlini, Liu, Erlingsson, Kos, Song, *The secret sharer: evaluating and testing unintended memorization in neural
#   networks* (2019).
