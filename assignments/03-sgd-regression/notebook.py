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
# # 03 · Regression by stochastic gradient descent
#
# A model is a formula with open places, its **parameters** (or weights). Training fills them in from data. This
# notebook takes the two smallest models there are, a straight line and a weighted vote, and with them goes once through
# everything that trains networks of billions of weights:
#
#     data ──► loss, a function of the weights ──► gradient: which way is up ──► a step down
#                        ▲                                                            │
#                        └───────────── new weights, the next few examples ◄──────────┘
#
# | symbol | meaning | shape |
# |---|---|---|
# | `N`, `D` | examples; features of an example | |
# | `X`, `y` | inputs, targets | `(N, D)`, `(N,)` |
# | `w`, `b` | weights and bias: the prediction of an example is `x @ w + b` | `(D,)`, `()` |
# | `lr` | learning rate, η in formulas | a Python float |
#
# Each section goes the same way: **predict** on paper, **implement**, **compare** with torch, **explain**. Nobody
# grades the predictions and explanations; the two written questions near the end are graded by a person.
#
# Gradients are worked out by hand here, except where a section says otherwise. From assignment 05 on, backpropagation
# computes them; it pays to have seen what it computes.

# %%
from autograder import check

# %%
import math

import matplotlib.pyplot as plt
import numpy as np
import torch
import torch.nn.functional as F
from sklearn.datasets import load_breast_cancer
from sklearn.model_selection import train_test_split

# %% [markdown]
# The sizes of the larger experiments. A GPU takes more data; the code stays the same.

# %%
profile = "gpu" if torch.cuda.is_available() else "cpu"
SETTINGS = {
    "cpu": {"device": "cpu", "examples": 1000, "features": 20, "batches": (1000, 32, 1), "epochs": 5},
    "gpu": {"device": "cuda", "examples": 200_000, "features": 200, "batches": (200_000, 4096, 256), "epochs": 5},
}[profile]

# %% [markdown]
# ## 1. The loss is a function of the weights
#
# A **loss function** says how far predictions are from the truth: zero where all is right, larger the worse it gets,
# and continuous, so that a small change of the weights changes it a little. It is the *average* over a data set, so
# that its size does not depend on how many examples there are. For a line $\hat y = wx + b$ and the squared error:
#
# $$L(w, b) = \frac1N \sum_{i=1}^{N} (w x_i + b - y_i)^2$$
#
# The data are written inside, but they stand still. What varies in training is $w$ and $b$: every pair of numbers has a
# height, and all of them together are a landscape, the **loss surface**.
#
# **Predict.** All $x_i$ are 0. What does the landscape look like?
#
# **Implement** the heights on a grid of slopes and intercepts, without a Python loop: give each axis (slope, intercept,
# example) a dimension of its own, broadcast, and take the mean over the examples.


# %%
#| exercise: loss_surface
def loss_surface(slopes, intercepts, x, y):
    """The mean squared error of the line slope * x + intercept, for each slope and intercept.

    By broadcasting alone: no Python loop, also none in a comprehension, and no vmap.

    Args:
        slopes: float tensor (A,).
        intercepts: float tensor (B,).
        x: float tensor (N,), one feature.
        y: float tensor (N,), targets.

    Returns:
        Tensor (A, B) of the same dtype: entry [i, j] is the loss of slopes[i] and intercepts[j].

    >>> x = torch.tensor([1.0, 2.0])
    >>> loss_surface(torch.tensor([0.0, 1.0]), torch.tensor([0.0]), x, x)
    tensor([[2.5000],
            [0.0000]])
    """
    # BEGIN SOLUTION
    predictions = slopes[:, None, None] * x + intercepts[:, None]
    return (predictions - y).square().mean(dim=-1)
    # END SOLUTION


# %% [markdown]
# **Look** at the landscape of forty points near a line. The figure comes after section 3, with your own path on it;
# here are its lowest grid point and the line that made the points.

# %%
generator = torch.Generator().manual_seed(1)
line_x = 2 * torch.rand(40, generator=generator) + 0.5
line_y = 1.5 * line_x - 1 + 0.3 * torch.randn(40, generator=generator)
slopes, intercepts = torch.linspace(-0.5, 3, 71), torch.linspace(-3.5, 1.5, 101)
surface = loss_surface(slopes, intercepts, line_x, line_y)
row, column = divmod(surface.argmin().item(), len(intercepts))
print("the points were made with slope 1.5 and intercept -1")
print(f"lowest grid point: slope {slopes[row]:.2f}, intercept {intercepts[column]:.2f}, loss {surface.min():.3f}")

# %% [markdown]
# **Explain.** A grid of 100 values for each weight needs $100^2$ losses here. How many for a network of 2,000 weights?

# %% [markdown]
# ## 2. Which way is up: the gradient
#
# The gradient holds one slope for each weight: how fast the loss rises when that weight alone grows. With the residuals
# $r_i = x_i \cdot w + b - y_i$:
#
# $$L = \frac1N \sum_i r_i^2, \qquad \frac{\partial L}{\partial w_j} = \frac2N \sum_i r_i\, x_{ij}, \qquad
# \frac{\partial L}{\partial b} = \frac2N \sum_i r_i$$
#
# Read the middle one aloud: *how wrong, times how much this feature had to do with it, on average*.
#
# **Predict.** Which shapes have $r$, and the two gradients? Which matrix product does the sum over $i$?
#
# **Implement** all three in closed form: no autograd here (no `backward`, `torch.autograd`, `torch.func`).
#
# There is one trap. If `y` comes as a column `(N, 1)`, as it does out of many files, `X @ w + b - y` has the shape
# `(N, N)`: no error, and a loss that even falls. Refuse it.


# %%
#| exercise: mse_loss_and_grad
def mse_loss_and_grad(w, b, X, y):
    """The mean squared error of X @ w + b, and its gradient, in closed form.

    Args:
        w: float tensor (D,).
        b: float tensor ().
        X: float tensor (N, D), at least one row.
        y: float tensor (N,).

    Returns:
        (loss, gw, gb): tensors of shapes (), (D,) and (), of the dtype of X. Nothing that came
        in is changed.

    Raises:
        ValueError: y has another shape than (N,).

    >>> X = torch.tensor([[1.0, 0.0], [0.0, 2.0]])
    >>> mse_loss_and_grad(torch.tensor([1.0, 1.0]), torch.tensor(0.0), X, torch.tensor([0.0, 0.0]))
    (tensor(2.5000), tensor([1., 4.]), tensor(3.))
    """
    # BEGIN SOLUTION
    if y.shape != X.shape[:1]:
        raise ValueError(f"y has shape {tuple(y.shape)}, and should have {tuple(X.shape[:1])}")
    residuals = X @ w + b - y
    return residuals.square().mean(), 2 * X.T @ residuals / len(X), 2 * residuals.mean()
    # END SOLUTION


# %% [markdown]
# **Compare** with autograd, which knows nothing of the formula:

# %%
generator = torch.Generator().manual_seed(2)
X_small, y_small = torch.randn(8, 3, generator=generator), torch.randn(8, generator=generator)
w_small, b_small = torch.randn(3, generator=generator), torch.tensor(0.5)
loss, gw, gb = mse_loss_and_grad(w_small, b_small, X_small, y_small)
leaves = w_small.clone().requires_grad_(), b_small.clone().requires_grad_()
theirs = torch.autograd.grad(F.mse_loss(X_small @ leaves[0] + leaves[1], y_small), leaves)
print("yours:   ", gw.tolist(), gb.item())
print("autograd:", theirs[0].tolist(), theirs[1].item())

# %% [markdown]
# **Explain.** At the best weights the gradient for $b$ is zero. What does this say about the residuals?

# %% [markdown]
# ## 3. One step down
#
# The gradient points uphill, so walk against it. **Gradient descent** repeats one line:
#
# $$\theta \leftarrow \theta - \eta\, \nabla L(\theta)$$
#
# **Predict.** A weight is 2, its gradient is -3, the learning rate is 0.1. Where does it go?
#
# **Implement** the step for a list of parameters. Make new tensors: the caller may still need the old ones (to draw a
# path, or to go back). And let a gradient of the wrong shape be an error, since broadcasting would quietly reshape the
# weights.


# %%
#| exercise: gd_step
def gd_step(params, grads, lr):
    """One step of gradient descent.

    Args:
        params: list or tuple of float tensors, of any shapes.
        grads: list or tuple of as many tensors: the gradient of each parameter, of its shape.
        lr: Python float, the learning rate.

    Returns:
        List of new tensors, of the shapes and dtypes of params. Nothing that came in is changed.

    Raises:
        ValueError: there are more parameters than gradients or fewer, or a gradient has another
            shape than its parameter.

    >>> params = [torch.tensor([1.0, 2.0]), torch.tensor(0.0)]
    >>> gd_step(params, [torch.tensor([10.0, -10.0]), torch.tensor(1.0)], 0.1)
    [tensor([0., 3.]), tensor(-0.1000)]
    """
    # BEGIN SOLUTION
    if [p.shape for p in params] != [g.shape for g in grads]:
        raise ValueError("there must be one gradient for each parameter, of its shape")
    return [p - lr * g for p, g in zip(params, grads, strict=True)]
    # END SOLUTION


# %% [markdown]
# **Look.** 150 steps on the landscape of section 1. Each step goes at a right angle to the contour on which it
# starts, first quickly down the wall, then slowly along the valley.

# %%
theta = [torch.tensor([0.0]), torch.tensor(1.0)]
path = []
for _ in range(151):
    path.append((theta[0].item(), theta[1].item()))
    _, *gradients = mse_loss_and_grad(*theta, line_x[:, None], line_y)
    theta = gd_step(theta, gradients, lr=0.15)



def draw_surface(ax, title):
    """The landscape of the forty points, with logarithmic contours, and the line that made the points."""
    ax.contour(slopes, intercepts, surface.T, np.geomspace(0.1, 40, 13), norm="log", cmap="viridis", linewidths=0.8)
    ax.plot(1.5, -1, "k*", markersize=11, label="the line that made the data")
    ax.set(title=title, xlabel="slope w", ylabel="intercept b", aspect="equal")


figure, (left, right) = plt.subplots(1, 2, figsize=(10, 4.4), layout="constrained")
draw_surface(left, "The loss surface, and a walk down")
left.plot(*zip(*path, strict=True), "o-", color="tab:red", markersize=2.5, linewidth=1, label="gradient descent")
left.legend(loc="lower left", fontsize=8)
right.plot(line_x, line_y, ".", color="tab:gray", label="data")
for step, shade in ((0, 0.2), (1, 0.4), (25, 0.7), (150, 1.0)):
    ends = torch.tensor([0.5, 2.5])
    right.plot(ends, path[step][0] * ends + path[step][1], color="tab:red", alpha=shade, label=f"after {step} steps")
right.set(title="The same walk, as lines", xlabel="x", ylabel="y")
right.legend(fontsize=8)
plt.show()

# %% [markdown]
# **Explain.** Each *point* of the left picture is a *line* in the right one. Where in the left picture are the data?

# %% [markdown]
# ## 4. How large a step?
#
# Near its minimum, a smooth loss is nearly a quadratic bowl, and in the right coordinates the bowl is
#
# $$f(\theta) = \tfrac12 \sum_i \lambda_i\, \theta_i^2, \qquad
# \frac{\partial f}{\partial \theta_i} = \lambda_i\, \theta_i$$
#
# with **curvatures** $\lambda_i > 0$. One step multiplies each coordinate by a number of its own, $1 - \eta\lambda_i$.
# All about the learning rate follows from this factor. If $|1 - \eta\lambda_i| < 1$, the coordinate shrinks; beyond, it
# jumps across the valley and lands higher on the other side, each time.
#
# **Predict** for the curvatures 1 and 100: from which learning rate on does it diverge? Which rate is best, if the
# worst of the two factors counts? Why would curvatures of 50 and 100 be so much easier?
#
# **Implement** the walk, its verdict, and the two rates.


# %%
#| exercise: lr_regimes
def quadratic_path(curvatures, start, lr, steps):
    """Gradient descent on f(theta) = sum(curvatures * theta**2) / 2.

    Args:
        curvatures: float tensor (D,), all positive.
        start: float tensor (D,). Not changed.
        lr: Python float.
        steps: int, 0 or more.

    Returns:
        Tensor (steps + 1, D): row t is theta after t steps, row 0 the start.

    >>> quadratic_path(torch.tensor([1.0, 4.0]), torch.tensor([8.0, 8.0]), lr=0.5, steps=2)
    tensor([[ 8.,  8.],
            [ 4., -8.],
            [ 2.,  8.]])
    """
    # BEGIN SOLUTION
    path = [start]
    for _ in range(steps):
        path += gd_step([path[-1]], [curvatures * path[-1]], lr)
    return torch.stack(path)
    # END SOLUTION


def lr_regime(curvatures, start, lr, steps):
    """What becomes of f(theta) in so many steps of quadratic_path.

    Args:
        curvatures, start, lr, steps: as for quadratic_path; start is not the minimum, steps are
            1 or more.

    Returns:
        "diverges" where f ends above f(start), or is no finite number any more; "converges"
        where f ends below 1 % of f(start); "slow" in between.

    >>> lr_regime(torch.tensor([1.0, 100.0]), torch.tensor([10.0, 1.0]), lr=0.0005, steps=200)
    'slow'
    """
    # BEGIN SOLUTION
    ends = quadratic_path(curvatures, start, lr, steps)[[0, -1]]
    first, last = (curvatures * ends**2).sum(dim=1).tolist()
    if not last <= first:  # also where it is NaN
        return "diverges"
    return "converges" if last < 0.01 * first else "slow"
    # END SOLUTION


def critical_rates(curvatures):
    """Two learning rates of gradient descent on this quadratic, for starts in all directions.

    Args:
        curvatures: float tensor (D,), all positive.

    Returns:
        (limit, best), two Python floats: above `limit` it diverges; `best` makes the largest of
        the factors |1 - lr * curvature| as small as possible.

    >>> critical_rates(torch.tensor([1.0, 3.0]))
    (0.6666666865348816, 0.5)
    """
    # BEGIN SOLUTION
    flattest, steepest = curvatures.min(), curvatures.max()
    return (2 / steepest).item(), (2 / (flattest + steepest)).item()
    # END SOLUTION


# %% [markdown]
# **Look** at the three regimes. The ratio of the largest to the smallest curvature, here 100, is the **condition
# number**: the steep direction sets the limit, and at this limit the flat one takes about a hundred times as many
# steps.

# %%
curvatures, start = torch.tensor([1.0, 100.0]), torch.tensor([10.0, 1.0])
limit, best = critical_rates(curvatures)
print(f"limit {limit:.4f}, best {best:.4f}")
figure, axes = plt.subplots(1, 4, figsize=(13, 3.2), layout="constrained")
grid_a, grid_b = torch.meshgrid(torch.linspace(-11, 11, 80), torch.linspace(-2.5, 2.5, 80), indexing="xy")
bowl = (curvatures[0] * grid_a**2 + curvatures[1] * grid_b**2) / 2
for ax, rate, color in zip(axes, (0.0005, 0.018, 0.021), ("tab:blue", "tab:green", "tab:red"), strict=False):
    walk = quadratic_path(curvatures, start, rate, steps=200)
    verdict = lr_regime(curvatures, start, rate, steps=200)
    ax.contour(grid_a, grid_b, bowl, levels=np.geomspace(1, 400, 9), colors="lightgray", linewidths=0.8)
    shown = walk[: 10 if rate > limit else 200]
    ax.plot(shown[:, 0], shown[:, 1], "o-", color=color, markersize=2.5, linewidth=0.7)
    ax.set(title=f"lr {rate:g}: {verdict}", xlabel="flat direction", ylim=(-2.5, 2.5))
    heights = (curvatures * walk**2).sum(1) / 2
    axes[3].semilogy(heights.clamp(max=1e6), color=color, label=f"lr {rate:g}, ends at {heights[-1]:.2g}")
axes[0].set_ylabel("steep direction")
axes[3].set(title="The loss, step by step", xlabel="step", ylim=(1e-4, 1e6))
axes[3].legend(fontsize=8)
plt.show()

# %% [markdown]
# In practice nobody knows the curvatures. So one tries **several rates**, a factor of about 3 apart, for a short
# while, and takes one somewhat below the largest that still works; or leaves it to a method that adapts the step of
# each weight (assignment 08).
#
# **Explain.** From `start = [10, 0]`, exactly on the floor of the valley, the walk above bears learning rates up to 2.
# Why? And why will a real training never be so lucky?

# %% [markdown]
# ## 5. A few examples are enough: SGD
#
# The full gradient looks at every example before it moves at all. With a million examples this is a million residuals
# for *one* step. **Stochastic gradient descent** takes the gradient of a few examples, a **mini-batch**, and moves at
# once. It is the gradient of another loss, "the loss on these few", which on average is the loss on all.
#
# Strictly, *stochastic* meant one example at a time. Today SGD means mini-batches of some tens to some hundreds, and
# nearly everything is trained in this way.
#
# **An epoch** is one pass over the data: shuffle, cut into batches, use every example once. The last batch is shorter
# where the numbers do not divide; it counts too.
#
# **Predict.** 100 examples, batches of 32, 3 epochs: how many steps? How many with batches of 100, and of 1?
#
# **Implement** the loop. It does not know which loss it descends: it is handed a function like `mse_loss_and_grad`. So
# you can use it for every model of this notebook, and watch it from outside.


# %%
#| exercise: sgd_fit
def sgd_fit(loss_and_grad, X, y, lr, batch_size, epochs, seed):
    """Fit w and b by mini-batch stochastic gradient descent.

    Starts at w = 0, b = 0. In each epoch the examples are put into a new random order and cut
    into batches of batch_size; the last one has what is left over. For each batch, in turn: call
    loss_and_grad once, on this batch and the present weights, and take one step.

    Args:
        loss_and_grad: function (w, b, X of the batch, y of the batch) -> (loss, gw, gb), like
            mse_loss_and_grad. It is called for nothing else.
        X: float tensor (N, D). Not changed.
        y: tensor (N,). Not changed.
        lr: Python float.
        batch_size: int, 1 or more; may be larger than N.
        epochs: int, 1 or more.
        seed: int. The order of the examples follows from it alone, and no shared generator
            (torch's, NumPy's, Python's) is touched: make one of your own. Other seeds give other
            orders.

    Returns:
        (w, b, losses): the last weights, tensors (D,) and () of X's dtype; and for each epoch
        the mean loss of its examples, as it was when their batch came by: a list of Python
        floats.
    """
    # BEGIN SOLUTION
    generator = torch.Generator().manual_seed(seed)
    w, b = X.new_zeros(X.shape[1]), X.new_zeros(())
    losses = []
    for _ in range(epochs):
        total = 0.0
        for rows in torch.randperm(len(X), generator=generator).split(batch_size):
            loss, *gradients = loss_and_grad(w, b, X[rows], y[rows])
            w, b = gd_step([w, b], gradients, lr)
            total += float(loss) * len(rows)
        losses.append(total / len(X))
    return w, b, losses
    # END SOLUTION


# %% [markdown]
# **Compare** on generated data with a known truth: how close do the weights come, and how many examples did it have to
# look at? Thanks to the argument `loss_and_grad`, we can listen to every step.

# %%
generator = torch.Generator().manual_seed(4)
w_true = torch.randn(SETTINGS["features"], generator=generator)
X_big = torch.randn(SETTINGS["examples"], SETTINGS["features"], generator=generator)
y_big = X_big @ w_true + 0.7 + 0.5 * torch.randn(len(X_big), generator=generator)
X_big, y_big, w_true = (tensor.to(SETTINGS["device"]) for tensor in (X_big, y_big, w_true))


def watched(X, y, lr, batch_size, epochs, every):
    """sgd_fit, with the loss on all data after every so many examples: (w, examples looked at, losses)."""
    looked_at, heights, seen = [], [], 0

    def listening(w, b, X_batch, y_batch):
        nonlocal seen
        if seen >= every * len(heights):
            looked_at.append(seen)
            heights.append(mse_loss_and_grad(w, b, X, y)[0].item())
        seen += len(X_batch)
        return mse_loss_and_grad(w, b, X_batch, y_batch)

    w, _, _ = sgd_fit(listening, X, y, lr, batch_size, epochs, seed=0)
    return w, looked_at, heights


figure, (left, ax) = plt.subplots(1, 2, figsize=(11, 4.2), width_ratios=(1, 1.5), layout="constrained")
draw_surface(left, "The same epochs, two walks")
for size, epochs, color in ((40, 40, "tab:blue"), (2, 40, "tab:orange")):
    points = []

    def following(w, b, X_batch, y_batch, points=points):
        points.append((w.item(), b.item()))
        return mse_loss_and_grad(w, b, X_batch, y_batch)

    sgd_fit(following, line_x[:, None], line_y, 0.1, size, epochs, seed=0)
    label = f"batches of {size}: {len(points)} steps"
    left.plot(*zip(*points, strict=True), color=color, linewidth=0.8, zorder=3 if size == 40 else 2, label=label)
left.set(xlim=(-0.3, 2.3), ylim=(-2.1, 1))
left.legend(loc="lower left", fontsize=8)
for size, rate in zip(SETTINGS["batches"], (0.3, 0.03, 0.003), strict=True):
    found, looked_at, heights = watched(X_big, y_big, rate, size, SETTINGS["epochs"], every=len(X_big) // 100)
    ax.plot([n / len(X_big) for n in looked_at], heights, label=f"batches of {size}, lr {rate:g}")
    print(f"batches of {size:>6}: largest error of a weight {(found - w_true).abs().max().item():.3f}")
ax.axhline(0.25, color="tab:gray", linestyle="--", label="variance of the noise in y")
ax.set(title="The same work in large and in small steps", xlabel="epochs", ylabel="loss on all data")
ax.set_yscale("log")
ax.legend(fontsize=8)
plt.show()

# %% [markdown]
# Full-batch descent has taken five steps by now, the others hundreds or thousands. In return their curves tremble, and
# do not settle: the noise of the gradient keeps kicking the weights about.
#
# **Explain.** "SGD is faster." By which clock? Name one situation in which full batches would win.

# %% [markdown]
# ## 6. How noisy is a batch?
#
# A batch's gradient is a mean of examples' gradients $g_i$, so it is a random number with the right expectation. How
# far off is it, typically? With $\bar g$ the mean of all $N$ gradients, and $s^2 = \frac1N \sum_i \lVert g_i - \bar
# g\rVert^2$ their variance, a batch of $B$ different examples has
#
# $$\mathbb E\, \lVert g_{\text{batch}} - \bar g \rVert^2 = \frac{s^2}{B} \cdot \frac{N - B}{N - 1}$$
#
# **Predict.** Where does the last factor come from: what must happen at $B = N$? By how much do you have to enlarge a
# small batch to halve its typical error? Is this a good deal?
#
# **Implement** the gradients of single examples, and the root of the formula. (The first by hand, or with `torch.func`
# if you like; but not in a Python loop, which goes through the examples one by one.)


# %%
#| exercise: batch_noise
def per_example_gradients(w, b, X, y):
    """The gradient of each example's own squared error, (x @ w + b - y)**2. No Python loop.

    Args:
        w, b, X, y: as for mse_loss_and_grad, of shapes (D,), (), (N, D), (N,).

    Returns:
        Tensor (N, D + 1): in row i the D slopes for w, and last the one for b.

    >>> X, y = torch.tensor([[1.0], [3.0]]), torch.zeros(2)
    >>> per_example_gradients(torch.tensor([1.0]), torch.tensor(0.0), X, y)
    tensor([[ 2.,  2.],
            [18.,  6.]])
    """
    # BEGIN SOLUTION
    slopes_for_b = 2 * (X @ w + b - y)
    return torch.cat([slopes_for_b[:, None] * X, slopes_for_b[:, None]], dim=1)
    # END SOLUTION


def batch_noise(gradients, batch_size):
    """Root mean square distance between the mean of a random batch and the mean of all.

    Args:
        gradients: float tensor (N, P), one row for each example; N is 2 or more.
        batch_size: int from 1 to N: so many different rows make a batch, and all such batches
            are as likely.

    Returns:
        0-d tensor: the root of the expected squared (Euclidean) distance.

    >>> batch_noise(torch.tensor([[0.0], [2.0]]), 1)
    tensor(1.)
    """
    # BEGIN SOLUTION
    count = len(gradients)
    variance = (gradients - gradients.mean(dim=0)).square().sum(dim=1).mean()
    return (variance / batch_size * (count - batch_size) / (count - 1)).sqrt()
    # END SOLUTION


# %% [markdown]
# **Compare** the formula with batches that were really drawn. Beside it, what it means for the learning rate: the loss
# after 200 steps, for several rates. A more accurate gradient gives a smoother descent, and bears a larger rate.

# %%
generator = torch.Generator().manual_seed(5)
X_noise = torch.randn(512, 20, generator=generator)
y_noise = X_noise @ torch.randn(20, generator=generator) + 0.5 * torch.randn(512, generator=generator)
single = per_example_gradients(torch.zeros(20), torch.tensor(0.0), X_noise, y_noise)
sizes = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512]
drawn = []
for size in sizes:
    batches = torch.stack([torch.randperm(512, generator=generator)[:size] for _ in range(100)])
    drawn.append((single[batches].mean(1) - single.mean(0)).square().sum(1).mean().sqrt().item())

figure, (left, right) = plt.subplots(1, 2, figsize=(10, 3.4), layout="constrained")
left.loglog(sizes, [batch_noise(single, size).item() for size in sizes], "-", color="tab:blue", label="formula")
left.loglog(sizes[:-1], drawn[:-1], "o", color="tab:orange", label="100 batches drawn")
left.set(title="Noise of a batch's gradient (0 for all 512)", xlabel="batch size", ylabel="typical distance")
left.set_ylim(0.2, 100)
left.legend()
rates = np.geomspace(0.003, 1.2, 10)
for size in (1, 8, 64, 512):
    ends = []
    for rate in rates:
        w, b, _ = sgd_fit(mse_loss_and_grad, X_noise, y_noise, float(rate), size, epochs=-(-200 * size // 512), seed=0)
        end = mse_loss_and_grad(w, b, X_noise, y_noise)[0].item()
        ends.append(end if end < 1e3 else math.nan)
    right.semilogx(rates, ends, "o-", markersize=3, label=f"batches of {size}")
right.set(title="Loss after 200 steps", xlabel="learning rate (a curve ends where it diverges)", ylim=(0, 1))
right.set_ylabel("loss on all data")
right.legend(fontsize=8)
plt.show()

# %% [markdown]
# **Explain.** A batch of 64 costs 64 times as much as one example and is 8 times as accurate. On a GPU it may well cost
# *the same* as one example. What does this do to the choice?

# %% [markdown]
# ## 7. Many workers, one gradient
#
# The loss is a mean, so its gradient is a mean as well: cut a batch into **shards**, let every machine work on its own,
# and put the gradients together. So can one machine whose memory holds only a part of the batch ("gradient
# accumulation").
#
# **Predict.** One shard has 30 examples, another has 2. Is the gradient of the batch the mean of the two gradients?
#
# **Implement** it. As in section 5, the loss is handed in; it is a mean over the examples that it gets.


# %%
#| exercise: split_batch
def split_batch_gradient(loss_and_grad, w, b, X, y, sizes):
    """Loss and gradient of a batch, computed shard by shard.

    Args:
        loss_and_grad: function (w, b, X, y) -> (loss, gw, gb) like mse_loss_and_grad: means over
            the examples that it is given. It is called once for each shard, in order, and with
            nothing more than the shard.
        w, b: as in sgd_fit.
        X: float tensor (N, D), the batch.
        y: tensor (N,).
        sizes: list of positive ints: the first shard has the first sizes[0] rows, the next one
            the next sizes[1]...

    Returns:
        (loss, gw, gb), equal to loss_and_grad(w, b, X, y) up to rounding.

    Raises:
        ValueError: the sizes do not add up to N. loss_and_grad is then not called at all.
    """
    # BEGIN SOLUTION
    if sum(sizes) != len(X):
        raise ValueError(f"the shards have {sum(sizes)} examples, the batch has {len(X)}")
    parts = [loss_and_grad(w, b, *shard) for shard in zip(X.split(sizes), y.split(sizes), strict=True)]
    return tuple(
        sum(size / len(X) * value for size, value in zip(sizes, values, strict=True))
        for values in zip(*parts, strict=True)
    )
    # END SOLUTION


# %% [markdown]
# **Compare**, with shards of very different sizes:

# %%
whole = mse_loss_and_grad(w_small, b_small, X_small, y_small)
split = split_batch_gradient(mse_loss_and_grad, w_small, b_small, X_small, y_small, [5, 1, 2])
for name, values in (("whole batch:", whole), ("by shards:  ", split)):
    print(name, [round(value, 4) for value in [values[0].item(), *values[1].tolist(), values[2].item()]])

# %% [markdown]
# **Explain.** Eight workers each take a batch of 32 and step together. To which batch size is this equal, and what
# would you do with the learning rate?

# %% [markdown]
# ## 8. Which loss? Ask an outlier
#
# Forget the features for a moment, and predict one constant $c$ for all examples. Which $c$ is best depends on the
# loss, and on nothing else:
#
# $$\frac1N \sum_i (c - y_i)^2 \qquad\text{or}\qquad \frac1N \sum_i |c - y_i|$$
#
# **Predict** both minimisers. The derivative of $|c - y_i|$ is +1 or -1, whether $y_i$ is near or far: when do the
# +1s and the -1s balance? And what happens to each minimiser if the largest $y_i$ moves to a million?
#
# **Implement** the two minimisers, and the mean absolute error as a loss for `sgd_fit`. In closed form, without
# autograd. Where a residual is exactly 0 there is a kink and no derivative: let it contribute 0.


# %%
#| exercise: outliers
def best_constants(y):
    """The constant predictions with the smallest mean squared and the smallest mean absolute error.

    Args:
        y: float tensor (N,), at least one value. Not changed.

    Returns:
        (c_squared, c_absolute), two 0-d tensors of y's dtype. Where several constants are best,
        any of them will do.

    >>> best_constants(torch.tensor([0.0, 1.0, 5.0]))
    (tensor(2.), tensor(1.))
    """
    # BEGIN SOLUTION
    return y.mean(), y.median()
    # END SOLUTION


def mae_loss_and_grad(w, b, X, y):
    """The mean absolute error of X @ w + b, and its gradient, in closed form.

    Args:
        w, b, X, y: as for mse_loss_and_grad, of shapes (D,), (), (N, D), (N,).

    Returns:
        (loss, gw, gb): tensors of shapes (), (D,) and (). An example whose residual is 0 adds 0
        to the gradient.

    >>> X = torch.tensor([[1.0], [2.0]])
    >>> mae_loss_and_grad(torch.tensor([1.0]), torch.tensor(0.0), X, torch.tensor([5.0, 2.0]))
    (tensor(2.), tensor([-0.5000]), tensor(-0.5000))
    """
    # BEGIN SOLUTION
    residuals = X @ w + b - y
    signs = residuals.sign()
    return residuals.abs().mean(), X.T @ signs / len(X), signs.mean()
    # END SOLUTION


# %% [markdown]
# **Look.** Left: both losses of a constant, for eleven values of which one is far away. Right: a line through points of
# which four are wrong, fitted by *your* loop with each of the two losses.

# %%
values = torch.tensor([0.3, 0.8, 1.0, 1.1, 1.3, 1.6, 1.7, 2.0, 2.2, 2.9, 9.0])
constants = torch.linspace(-1, 10, 221)
curves = {
    "squared": (constants[:, None] - values).square().mean(1),
    "absolute": (constants[:, None] - values).abs().mean(1),
}
figure, (left, right) = plt.subplots(1, 2, figsize=(10, 3.6), layout="constrained")
colors = ("tab:blue", "tab:orange")
for (name, curve), best_c, color in zip(curves.items(), best_constants(values), colors, strict=True):
    left.plot(constants, curve / curve.min(), color=color, label=f"{name}, best at {best_c.item():.2f}")
    left.plot(best_c, 1, "o", color=color)
left.plot(values, torch.full_like(values, 0.6), "|", color="black", markersize=10, label="the values")
left.set(title="The best constant", xlabel="constant c", ylabel="loss, relative to its minimum", ylim=(0.4, 4))
left.legend(fontsize=8)

wrong_y = line_y.clone()
wrong_y[line_x.argsort()[-4:]] = torch.tensor([-3.0, -4.0, -3.5, -4.5])
right.plot(line_x, wrong_y, ".", color="tab:gray", label="data, four of them wrong")
ends = torch.tensor([0.5, 2.5])
for name, loss_and_grad, color in (
    ("squared", mse_loss_and_grad, "tab:blue"),
    ("absolute", mae_loss_and_grad, "tab:orange"),
):
    w, b, _ = sgd_fit(loss_and_grad, line_x[:, None], wrong_y, lr=0.02, batch_size=8, epochs=300, seed=0)
    right.plot(ends, w * ends + b, color=color, label=f"{name} error: slope {w.item():.2f}")
right.plot(ends, 1.5 * ends - 1, "k--", linewidth=0.8, label="the line behind the others: slope 1.5")
right.set(title="A line through outliers", xlabel="x", ylabel="y")
right.legend(fontsize=8)
plt.show()

# %% [markdown]
# **Explain.** Commuting times are to be predicted for people who must not miss a train. Would you report the mean, the
# median, or neither? Which loss would have that as its minimiser?

# %% [markdown]
# ## 9. Squared error is a likelihood
#
# Why squares at all? Suppose that the model says "$y$ is my prediction $\mu$ plus Gaussian noise of standard deviation
# $\sigma$". The surprise of the truth under this model, its negative log-likelihood, is
#
# $$-\log p(y) = \frac{(y - \mu)^2}{2\sigma^2} + \log \sigma + \tfrac12 \log 2\pi$$
#
# For a fixed $\sigma$, its mean is the mean squared error, *divided by a constant, plus a constant*: both have the same
# minimum. Maximum likelihood makes squared error out of Gaussian noise, absolute error out of Laplace noise, and
# cross-entropy out of classes (assignment 04): one rule, three losses.
#
# **Predict.** Can this loss be negative? And which $\sigma$ makes it smallest, if $\mu$ stays?
#
# **Implement** from the formula. Not allowed: `F.gaussian_nll_loss`, `nn.GaussianNLLLoss`, `torch.distributions`. (By
# default the first two leave the last term out, and they want the *variance*.)


# %%
#| exercise: gaussian_nll
def gaussian_nll(y, mu, sigma):
    """Mean negative log-likelihood of y under Gaussians of mean mu and deviation sigma, in nats.

    Args:
        y: float tensor of any shape, the truth.
        mu: float tensor of y's shape, the predictions.
        sigma: Python float, positive.

    Returns:
        0-d tensor: the mean over all elements, with all three terms. Gradients flow to mu.

    >>> gaussian_nll(torch.tensor([1.0, 3.0]), torch.tensor([1.0, 1.0]), 1.0)
    tensor(1.9189)
    """
    # BEGIN SOLUTION
    return ((y - mu) ** 2).mean() / (2 * sigma**2) + math.log(sigma) + 0.5 * math.log(2 * math.pi)
    # END SOLUTION


def mse_from_nll(nll, sigma):
    """The mean squared error of predictions, from their gaussian_nll.

    Args:
        nll: 0-d tensor or Python float, what gaussian_nll gave.
        sigma: Python float, the same standard deviation.

    Returns:
        The mean squared error: a tensor where nll is one, a Python float otherwise.
    """
    # BEGIN SOLUTION
    return 2 * sigma**2 * (nll - math.log(sigma) - 0.5 * math.log(2 * math.pi))
    # END SOLUTION


def best_sigma(y, mu):
    """The sigma with the smallest gaussian_nll(y, mu, sigma).

    Args:
        y, mu: as for gaussian_nll; somewhere they differ.

    Returns:
        A Python float.

    >>> best_sigma(torch.tensor([1.0, 3.0]), torch.tensor([1.0, 1.0]))
    1.4142135381698608
    """
    # BEGIN SOLUTION
    return ((y - mu) ** 2).mean().sqrt().item()
    # END SOLUTION


# %% [markdown]
# **Look.** For each $\sigma$ a parabola over the prediction, all with the same lowest point: the mean. The lowest of
# all belongs to the spread that the data really have.

# %%
truth = values[:-1]
figure, ax = plt.subplots(figsize=(8, 3.2), layout="constrained")
predictions = torch.linspace(-0.5, 3.5, 81)
best_spread = best_sigma(truth, truth.mean().expand_as(truth))
for sigma in (0.4, best_spread, 2.0):
    curve = [gaussian_nll(truth, prediction.expand_as(truth), sigma).item() for prediction in predictions]
    ax.plot(predictions, curve, label=f"sigma {sigma:.2f}" + (", the best" if sigma == best_spread else ""))
ax.axvline(truth.mean(), color="tab:gray", linestyle="--", label="mean of the data")
ax.set(title="Gaussian likelihood of a constant", xlabel="prediction", ylabel="nats per example", ylim=(0.5, 6))
ax.legend(fontsize=8, loc="center left", bbox_to_anchor=(1, 0.5))
plt.show()

# %% [markdown]
# **Explain.** Two models report mean negative log-likelihoods of 1.2 and 1.5 on the same data, one with $\sigma = 1$
# and the other with $\sigma = 3$. Whose squared error is smaller? Compute it with your function.

# %% [markdown]
# ## 10. Two classes, and a sign to trip over
#
# For classes 0 and 1, turn the score $\beta \cdot x$ into a probability with the sigmoid $\sigma(s) = 1/(1 + e^{-s})$.
# Published lecture slides write the logistic loss in one line, without cases:
#
# $$p(y \mid x) = \sigma\big((-1)^{y}\, \beta \cdot x\big), \qquad L = -\frac1N \sum_i \log p(y_i \mid x_i)$$
#
# It is correct. But put in $y = 1$: a *large* score makes class 1 *improbable*. On these slides, $y = 0$ is the
# positive side. The **standard** convention, of torch, of scikit-learn and of most books, is
#
# $$p(y = 1 \mid x) = \sigma(\beta \cdot x).$$
#
# Both describe the same family of models. Who trains with the one and predicts with the other gets an excellent
# classifier that is wrong nearly every time.
#
# **Predict.** What is the largest accuracy that this could have, if the model is right in 96 % of cases? How do you get
# the $\beta$ of one convention from that of the other?
#
# **Implement** both losses, the translation, and the prediction of the slides. Scores may be as large as $10^4$: there
# $\sigma$ is exactly 0 or 1 in floating point, and its log is no number to compute with. Use
# $-\log \sigma(s) = \log(1 + e^{-s}) = \texttt{F.softplus}(-s)$. Not allowed: torch's ready-made losses
# (`binary_cross_entropy` with or without logits, `soft_margin_loss`, `cross_entropy`).


# %%
#| exercise: logistic_loss
def logistic_loss_slide(beta, X, y):
    """The mean logistic loss of the slides, p(y | x) = sigmoid((-1)**y * (x @ beta)).

    Args:
        beta: float tensor (D,).
        X: float tensor (N, D).
        y: int64 tensor (N,), classes 0 and 1.

    Returns:
        0-d tensor, in nats. It is finite, and so is the gradient to beta, for scores of
        +-10,000.

    >>> logistic_loss_slide(torch.tensor([math.log(3.0)]), torch.tensor([[1.0]]), torch.tensor([0]))
    tensor(0.2877)
    """
    # BEGIN SOLUTION
    signs = 1 - 2 * y
    return F.softplus(-signs * (X @ beta)).mean()
    # END SOLUTION


def logistic_loss(beta, X, y):
    """The mean logistic loss in the standard convention, p(y = 1 | x) = sigmoid(x @ beta).

    Args, Returns: as for logistic_loss_slide.

    >>> logistic_loss(torch.tensor([math.log(3.0)]), torch.tensor([[1.0]]), torch.tensor([0]))
    tensor(1.3863)
    """
    # BEGIN SOLUTION
    signs = 2 * y - 1
    return F.softplus(-signs * (X @ beta)).mean()
    # END SOLUTION


def to_slide(beta):
    """The beta of the slides with the same probabilities as this beta of the standard convention.

    Args:
        beta: float tensor (D,). Not changed.

    Returns:
        Tensor (D,).
    """
    # BEGIN SOLUTION
    return -beta
    # END SOLUTION


def predict_slide(beta, X):
    """The more probable class of each example, for a beta in the convention of the slides.

    Args:
        beta: float tensor (D,).
        X: float tensor (N, D). No score is exactly 0.

    Returns:
        int64 tensor (N,) of 0 and 1.

    >>> predict_slide(torch.tensor([1.0]), torch.tensor([[5.0], [-5.0]]))
    tensor([0, 1])
    """
    # BEGIN SOLUTION
    return (X @ beta < 0).long()
    # END SOLUTION


# %% [markdown]
# **Compare** with torch's, and look at both conventions side by side: the same $\beta = 2$, two opposite models.

# %%
generator = torch.Generator().manual_seed(6)
X_two, y_two = torch.randn(6, 3, generator=generator), torch.tensor([0, 1, 1, 0, 1, 0])
beta = torch.tensor([1.0, -2.0, 0.5])
print(f"standard: yours {logistic_loss(beta, X_two, y_two).item():.6f}, ", end="")
print(f"torch's {F.binary_cross_entropy_with_logits(X_two @ beta, y_two.float()).item():.6f}")
print(f"slides, with the translated beta: {logistic_loss_slide(to_slide(beta), X_two, y_two).item():.6f}")

figure, (left, right) = plt.subplots(1, 2, figsize=(9, 3), layout="constrained")
x_axis = torch.linspace(-4, 4, 161)[:, None]
for name, loss_of, style in (("standard", logistic_loss, "-"), ("slides", logistic_loss_slide, "--")):
    surprise = torch.stack([loss_of(torch.tensor([2.0]), x[None], torch.tensor([1])) for x in x_axis])
    left.plot(x_axis, (-surprise).exp(), style, label=name)
    right.plot(x_axis, surprise, style, label=name)
left.set(title="Probability of class 1, for beta = 2", xlabel="x", ylabel="p(y = 1 | x)")
right.set(title="Loss where y = 1: nearly linear on the wrong side", xlabel="x", ylabel="nats")
left.legend()
plt.show()

# %% [markdown]
# **Explain.** You are handed weights, without a word about the convention, and a hundred labelled examples. How do you
# find out?

# %% [markdown]
# ## 11. The gradient that you know already
#
# Now with a bias, and in the standard convention: $p_i = \sigma(x_i \cdot w + b)$ is the probability of class 1. Work
# out the derivative of $-y \log p - (1 - y) \log(1 - p)$ with respect to the score. Nearly everything cancels, and
#
# $$\frac{\partial L}{\partial w} = \frac1N \sum_i (p_i - y_i)\, x_i, \qquad
# \frac{\partial L}{\partial b} = \frac1N \sum_i (p_i - y_i)$$
#
# *How wrong, times how much this feature had to do with it, on average*: it is section 2 again, without the 2.
#
# **Predict.** A doctor's data: feature 3 is always 0. What becomes of its weight in training?
#
# **Implement** in closed form, without autograd. `torch.sigmoid` is welcome; torch's ready-made losses are not.


# %%
#| exercise: logistic_gradient
def logistic_loss_and_grad(w, b, X, y):
    """The mean logistic loss of X @ w + b, standard convention, and its gradient, in closed form.

    Args:
        w: float tensor (D,).
        b: float tensor ().
        X: float tensor (N, D).
        y: int64 tensor (N,), classes 0 and 1.

    Returns:
        (loss, gw, gb): tensors of shapes (), (D,) and (), of X's dtype, finite for scores of
        +-10,000.

    >>> X, y = torch.tensor([[4.0, 2.0]]), torch.tensor([1])
    >>> logistic_loss_and_grad(torch.zeros(2), torch.tensor(0.0), X, y)
    (tensor(0.6931), tensor([-2., -1.]), tensor(-0.5000))
    """
    # BEGIN SOLUTION
    scores = X @ w + b
    wrong_by = torch.sigmoid(scores) - y
    return F.softplus((1 - 2 * y) * scores).mean(), X.T @ wrong_by / len(X), wrong_by.mean()
    # END SOLUTION


# %% [markdown]
# **Compare** with autograd:

# %%
loss, gw, gb = logistic_loss_and_grad(beta, torch.tensor(0.3), X_two, y_two)
leaf = beta.clone().requires_grad_()
reference = F.binary_cross_entropy_with_logits(X_two @ leaf + 0.3, y_two.float())
(theirs,) = torch.autograd.grad(reference, leaf)
print(f"loss: yours {loss.item():.6f}, torch's {reference.item():.6f}")
print("gradient, yours:   ", [round(value, 6) for value in gw.tolist()])
print("gradient, autograd:", [round(value, 6) for value in theirs.tolist()])

# %% [markdown]
# ## 12. Data become parameters
#
# 569 tumours, 30 measurements of the cell nuclei of each, taken from microscope images; and what they turned out to be:
# malignant (0) or benign (1). A fifth of them is held out.
#
# The raw measurements differ in size by a factor of more than 10,000 (areas beside fractal dimensions). This is an
# ill-conditioned bowl, as in section 4, so each feature is **standardised**: minus its mean, divided by its standard
# deviation, both from the training data alone. (Why alone? Assignment 02.)

# %%
cancer = load_breast_cancer()
x_train, x_valid, y_train, y_valid = (
    torch.as_tensor(part)
    for part in train_test_split(cancer.data, cancer.target, test_size=0.2, random_state=0, stratify=cancer.target)
)


def curvatures_of(X):
    """Curvatures of the mean squared error of X @ w, up to the factor 2."""
    return torch.linalg.eigvalsh(X.T @ X / len(X))


raw = curvatures_of(x_train)
mean, std = x_train.mean(0), x_train.std(0, correction=0)
x_train, x_valid = ((x - mean).float() / std.float() for x in (x_train, x_valid))
standardised = curvatures_of(x_train.double())
print(f"condition number, raw features:          {raw[-1] / raw[0]:.0e}, largest stable rate {1 / raw[-1]:.0e}")
print(f"condition number, standardised features: {standardised[-1] / standardised[0]:.0e}, ", end="")
print(f"largest stable rate {1 / standardised[-1]:.0e}")

# %% [markdown]
# **Implement** the training, with your `sgd_fit` and `logistic_loss_and_grad`. Batches of 32, 30 epochs and a learning
# rate of 0.1 reach about .97 in a fraction of a second; look for your own settings if you like. A ready-made classifier
# (scikit-learn's, say) is not allowed.
#
# The check trains with its own seed, on these tumours with the features in another order, some of them with the sign
# changed, and the classes perhaps exchanged (to this model it makes no difference). It judges the weights by held-out
# tumours. Full marks: an accuracy of at least .94, and a held-out loss of at most .13. Below an accuracy of .90, or
# above a loss of .25: none. In between: in proportion.


# %%
#| exercise: train
def train(X, y, seed):
    """Train a logistic regression by SGD.

    Args:
        X: float32 tensor (N, D), standardised features. Not changed.
        y: int64 tensor (N,), classes 0 and 1. Not changed.
        seed: int. The same seed gives the same weights from the same data, another seed slightly
            other ones.

    Returns:
        (w, b, losses): tensors (D,) and (), so that sigmoid(X @ w + b) are the probabilities of
        class 1; and the mean training loss of each epoch, a list of two or more Python floats.
    """
    # BEGIN SOLUTION
    return sgd_fit(logistic_loss_and_grad, X, y, lr=0.1, batch_size=32, epochs=30, seed=seed)
    # END SOLUTION


# %% [markdown]
# **Look.** Several learning rates first, as one would in practice; then your training, and what it learned.

# %%
figure, (left, middle, right) = plt.subplots(1, 3, figsize=(14, 3.8), layout="constrained")
for rate in (0.001, 0.01, 0.1, 1.0, 10.0):
    _, _, losses = sgd_fit(logistic_loss_and_grad, x_train, y_train, rate, batch_size=32, epochs=10, seed=0)
    left.plot(range(1, 11), losses, "o-", markersize=3, label=f"lr {rate:g}")
left.set(title="Try several rates", xlabel="epoch", ylabel="training loss", ylim=(0, 1))
left.legend(fontsize=8, ncols=3, loc="upper center")

w, b, losses = train(x_train, y_train, seed=0)
middle.plot(range(1, len(losses) + 1), losses, color="tab:blue", label="training loss")
middle.axhline(math.log(2), color="tab:gray", linestyle="--", label="knowing nothing, log 2")
middle.set(title="Your training", xlabel="epoch", ylabel="nats per example", ylim=(0, 0.75))
middle.legend(fontsize=8)

strongest = w.abs().argsort()[-8:]
right.barh([str(cancer.feature_names[i]) for i in strongest], w[strongest], color="tab:purple")
right.set(title="The eight largest of 30 weights", xlabel="towards malignant  <   weight   >  towards benign")
plt.show()

scores = x_valid @ w + b
accuracy = ((scores > 0) == (y_valid == 1)).float().mean().item()
held_out_loss = F.binary_cross_entropy_with_logits(scores, y_valid.float()).item()
majority = max(y_valid.float().mean().item(), 1 - y_valid.float().mean().item())
print(f"held-out accuracy {accuracy:.3f}, held-out loss {held_out_loss:.3f}; always the larger class: {majority:.3f}")
print(f"{x_train.numel():,} numbers of {len(x_train)} tumours have become {w.numel() + 1} parameters.")

# %% [markdown]
# **Further, if you like** (it needs a network connection, and is not graded): the same training reads MNIST's digits 3
# and 8, from 784 pixels each. Set `REAL_DATA = True`.

# %%
REAL_DATA = False
if REAL_DATA:
    from autograder.datasets import mnist

    digits_x, digits_y, test_x, test_y = mnist()
    pick, test_pick = ((y == 3) | (y == 8) for y in (digits_y, test_y))
    pixels, test_pixels = (x.reshape(len(x), -1).float() for x in (digits_x[pick], test_x[test_pick]))
    centre, spread = pixels.mean(0), pixels.std() + 1e-6
    w, b, _ = train((pixels - centre) / spread, (digits_y[pick] == 8).long(), seed=0)
    guesses = (test_pixels - centre) / spread @ w + b > 0
    print(f"3 or 8, accuracy on the test digits: {(guesses == (test_y[test_pick] == 8)).float().mean():.3f}")

# %% [markdown]
# ## 13. Two written answers
#
# A person reads these. A few sentences each are enough; numbers and figures of this notebook count as arguments. An
# answer that is not there yet comes back to you for another try.
#
# **These few images.** A classmate writes: "Gradient descent computes the gradient on the training set. SGD computes it
# on *these few images* only, so it makes the same steps, a little wrong. Hence larger batches are always better." Set
# this right in five to eight sentences:
#
# 1. Of which function is a mini-batch's gradient the exact gradient, and what has it to do with the full one?
# 2. In which sense is SGD better and faster, and by which clock? In which situation is it not?
# 3. From batches of 32 to batches of 256: by what factor does the noise of the gradient change, what may one then do
#    with the learning rate, and what puts an end to this?

# %% [markdown]
# <!-- exercise: these_few_images --> A mini-batch's gradient is the exact gradient of another loss, the mean over the
# examples of this batch. Averaged over all batches that could be drawn it is the full gradient, so that its steps are
# right on average, and each single one is off by a random vector. Counted in examples looked at, which is what
# computing costs, SGD is far ahead: in the figure of section 5, batches of 1 are near the bottom after a fifth of an
# epoch, when full-batch descent has not yet made its first step. Counted in steps it is no faster; where all examples
# fit through the machine at once, as on a GPU with a small data set, or where the last digits of the minimum matter,
# full batches win, since SGD with a fixed rate trembles around the minimum. From 32 to 256 the noise falls by the
# root of 8, about 2.8 (for N far above 256): a more accurate gradient bears a larger learning rate, as the figure of
# section 6 shows. But not without end: above 2 / (largest curvature) even the exact gradient diverges, and with
# batches of 64 and of 512 the curves end at nearly the same rate.

# %% [markdown]
# **Data become parameters.** Look at your trained tumour classifier.
#
# 1. A hospital wants to run it. What exactly do you have to hand over, in numbers, so that it works on *their* raw
#    measurements? What of the 455 tumours do these numbers still hold, and what can nobody get back from them?
# 2. "The loss is a function of the data: if I put in other data, I get another loss." What is right about this, and why
#    do we nevertheless call the loss a function of the *weights* when we train? What is a function of the data then?

# %% [markdown]
# <!-- exercise: data_become_parameters -->
# 1. Handed over are the 30 weights and the bias, and the 30 means and 30 standard deviations with which the features
# were standardised: 91 numbers, without which the weights mean nothing for raw measurements. (One may fold the latter
# into the former: w / std, and b - sum(w * mean / std); then it is 31.) They hold averages over the tumours: which
# features go with malignancy, and how strongly. A single tumour cannot be told from them: 13,650 numbers do not fit
# into 91, and very many data sets would have led to the same ones. (In models with more parameters than data this
# consolation is gone, see assignment 07.)
# 2. The number depends on both, L(w; X, y). In training the data stand still and the weights move: the landscape, its
# gradient and its minimum are over the weights. In evaluation it is the other way round: weights fixed, other data, and
# the loss tells how well they carry over. In SGD each batch is other data, so each step sees another landscape. The
# function of the data is the result of training: data (and a seed) go in, weights come out.

# %% [markdown]
# ## To think about
#
# 1. `sgd_fit` never saw which loss it descended. What would have to change in it for a network with a million weights
#    in forty tensors? And in `gd_step`?
# 2. Drawing every batch anew, *with* replacement, or never reshuffling, costs hardly any accuracy on the tumours. So
#    why did the checks insist? How would you find such a slip in somebody else's code?
# 3. Training a logistic regression on classes that a plane separates perfectly, the weights grow for ever and the loss
#    goes to 0. What does the model believe in the end? What would stop it? (Assignment 07.)
# 4. Malignant is 0 and benign is 1 in this data set. Which of the two mistakes is worse, and does the loss know it?
#
# ## What to read next
#
# - Gabriel Goh, *Why Momentum Really Works*, Distill, 2017: section 4 of this notebook, with sliders.
# - Léon Bottou, Frank Curtis and Jorge Nocedal, *Optimization Methods for Large-Scale Machine Learning*, SIAM Review,
#   2018: why noisy gradients win, with proofs.
# - Priya Goyal and others, *Accurate, Large Minibatch SGD: Training ImageNet in 1 Hour*, 2017: larger batches, larger
#   learning rates, 256 GPUs.
# - Christopher Bishop, *Pattern Recognition and Machine Learning*, 2006, chapters 3 and 4: regression and logistic
#   regression as likelihoods.
# - Nick Street, William Wolberg and Olvi Mangasarian, *Nuclear Feature Extraction for Breast Tumor Diagnosis*, 1993:
#   where the 30 measurements come from.
# - PyTorch's documentation of `torch.optim.SGD`, to see which of its lines are your `gd_step`.
