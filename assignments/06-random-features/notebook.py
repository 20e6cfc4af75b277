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
# # 06 · Features: made by hand, drawn at random, learned
#
# A linear model draws a straight border. Most borders are not straight. The way out is always the same: do not feed
# the model `x`, feed it **features** $\varphi(x)$, and let it be linear in those:
#
#     x ──► φ ──► features φ(x) ──► linear ──► score ──► which side of 0?
#
# The one question is where $\varphi$ comes from. This notebook gives three answers, and you write all of them:
# people think it up (section 2), dice decide it (sections 4 to 8), or gradient descent finds it (sections 9 and 10).
# At the end (section 11) you *build* weights that draw any curve, with no training at all.
#
# | symbol | meaning | shape |
# |---|---|---|
# | `N`, `d` | examples, numbers in each | |
# | `k` | random features; `h` hidden units, which are learned features | |
# | `X`, `y` | examples and their classes 0 or 1 | `(N, d)` and `(N,)`, int64 |
# | `Phi` | the features of all examples, one row for each | `(N, k)` |
#
# Linear algebra is done in float64 here, and networks in float32. Each section goes the same way: **predict** on
# paper, **implement**, **compare**, **explain**. What is under "Explain" is for you and nobody grades it.

# %%
from autograder import check

# %%
import math

import matplotlib.pyplot as plt
import torch
import torch.nn.functional as F
from sklearn.datasets import load_digits
from torch import nn

profile = "gpu" if torch.cuda.is_available() else "cpu"
settings = {
    "cpu": {"n": 500, "k": 200, "h": 16, "steps": 300, "kernel_k": 100_000, "digits_k": 500},
    "gpu": {"n": 4000, "k": 2000, "h": 64, "steps": 1500, "kernel_k": 1_000_000, "digits_k": 4000},
}[profile]
device = "cuda" if profile == "gpu" else "cpu"

# %% [markdown]
# ## 1. Why there must be a nonlinearity
#
# Stack two linear layers: $W_2 (W_1 x + b_1) + b_2$. It looks like a deeper model. Multiply it out.
#
# **Predict.** Layers of shapes `(50, 2)`, `(50, 50)` and `(1, 50)` have 2,751 parameters. How many numbers are enough
# to compute the same function?
#
# **Implement** the proof: put any number of linear layers into one.

# %%
#| exercise: collapse_linear
def collapse_linear(layers):
    """One linear layer that computes what a stack of them does.

    Args:
        layers: list of at least one pair (W, b), in the order in which they are applied: W of shape (out, in), b of
            shape (out,). A layer maps the vector x to W @ x + b. None of the tensors is changed.

    Returns:
        (W, b), tensors of the layers' dtype: W of shape (last out, first in), b of shape (last out,).

    >>> twice = torch.tensor([[2.0]]), torch.tensor([1.0])
    >>> collapse_linear([twice, twice, twice])
    (tensor([[8.]]), tensor([7.]))
    """
    # BEGIN SOLUTION
    W, b = layers[0]
    for W_next, b_next in layers[1:]:
        W, b = W_next @ W, W_next @ b + b_next
    return W, b
    # END SOLUTION


# %% [markdown]
# **Compare.** A stack of five random layers and your single one, at a random input:

# %%
generator = torch.Generator().manual_seed(0)
widths = (2, 50, 50, 50, 50, 1)
stack = [
    (torch.randn(o, i, generator=generator, dtype=torch.float64) / i**0.5, torch.randn(o, generator=generator).double())
    for i, o in zip(widths[:-1], widths[1:], strict=True)
]
x = torch.randn(2, generator=generator, dtype=torch.float64)
deep = x
for W, b in stack:
    deep = W @ deep + b
W, b = collapse_linear(stack)
print(f"{sum(W.numel() + b.numel() for W, b in stack):,} numbers give {deep.item():.6f}")
print(f"{W.numel() + b.numel():,} numbers give     {(W @ x + b).item():.6f}")

# %% [markdown]
# **Explain.** Backpropagation sees the two parametrisations differently, though the functions are the same. So "a
# stack of linear layers is useless" is not quite true. What does it not change, and what may it change?

# %% [markdown]
# ## 2. Features made by hand
#
# Three tasks that no straight line solves. Points are spread evenly over the square from -1 to 1.
#
# - **xor**: class 1 where the signs of $x_1$ and $x_2$ differ, that is $x_1 x_2 < 0$.
# - **circle**: class 1 where $x_1^2 + x_2^2 < 0.6$.
# - **ring**: class 1 where $|x_1^2 + x_2^2 - 0.6| < 0.3$.


# %%
def make_task(task, n, seed):
    """n points of the square, float64 (n, 2), and their classes, int64 (n,)."""
    dice = torch.Generator()
    dice.manual_seed(seed)
    X = 2 * torch.rand(n, 2, generator=dice, dtype=torch.float64) - 1
    squared_radius = (X**2).sum(1)
    is_one = {"xor": X.prod(1) < 0, "circle": squared_radius < 0.6, "ring": (squared_radius - 0.6).abs() < 0.3}
    return X, is_one[task].long()


TASKS = ("xor", "circle", "ring")
TASK_COLORS = ("tab:green", "tab:olive", "tab:purple")
COLORS = {0: "tab:blue", 1: "tab:orange"}


def scatter(ax, X, y, size=8):
    for label, color in COLORS.items():
        ax.scatter(*X[y == label].T, s=size, color=color, label=f"class {label}", linewidths=0)
    ax.set(xlabel="$x_1$", ylabel="$x_2$", xlim=(-1, 1), ylim=(-1, 1), aspect="equal")


figure, axes = plt.subplots(1, 3, figsize=(10.5, 3.4), layout="constrained")
for ax, task in zip(axes, TASKS, strict=True):
    scatter(ax, *make_task(task, 500, seed=0))
    ax.set_title(task)
figure.legend(*axes[0].get_legend_handles_labels(), loc="outside right center")
figure.suptitle("500 points of each task")
plt.show()

# %% [markdown]
# A person who sees these pictures knows what to do: hand the model the one number that decides. Write the features
# $x_1$, $x_2$, $x_1 x_2$, $x_1^2 + x_2^2$ and $|x_1^2 + x_2^2 - 0.6|$, in this order, and then the five weights and
# the constant with which they solve each task. You need no data for the weights, only the definitions above.
#
# **Predict.** Which of the five features does the xor task need? With which sign?

# %%
#| exercise: handmade
def handmade(X):
    """Five features of points in the plane: x1, x2, x1 * x2, x1^2 + x2^2, |x1^2 + x2^2 - 0.6|.

    Args:
        X: float tensor (N, 2). Not changed.

    Returns:
        Tensor (N, 5) of X's dtype.

    >>> handmade(torch.tensor([[1.0, -2.0], [0.5, 0.5]]))
    tensor([[ 1.0000, -2.0000, -2.0000,  5.0000,  4.4000],
            [ 0.5000,  0.5000,  0.2500,  0.5000,  0.1000]])
    """
    # BEGIN SOLUTION
    x1, x2 = X[:, 0], X[:, 1]
    squared_radius = x1**2 + x2**2
    return torch.stack([x1, x2, x1 * x2, squared_radius, (squared_radius - 0.6).abs()], dim=1)
    # END SOLUTION


def handmade_weights(task):
    """Weights that solve a task exactly: handmade(X) @ w + c is positive for class 1 and negative for class 0.

    Args:
        task: "xor", "circle" or "ring".

    Returns:
        (w, c): a float64 tensor (5,), and a Python float.

    Raises:
        ValueError: task is none of the three.
    """
    # BEGIN SOLUTION
    if task == "xor":
        return torch.tensor([0.0, 0.0, -1.0, 0.0, 0.0], dtype=torch.float64), 0.0
    if task == "circle":
        return torch.tensor([0.0, 0.0, 0.0, -1.0, 0.0], dtype=torch.float64), 0.6
    if task == "ring":
        return torch.tensor([0.0, 0.0, 0.0, 0.0, -1.0], dtype=torch.float64), 0.3
    raise ValueError(f"task must be 'xor', 'circle' or 'ring', not {task!r}")
    # END SOLUTION


# %% [markdown]
# **Compare.** With the right feature a linear model is perfect:

# %%
for task in TASKS:
    X, y = make_task(task, 2000, seed=1)
    w, c = handmade_weights(task)
    print(f"{task:>6}: accuracy {((handmade(X) @ w + c > 0).long() == y).double().mean().item():.3f}")

# %% [markdown]
# **Explain.** Each feature above was made for one task. How many would you have to write for a photograph of 224 x
# 224 pixels, and how would you know which?

# %% [markdown]
# **Answer in words** (about six sentences). (a) A bank wants to predict from a customer's 50 numbers who will pay back
# a loan, and a colleague proposes a linear model with all squares and all products of two numbers as features. How many
# features are that, and how many with products of up to four numbers? What else, besides their number, is tedious about
# features made by hand? (b) Name one case in which you would make features by hand nevertheless, and say why.

# %% [markdown]
# <!-- exercise: tedious -->
# (a) 50 numbers have 50 * 51 / 2 = 1,275 squares and products, so 1,325 features with the numbers themselves. Up to
# degree four there are C(54, 4) - 1 = 316,250. The number grows like $d^p$, so each needs more data and more memory.
# Besides, somebody has to know which ones matter: for pixels nobody could say what a cat is in products of pixels. The
# work begins anew for each task, and what nobody thought of is missing. (b) With few data and a known law, by hand is
# best: for the fuel of a car I would use speed squared, since air drag goes with it. 30 measurements are enough then,
# and the weight can be explained and checked.

# %% [markdown]
# ## 3. Mend a line from published lecture notes
#
# So let dice make the features. A university's published notes on neural networks say how:
#
# > $\varphi(x) = \text{sign}(Mx + b)$, with $x \in \mathbb{R}^d$, a fixed random $M \in \mathbb{R}^{d \times k}$,
# > $b \in \mathbb{R}^k$ and $k > d$.
#
# **Predict.** Write the shapes below the formula. Does it work for $d = 2$ and $k = 200$?
#
# **Implement** the answer. There are two ways to mend the line: another shape for $M$, or $M^\top$ in the formula.
# Here the formula stays, $\text{sign}(Mx + b)$, and the shape of $M$ changes.

# %%
#| exercise: lecture_shapes
def printed_works(d, k):
    """Whether M @ x + b can be computed with x of shape (d,), M of shape (d, k) and b of shape (k,), as printed, and
    gives k numbers.

    Args:
        d: size of x, at least 1.
        k: how many features, at least 1.

    Returns:
        True or False.

    >>> printed_works(3, 3)
    True
    """
    # BEGIN SOLUTION
    return d == k
    # END SOLUTION


def mended_shapes(n, d, k):
    """The shapes with which sign(Mx + b) gives k features.

    Args:
        n: examples in a batch.
        d: size of one example x.
        k: features.

    Returns:
        Four tuples of ints: the shapes of M, of b, of the features of one example x of shape (d,), and of the features
        of a batch X of shape (n, d).
    """
    # BEGIN SOLUTION
    return (k, d), (k,), (k,), (n, k)
    # END SOLUTION


# %% [markdown]
# **Explain.** Why does a test with a square `M` not find this mistake? Where have you met such a test before?

# %% [markdown]
# ## 4. Random sign features
#
# Each row $m$ of $M$, with its $b$, is a random line through the plane (in $d$ dimensions: a hyperplane). The feature
# says on which side of it a point lies: +1 or -1. Nothing is learned here. The lines are drawn once, and stay.
#
# One convention is needed. `torch.sign(0)` is 0, which would be a third side. **Here sign(0) = +1**, for `-0.0` too.
#
# A batch is `X` with one example in each *row*, so $Mx$ becomes `X @ M.T`. And since a wrong shape can slip through
# by broadcasting (`b` of shape `(1,)`, or `(N,)` where `N = k`), this function looks at the shapes first.

# %%
#| exercise: rf_sign
def rf_sign(X, M, b):
    """Random sign features: on which side of k hyperplanes each example lies.

    Args:
        X: float tensor (N, d), N at least 1.
        M: tensor of X's dtype, (k, d): one hyperplane in each row.
        b: tensor of X's dtype, (k,).

    Returns:
        Tensor (N, k) of X's dtype. Entry (n, j) is +1 where M[j] . X[n] + b[j] >= 0, else -1. Never 0.

    Raises:
        ValueError: X and M are not two-dimensional with the same d, or b is not of shape (k,).

    >>> M = torch.tensor([[1.0, 0.0], [0.0, 1.0], [1.0, 1.0]])
    >>> rf_sign(torch.tensor([[0.5, -2.0]]), M, torch.tensor([0.0, 2.0, 0.0]))
    tensor([[ 1.,  1., -1.]])
    """
    # BEGIN SOLUTION
    if X.ndim != 2 or M.ndim != 2 or X.shape[1] != M.shape[1] or b.shape != M.shape[:1]:
        raise ValueError(f"shapes do not fit: X {tuple(X.shape)}, M {tuple(M.shape)}, b {tuple(b.shape)}")
    positive = X @ M.T + b >= 0
    return 2 * positive.to(X.dtype) - 1
    # END SOLUTION


# %% [markdown]
# ## 5. Draw once
#
# Training and test examples must meet the *same* lines. Draw new ones for the test set, and the weights belong to
# features that no longer exist: accuracy falls to a coin's, and nothing raises an error.
#
# So the drawing is one function, which follows from its seed alone, and leaves the generators alone that the rest of
# the program shares. It also draws what section 7 will need, "cos" features, which want another distribution for `b`:
# a phase.
#
# | kind | entries of `M` | entries of `b` |
# |---|---|---|
# | `"sign"` | independent standard normal | independent standard normal |
# | `"cos"` | independent standard normal | independent uniform in $[0, 2\pi)$ |
#
# **Predict.** What goes wrong if you seed the generator, draw `M`, seed it again with the same number, and draw `b`?

# %%
#| exercise: make_rf
def make_rf(d, k, seed, kind="sign"):
    """Draw the parameters of k random features of examples in d dimensions.

    Args:
        d: size of an example.
        k: how many features.
        seed: int from 0 to 2**31 - 1. The same seed gives the same numbers, another one others; generators that
            others share (torch's, numpy's, Python's) are not touched.
        kind: "sign" or "cos", see the table above.

    Returns:
        (M, b): float64 tensors (k, d) and (k,), all entries independent of each other. They are drawn anew in each
        call, and belong to the caller.

    Raises:
        ValueError: kind is neither.

    >>> M, b = make_rf(2, 5, seed=0)
    >>> M.shape, b.shape
    (torch.Size([5, 2]), torch.Size([5]))
    """
    # BEGIN SOLUTION
    generator = torch.Generator().manual_seed(seed)
    M = torch.randn(k, d, generator=generator, dtype=torch.float64)
    if kind == "sign":
        return M, torch.randn(k, generator=generator, dtype=torch.float64)
    if kind == "cos":
        return M, 2 * math.pi * torch.rand(k, generator=generator, dtype=torch.float64)
    raise ValueError(f"kind must be 'sign' or 'cos', not {kind!r}")
    # END SOLUTION


# %% [markdown]
# **Look.** Three random features of the plane, and the pattern that 12 of them make together. All points of one patch
# have the same features, so no model that sees only the features can tell them apart.


# %%
def grid(steps=80):
    """The square from -1 to 1 as (steps * steps, 2) points, row by row."""
    ticks = torch.linspace(-1, 1, steps, dtype=torch.float64)
    return torch.cartesian_prod(ticks, ticks).flip(1)


def picture(ax, values, title, **options):
    side = math.isqrt(len(values))
    image = values.cpu().reshape(side, side).numpy()
    ax.imshow(image, origin="lower", extent=(-1, 1, -1, 1), **options)
    ax.set(title=title, xlabel="$x_1$")


M, b = make_rf(2, 12, seed=5)
signs = rf_sign(grid(), M, b)
figure, axes = plt.subplots(1, 4, figsize=(11, 2.9), layout="constrained", sharey=True)
for j in range(3):
    picture(axes[j], signs[:, j], f"feature {j}", cmap="coolwarm", vmin=-1.5, vmax=1.5)
patches = signs.unique(dim=0, return_inverse=True)[1]
shuffled = torch.randperm(int(patches.max()) + 1, generator=torch.Generator().manual_seed(1))[patches]
picture(axes[3], shuffled, f"12 features make {int(patches.max()) + 1} patches", cmap="tab20")
axes[0].set_ylabel("$x_2$")
figure.suptitle("Random sign features of the plane: each is a line, together they are a mesh")
plt.show()

# %% [markdown]
# ## 6. The linear model on top: ridge regression, twice
#
# The features are fixed, so what is left is a linear model, and a linear model with squared loss needs no gradient
# descent. **Ridge regression** has a closed form. Find $w$ and $c$ that minimise
#
# $$\lVert \Phi w + c - t \rVert^2 + \lambda \lVert w \rVert^2 .$$
#
# The constant $c$ is **not** penalised: shifting all targets by 5 should shift all predictions by 5. Mind that the
# first term is a *sum* over the examples, not a mean. Setting the derivative by $c$ to zero gives $c = \bar t -
# \bar\varphi \cdot w$ (bars are means over the examples); what remains is a problem in centred features and targets:
#
# $$(\tilde\Phi^\top \tilde\Phi + \lambda I)\, w = \tilde\Phi^\top \tilde t .$$
#
# That is $k$ equations (the **primal**). The same solution can be found with $N$ equations (the **dual**). Setting
# the derivative by $w$ to zero shows that $w = \Phi^\top \alpha$ with $\alpha = (t - \Phi w - c) / \lambda$. Put the
# first into the second, with $K = \Phi\Phi^\top$, and remember that the residuals add up to zero:
#
# $$(K + \lambda I)\,\alpha + c\,\mathbf{1} = t, \qquad \mathbf{1}^\top \alpha = 0 .$$
#
# Here the features appear only through $K$, the dot products of examples with each other. That is the door to
# section 8.
#
# **Predict.** 500 examples, 10,000 features: which of the two systems would you rather solve?
#
# **Implement** both. Use `torch.linalg.solve`; an inverse is never needed.

# %%
#| exercise: ridge
def ridge_fit(Phi, t, lam):
    """Ridge regression with a free constant, by the primal equations.

    Args:
        Phi: float64 tensor (N, k), features of N >= 1 examples. Not changed.
        t: float64 tensor (N,), targets. Not changed.
        lam: float > 0, the penalty's weight.

    Returns:
        (w, c): float64 tensors (k,) and (), the minimum of ||Phi w + c - t||^2 + lam ||w||^2.

    >>> ridge_fit(torch.tensor([[-1.0], [1.0]]).double(), torch.tensor([3.0, 7.0]).double(), lam=2.0)
    (tensor([1.], dtype=torch.float64), tensor(5., dtype=torch.float64))
    """
    # BEGIN SOLUTION
    mean_phi, mean_t = Phi.mean(0), t.mean()
    centred = Phi - mean_phi
    penalty = lam * torch.eye(Phi.shape[1], dtype=Phi.dtype)
    w = torch.linalg.solve(centred.T @ centred + penalty, centred.T @ (t - mean_t))
    return w, mean_t - mean_phi @ w
    # END SOLUTION


def kernel_ridge_fit(K, t, lam):
    """The same minimum by the dual equations, which need only the dot products of the examples.

    Args:
        K: float64 tensor (N, N), symmetric: K[i, j] is the dot product of the features of examples i and j (or any
            other kernel). Not changed.
        t: float64 tensor (N,), targets. Not changed.
        lam: float > 0, the penalty's weight.

    Returns:
        (alpha, c): float64 tensors (N,) and (). The prediction for an example with the dot products `row`, of shape
        (N,), with the N examples is row @ alpha + c.

    >>> kernel_ridge_fit(torch.tensor([[1.0, -1.0], [-1.0, 1.0]]).double(), torch.tensor([3.0, 7.0]).double(), lam=2.0)
    (tensor([-0.5000,  0.5000], dtype=torch.float64), tensor(5., dtype=torch.float64))
    """
    # BEGIN SOLUTION
    n = len(t)
    ones = torch.ones(n, 1, dtype=K.dtype)
    upper = torch.cat([K + lam * torch.eye(n, dtype=K.dtype), ones], dim=1)
    lower = torch.cat([ones, torch.zeros(1, 1, dtype=K.dtype)]).T
    solution = torch.linalg.solve(torch.cat([upper, lower]), torch.cat([t, torch.zeros(1, dtype=t.dtype)]))
    return solution[:n], solution[n]
    # END SOLUTION


# %% [markdown]
# **Compare.** The two ways must agree to many digits:

# %%
X, y = make_task("ring", 60, seed=2)
Phi, targets = rf_sign(X, *make_rf(2, 200, seed=0)), 2.0 * y.double() - 1
w, c = ridge_fit(Phi, targets, lam=1.0)
alpha, c_dual = kernel_ridge_fit(Phi @ Phi.T, targets, lam=1.0)
print("largest difference of the predictions:", f"{(Phi @ w + c - Phi @ (Phi.T @ alpha) - c_dual).abs().max():.1e}")

# %% [markdown]
# **Explain.** What do $w$ and $c$ become when $\lambda$ grows without end? And what would $c$ become if it were
# penalised as well?

# %% [markdown]
# ## 7. A classifier with random features
#
# Now put the parts together: draw the features once, regress the targets +1 and -1 on them, and call a point class 1
# where the score is positive. This is all: no loop, no gradient.
#
# **Predict.** On xor, a linear model of `x` itself is a coin. What do you expect of 10 random features, and of 200?
#
# **Implement.** `M` and `b` are drawn when the classifier is made, and never again.

# %%
#| exercise: rf_classifier
class RandomFeatureClassifier:
    """Two classes, random sign features, ridge regression.

    Args:
        d: size of an example.
        k: how many random features.
        seed: int; decides M and b, which are make_rf(d, k, seed)'s.
        lam: the penalty of ridge regression.

    Attributes:
        M: float64 tensor (k, d), there from the start.
        b: float64 tensor (k,), there from the start.
        w: float64 tensor (k,), there after fit.
        c: float64 tensor (), there after fit.
    """

    def __init__(self, d, k, seed, lam=1.0):
        # BEGIN SOLUTION
        self.M, self.b = make_rf(d, k, seed)
        self.lam = lam
        # END SOLUTION

    def fit(self, X, y):
        """Find w and c: ridge regression of the targets +1 (class 1) and -1 (class 0) on the sign features of X.

        A second fit forgets the first one.

        Args:
            X: float64 tensor (N, d). Not changed.
            y: int64 tensor (N,), classes 0 and 1. Not changed.

        Returns:
            The classifier itself.
        """
        # BEGIN SOLUTION
        self.w, self.c = ridge_fit(rf_sign(X, self.M, self.b), 2.0 * y.double() - 1, self.lam)
        return self
        # END SOLUTION

    def scores(self, X):
        """The score of each example, float64 (N,): positive for class 1. X is a float64 tensor (N, d), N at least 1."""
        # BEGIN SOLUTION
        return rf_sign(X, self.M, self.b) @ self.w + self.c
        # END SOLUTION


# %% [markdown]
# **Compare.** Held-out accuracy of a linear model of `x`, and of 10 and many random features:


# %%
def accuracy(scores, y):
    """The share of examples on the right side of 0."""
    return ((scores > 0).long() == y).double().mean().item()


n, k = settings["n"], settings["k"]
data = {task: (make_task(task, n, seed=3), make_task(task, 4000, seed=4)) for task in TASKS}
for task, ((X, y), (X_held, y_held)) in data.items():
    w, c = ridge_fit(X, 2.0 * y.double() - 1, lam=1.0)
    found = {"linear": accuracy(X_held @ w + c, y_held)}
    for features in (10, k):
        model = RandomFeatureClassifier(2, features, seed=0).fit(X, y)
        found[f"{features} random features"] = accuracy(model.scores(X_held), y_held)
    print(f"{task:>6}: " + ", ".join(f"{name} {value:.3f}" for name, value in found.items()))

# %% [markdown]
# How many does it take? The curve below is the whole idea in one picture: features that know nothing of the task do,
# if there are enough of them. The shaded band spans four draws.

# %%
ks = (5, 10, 20, 50, 100, 200)
figure, ax = plt.subplots(figsize=(6, 3.2), layout="constrained")
for task, color in zip(TASKS, TASK_COLORS, strict=True):
    (X, y), (X_held, y_held) = data[task]
    draws = [
        [accuracy(RandomFeatureClassifier(2, k, seed).fit(X, y).scores(X_held[:2000]), y_held[:2000]) for k in ks]
        for seed in range(4)
    ]
    draws = torch.tensor(draws)
    ax.plot(ks, draws.mean(0), "o-", color=color, label=task)
    ax.fill_between(ks, draws.amin(0), draws.amax(0), color=color, alpha=0.2, linewidth=0)
ax.axhline(0.5, color="tab:gray", linestyle="--", label="a coin")
ax.set(title="Random sign features", xlabel="random features k", ylabel="held-out accuracy", xscale="log")
ax.legend()
plt.show()

# %% [markdown]
# ## 8. What many random features compute: a kernel
#
# A ridge regression sees its features only through dot products (section 6, dual). So ask what the dot product of two
# examples' random features *is*, when there are very many of them: an average over all possible features, and that is
# a plain function of the two points, a **kernel**.
#
# **Sign features.** Two points get different signs from a line that runs between them. With $m$ and $b$ standard
# normal, write $\bar x = (x, 1)$; a random direction separates $\bar x$ and $\bar z$ with probability $\theta / \pi$,
# where $\theta$ is the angle between them. So
#
# $$\tfrac{1}{k}\, \varphi(x) \cdot \varphi(z) \;\longrightarrow\; 1 - \frac{2\theta}{\pi},
# \qquad \cos\theta = \frac{\bar x \cdot \bar z}{\lVert \bar x \rVert \, \lVert \bar z \rVert} .$$
#
# **Cosine features.** $\varphi_j(x) = \sqrt{2/k}\, \cos(m_j \cdot x / \sigma + b_j)$ with a random phase $b_j$. The
# product of two cosines is $\cos(\text{difference}) + \cos(\text{sum})$, halved. The phase averages the second away,
# and what stays is the **RBF kernel**:
#
# $$\varphi(x) \cdot \varphi(z) \;\longrightarrow\; \exp\left(-\frac{\lVert x - z \rVert^2}{2\sigma^2}\right) .$$
#
# **Predict.** What is the RBF kernel of a point with itself, and of two points that are very far apart? What would be
# left of the derivation if `b` were standard normal, or left out?
#
# **Implement** first the features, then both kernels.

# %%
#| exercise: rf_cos
def rf_cos(X, W, b, sigma):
    """Random cosine features: sqrt(2 / k) * cos(W x / sigma + b).

    Args:
        X: float tensor (N, d).
        W: tensor of X's dtype, (k, d), standard normal: not yet divided by sigma.
        b: tensor of X's dtype, (k,), phases.
        sigma: float > 0, the length scale.

    Returns:
        Tensor (N, k) of X's dtype.

    >>> rf_cos(torch.tensor([[2.0]]), torch.tensor([[0.0], [math.pi]]), torch.zeros(2), sigma=2.0)
    tensor([[ 1., -1.]])
    """
    # BEGIN SOLUTION
    return math.sqrt(2 / W.shape[0]) * torch.cos(X @ W.T / sigma + b)
    # END SOLUTION


# %%
#| exercise: kernels
def sign_kernel(X, Z):
    """1 - 2 theta / pi for each pair, theta the angle between (x, 1) and (z, 1).

    Args:
        X: float64 tensor (N, d).
        Z: float64 tensor (P, d).

    Returns:
        float64 tensor (N, P), everywhere finite and in [-1, 1]; within 1e-6 of 1 where x and z are the same point.

    >>> sign_kernel(torch.tensor([[1.0]]).double(), torch.tensor([[1.0], [-1.0]]).double())
    tensor([[1., 0.]], dtype=torch.float64)
    """
    # BEGIN SOLUTION
    def unit(A):
        with_one = torch.cat([A, torch.ones(len(A), 1, dtype=A.dtype)], dim=1)
        return with_one / with_one.norm(dim=1, keepdim=True)

    cosine = (unit(X) @ unit(Z).T).clamp(-1, 1)
    return 1 - 2 / math.pi * torch.acos(cosine)
    # END SOLUTION


def rbf_kernel(X, Z, sigma):
    """exp(-||x - z||^2 / (2 sigma^2)) for each pair.

    Args:
        X: float64 tensor (N, d).
        Z: float64 tensor (P, d).
        sigma: float > 0, the length scale.

    Returns:
        float64 tensor (N, P).

    >>> rbf_kernel(torch.tensor([[0.0, 0.0]]).double(), torch.tensor([[3.0, 4.0]]).double(), sigma=5.0)
    tensor([[0.6065]], dtype=torch.float64)
    """
    # BEGIN SOLUTION
    squared = (X[:, None, :] - Z[None, :, :]).square().sum(2)
    return torch.exp(-squared / (2 * sigma**2))
    # END SOLUTION


# %% [markdown]
# How fast do the random features come near their kernel? An average of $k$ independent numbers is off by about
# $1/\sqrt{k}$. On paper with two logarithmic axes a power $\text{error} = C\,k^s$ is a straight line with slope $s$,
# so measuring an exponent is fitting a line. Write the fit; you need it once more in section 11.

# %%
#| exercise: loglog_slope
def loglog_slope(sizes, errors):
    """The exponent s of the power law errors = C * sizes**s that fits best: least squares in the logarithms of both.

    Args:
        sizes: list of at least two different positive numbers.
        errors: list of as many positive numbers.

    Returns:
        s, a Python float.

    >>> round(loglog_slope([1, 10, 100], [5.0, 0.5, 0.05]), 6)
    -1.0
    """
    # BEGIN SOLUTION
    log_size = torch.tensor(sizes, dtype=torch.float64).log()
    log_error = torch.tensor(errors, dtype=torch.float64).log()
    centred = log_size - log_size.mean()
    return ((centred * log_error).sum() / (centred * centred).sum()).item()
    # END SOLUTION


# %% [markdown]
# **Compare.** The largest error over all pairs of 20 points, for more and more features. Ten times the accuracy costs
# *a hundred times* the features.

# %%
points = make_task("xor", 20, seed=6)[0]
exact = {"sign": sign_kernel(points, points), "cos": rbf_kernel(points, points, sigma=0.5)}


def kernel_error(kind, k, seed):
    """The largest |features' dot product - kernel| over all pairs; summed up in blocks, to save memory."""
    total = torch.zeros(len(points), len(points), dtype=torch.float64)
    M, b = make_rf(2, k, seed, kind)
    for rows in torch.arange(k).split(20_000):
        if kind == "sign":
            features = rf_sign(points, M[rows], b[rows]) / k**0.5
        else:
            features = rf_cos(points, M[rows], b[rows], sigma=0.5) * (len(rows) / k) ** 0.5
        total += features @ features.T
    return (total - exact[kind]).abs().max().item()


sizes = [100, 1000, 10_000, settings["kernel_k"]]
figure, ax = plt.subplots(figsize=(6, 3.4), layout="constrained")
for kind, color in (("sign", "tab:green"), ("cos", "tab:red")):
    errors = [sum(kernel_error(kind, k, seed) for seed in range(3)) / 3 for k in sizes]
    slope = loglog_slope(sizes, errors)
    ax.loglog(sizes, errors, "o-", color=color, label=f"{kind} features, slope {slope:.2f}")
    print(kind, ", ".join(f"k={k:,}: {error:.4f}" for k, error in zip(sizes, errors, strict=True)))
ax.loglog(sizes, [2 / k**0.5 for k in sizes], color="tab:gray", linestyle="--", label=r"$2 / \sqrt{k}$")
ax.set(title="Random features come near their kernel", xlabel="features k", ylabel="largest error of 400 pairs")
ax.legend()
plt.show()

# %% [markdown]
# So ridge regression on random features *is* (nearly) **kernel regression**. Here are both on noisy measurements of a
# curve: the dashed line is kernel ridge regression with the RBF kernel, which has no features at all, or infinitely
# many; the other is ridge regression on `k` cosine features.

# %%
generator = torch.Generator().manual_seed(8)
x_some = torch.rand(40, 1, generator=generator, dtype=torch.float64) * 2 - 1
t_some = torch.sin(5 * x_some[:, 0]) + 0.15 * torch.randn(40, generator=generator, dtype=torch.float64)
x_line = torch.linspace(-1, 1, 300, dtype=torch.float64)[:, None]
alpha, c = kernel_ridge_fit(rbf_kernel(x_some, x_some, 0.3), t_some, lam=0.1)
by_kernel = rbf_kernel(x_line, x_some, 0.3) @ alpha + c
figure, axes = plt.subplots(1, 3, figsize=(10, 3.4), layout="constrained", sharey=True)
for ax, k in zip(axes, (5, 50, 1000), strict=True):
    W, b = make_rf(1, k, seed=0, kind="cos")
    w, c = ridge_fit(rf_cos(x_some, W, b, 0.3), t_some, lam=0.1)
    ax.scatter(x_some, t_some, s=10, color="tab:gray", label="measurements")
    ax.plot(x_line, by_kernel, "k--", label="kernel regression")
    ax.plot(x_line, rf_cos(x_line, W, b, 0.3) @ w + c, color="tab:red", label="random features")
    ax.set(title=f"k = {k}", xlabel="x")
axes[0].set_ylabel("t")
figure.legend(*axes[0].get_legend_handles_labels(), loc="outside lower center", ncols=3)
figure.suptitle("Ridge regression on k cosine features, and the kernel regression that it tends to")
plt.show()

# %% [markdown]
# **Explain.** When is it better to have the kernel, and when the random features? Count what each has to store and to
# solve for $N$ examples and $k$ features.

# %% [markdown]
# ## 9. Learned features: a network with two layers
#
# Random features are drawn and stay. A **two-layer network** has the same form, a nonlinear layer and a linear model
# on top, and one difference: the first layer is moved by the same gradient as the second.
#
# $$\varphi(x) = \text{relu}(W_1 x + b_1), \qquad p(y = 1 \mid x) = \sigma(w_2 \cdot \varphi(x) + b_2)$$
#
# Sign has no useful gradient (zero, wherever it exists), which is why nobody trains sign features and why ReLU stands
# there. Other functions do as well: tanh, the sigmoid, GELU.
#
# **Predict.** How many parameters has the network with `d = 2` and `h = 16`?

# %%
#| exercise: two_layer
class TwoLayer(nn.Module):
    """A network with one hidden layer for two classes: Linear, ReLU, Linear with one output.

    Both layers have a bias. The first weights are drawn at random, anew for each network, from torch's shared generator
    (as nn.Linear does it).

    Args:
        d: size of an example.
        h: hidden units.
    """

    def __init__(self, d, h):
        super().__init__()
        # BEGIN SOLUTION
        self.hidden = nn.Linear(d, h)
        self.out = nn.Linear(h, 1)
        # END SOLUTION

    def phi(self, X):
        """The learned features, after the ReLU: (N, d) to (N, h). Gradients flow."""
        # BEGIN SOLUTION
        return torch.relu(self.hidden(X))
        # END SOLUTION

    def forward(self, X):
        """Logits of class 1: (N, d) to (N,), for N = 1 too. No sigmoid. Gradients flow."""
        # BEGIN SOLUTION
        return self.out(self.phi(X)).squeeze(1)
        # END SOLUTION

    def probability(self, X):
        """p(y = 1 | x): (N, d) to (N,), in [0, 1]."""
        # BEGIN SOLUTION
        return torch.sigmoid(self(X))
        # END SOLUTION


# %% [markdown]
# ## 10. Train it
#
# **Implement** the training: all examples in each step, `F.binary_cross_entropy_with_logits`, and an optimizer of
# your choice. Adam with a learning rate of 0.03 does it in less than a second. (The cells below take 300 steps, the
# check 500.)
#
# The check trains your `TwoLayer` with 16 hidden units and 500 steps on 500 points of xor and of circle, **turned by
# an angle that you do not know** and with the classes' names perhaps swapped, and judges by 4,000 other points. Full
# marks: an accuracy of at least .95 on both. Below .85: none. In between: in proportion.

# %%
#| exercise: train_two_layer
def train_two_layer(X, y, h, steps, seed):
    """Train a TwoLayer network on two classes.

    Args:
        X: float32 tensor (N, d). Not changed.
        y: int64 tensor (N,), classes 0 and 1.
        h: hidden units.
        steps: how many times the optimizer may step, at least 1; use them all, if you like.
        seed: int. The same seed gives the same network from the same data, another seed another one.

    Returns:
        (model, losses): the trained TwoLayer, on X's device, and a list with the training loss of each step, Python
        floats.
    """
    # BEGIN SOLUTION
    torch.manual_seed(seed)
    model = TwoLayer(X.shape[1], h).to(X.device)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.03)
    losses = []
    for _ in range(steps):
        loss = F.binary_cross_entropy_with_logits(model(X), y.to(X.dtype))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return model, losses
    # END SOLUTION


# %% [markdown]
# **Compare** all that we have, on the same training points. Rows are tasks, columns are features; the border is where
# the score is 0, and the numbers are held-out accuracies.

# %%
rng_of_k = (10, settings["k"])
learned = {}
figure, axes = plt.subplots(3, 5, figsize=(12, 7.6), layout="constrained", sharex=True, sharey=True)
for row, (task, ((X, y), (X_held, y_held))) in zip(axes, data.items(), strict=True):
    targets = 2.0 * y.double() - 1
    w, c = ridge_fit(X, targets, lam=1.0)
    w_hand, c_hand = handmade_weights(task)
    models = {
        "linear": lambda Z, w=w, c=c: Z @ w + c,
        "made by hand": lambda Z, w=w_hand, c=c_hand: handmade(Z) @ w + c,
    }
    for k in rng_of_k:
        models[f"{k} random"] = RandomFeatureClassifier(2, k, seed=0).fit(X, y).scores
    h = settings["h"]
    net, losses = train_two_layer(X.float().to(device), y.to(device), h, settings["steps"], seed=0)
    learned[task] = net
    models[f"{h} learned"] = lambda Z, net=net: net(Z.float().to(device)).detach().cpu()
    for ax, (name, scores) in zip(row, models.items(), strict=True):
        picture(ax, scores(grid()) > 0, "", cmap="coolwarm", alpha=0.35)
        scatter(ax, X[:120], y[:120], size=4)
        ax.set(title=f"{name}: {accuracy(scores(X_held), y_held):.3f}", xlabel="", ylabel="")
    row[0].set_ylabel(f"{task}, $x_2$")
for ax in axes[-1]:
    ax.set_xlabel("$x_1$")
figure.suptitle("Borders found with five kinds of features (held-out accuracy)")
plt.show()

# %% [markdown]
# What did the network learn? Each hidden unit bends along one line, where $w \cdot x + b = 0$. Between the lines the
# network is a plane: it is a *mesh* of flat pieces. Random lines lie anywhere. Learned ones went where they are
# needed:

# %%
figure, axes = plt.subplots(1, 3, figsize=(11, 3.6), layout="constrained", sharey=True)
for ax, task in zip(axes, TASKS, strict=True):
    net = learned[task].cpu()
    Z = grid(160)
    with torch.no_grad():
        picture(ax, net.probability(Z.float()), task, cmap="coolwarm", vmin=0, vmax=1)
        active = (net.phi(Z.float()) > 0).double().reshape(160, 160, -1)
        for unit in range(active.shape[2]):
            if 0 < active[..., unit].mean() < 1:
                ax.contour(active[..., unit], levels=[0.5], extent=(-1, 1, -1, 1), colors="black", linewidths=0.7)
axes[0].set_ylabel("$x_2$")
figure.colorbar(axes[1].images[0], ax=axes, label="p(class 1)")
figure.suptitle("Where the learned features bend (lines), and the probability that comes out")
plt.show()

# %% [markdown]
# **Explain.** For xor, four units with lines along the axes would do. Why did training not find exactly those? And on
# the ring, train again with other seeds, with more units, with more steps: the result differs far more than for the
# other two tasks. What may happen there that cannot happen in ridge regression?
#
# ### Other ways to have features
#
# There are more ways to have features without writing them down: more **layers**, so that features are made of
# features; **convolutions**, which use the same small feature at each place of an image; **kernels**, as above;
# decision **trees**, whose features are questions like "is $x_1 < 0.3$?", chosen greedily. With random features,
# networks whose width may grow and trees, what they have in common is that the number of parameters follows the data.
# Statisticians call such models *nonparametric*, though they have more parameters than any other.

# %% [markdown]
# **Answer in words** (about eight sentences). "In a deep network it is hard to encode structure or prior knowledge": so
# says a glossary. (a) Give one piece of prior knowledge that features made by hand can hold and that `TwoLayer` cannot
# be told (take the ring or xor, or a task of your own). (b) A convolution uses the same small weights at each place of
# an image. Which knowledge about images is built in that way, and what would a fully connected layer have to learn
# instead? (c) So is the glossary right? Name one more way in which people tell a network what they know.

# %% [markdown]
# <!-- exercise: prior_knowledge -->
# (a) For the ring I know that only the distance from the origin counts. One feature says it, $x_1^2 + x_2^2$, and then
# it holds everywhere, also where there are no data. `TwoLayer` sees two numbers; it must find the symmetry from
# examples, and has it only approximately, and only where the examples lie. (b) A convolution says that neighbouring
# pixels belong together, and that a pattern means the same wherever it stands. A fully connected layer has
# weights of its own for each place, so it has to see a cat in every corner to know it there. (c) The sentence is half
# right: a rule such as "no loan above this sum" cannot be written into weights. But structure is put in by the
# architecture (convolution, shared weights, masks), by the data (turned and mirrored copies teach the network
# that these are the same), by a penalty in the loss, or by pretraining on related data.

# %% [markdown]
# ## 11. Any curve: a network built by hand
#
# Two linear layers with a nonlinearity between them can come as near as you like to *any* continuous function on a
# closed interval (and on boxes in more dimensions), if there are enough hidden units. This is the **universal
# approximation theorem**, and in one dimension you can prove it with a pencil, and then with code.
#
# Choose **knots** $t_0 < t_1 < \dots < t_m$ and join the points $(t_i, f(t_i))$ by straight lines: $m$ pieces with
# the slopes $s_0, \dots, s_{m-1}$. A ReLU unit $\text{relu}(x - t_i)$ is zero up to the knot and has slope 1 after
# it. So start at the height $f(t_0)$, and let each knot add what the slope *changes* there:
#
# $$g(x) = f(t_0) + s_0\,\text{relu}(x - t_0) + \sum_{i=1}^{m-1} (s_i - s_{i-1})\,\text{relu}(x - t_i) .$$
#
# That is a hidden layer of $m$ units and an output layer. If $f$ has a second derivative, the error with pieces of
# width $\delta$ is at most $\max|f''|\,\delta^2/8$. In the plane the same is done with triangles, and engineers call
# it a mesh.
#
# **Predict.** Twice as many pieces: how much smaller is the error? What is the slope on logarithmic axes?
#
# **Implement** the network, and a function that says how many equal pieces are enough.

# %%
#| exercise: relu_interpolant
def relu_interpolant(f, knots):
    """Weights of a network, Linear, ReLU, Linear, that joins the points (t, f(t)) at the knots by straight lines.

    The network is x -> relu(x @ W1.T + b1) @ W2.T + b2, for x of shape (N, 1).

    Args:
        f: takes a tensor of any shape and gives the values there, in the same shape and dtype.
        knots: float64 tensor (m + 1,), strictly increasing, m at least 1. Not evenly spaced, in general. Not changed.

    Returns:
        (W1, b1, W2, b2): float64 tensors (h, 1), (h,), (1, h), (1,), with at most h = m + 1 hidden units. From the
        first knot to the last the network is the interpolation. Outside it may do what it likes.

    >>> W1, b1, W2, b2 = relu_interpolant(torch.abs, torch.tensor([-1.0, 0.0, 2.0], dtype=torch.float64))
    >>> x = torch.tensor([[-0.5], [1.0]], dtype=torch.float64)
    >>> torch.relu(x @ W1.T + b1) @ W2.T + b2
    tensor([[0.5000],
            [1.0000]], dtype=torch.float64)
    """
    # BEGIN SOLUTION
    values = f(knots)
    slopes = values.diff() / knots.diff()
    changes = torch.cat([slopes[:1], slopes.diff()])
    W1 = torch.ones(len(changes), 1, dtype=knots.dtype)
    return W1, -knots[:-1], changes[None, :], values[:1]
    # END SOLUTION


def pieces_needed(curvature, length, error):
    """The smallest number of equal pieces for which the bound of the text promises an error of at most `error`.

    Args:
        curvature: float >= 0, the largest |f''| on the interval.
        length: float > 0, of the interval.
        error: float > 0.

    Returns:
        int, at least 1.

    >>> pieces_needed(curvature=8.0, length=1.0, error=0.02)
    8
    """
    # BEGIN SOLUTION
    return max(1, math.ceil(length * math.sqrt(curvature / (8 * error))))
    # END SOLUTION


# %% [markdown]
# **Compare.** $\sin 3x$ between -2 and 2, with 4 to 64 pieces. The slope is that of your prediction, or is it?


# %%
def through(x, W1, b1, W2, b2):
    return torch.relu(x @ W1.T + b1) @ W2.T + b2


def curve(x):
    return torch.sin(3 * x)


fine = torch.linspace(-2, 2, 4001, dtype=torch.float64)[:, None]
pieces = (4, 8, 16, 32, 64)
figure, axes = plt.subplots(1, 4, figsize=(12, 3), layout="constrained")
errors = []
for m in pieces:
    network = relu_interpolant(curve, torch.linspace(-2, 2, m + 1, dtype=torch.float64))
    errors.append((through(fine, *network) - curve(fine)).abs().max().item())
for ax, m in zip(axes, (4, 8, 16), strict=False):
    knots = torch.linspace(-2, 2, m + 1, dtype=torch.float64)
    ax.plot(fine, curve(fine), color="tab:gray", label="sin 3x")
    ax.plot(fine, through(fine, *relu_interpolant(curve, knots)), color="tab:red", label=f"{m} hidden units")
    ax.plot(knots, curve(knots), "o", color="tab:red", markersize=3)
    ax.set(title=f"{m} pieces", xlabel="x", ylim=(-1.3, 1.7))
    ax.legend(fontsize=8, loc="upper left")
axes[3].loglog(pieces, errors, "o-", color="tab:red", label=f"measured, slope {loglog_slope(pieces, errors):.2f}")
axes[3].loglog(pieces, [9 * (4 / m) ** 2 / 8 for m in pieces], "--", color="tab:gray", label="bound")
axes[3].set(title="largest error", xlabel="pieces")
axes[3].set_xticks(pieces, pieces)
axes[3].minorticks_off()
axes[3].legend(fontsize=8)
plt.show()
print("errors:", ", ".join(f"{m} pieces {error:.5f}" for m, error in zip(pieces, errors, strict=True)))
print("pieces for an error of 0.001:", pieces_needed(curvature=9.0, length=4.0, error=0.001))

# %% [markdown]
# **Explain.** The mesh needs $m$ pieces in one dimension for some error. How many cells does a grid need for the same
# spacing in 10 dimensions, and in the 784 dimensions of a small image? Then why do networks work on images at all?

# %% [markdown]
# **Answer in words** (eight sentences). (a) State the universal approximation theorem for networks with one hidden
# layer: what is given, what exists, in which sense is it near? (b) Three people cite it. "So one hidden layer is enough
# in practice." "So gradient descent will find the weights." "So the network will be right on new data." Say for each
# what the theorem says about it, and name for one of them a result of this notebook as evidence. (c) Why does the proof
# of section 11 fail without the nonlinearity?

# %% [markdown]
# <!-- exercise: universal_approximation -->
# (a) Given a continuous function on a closed bounded set, such as an interval or a box, and any error above zero, there
# are a number of hidden units and weights such that the network differs from the function by less than this error
# everywhere on the set. The nonlinearity must not be a polynomial. (b) None of the three follows. The theorem gives no
# useful count of units: with a mesh it grows exponentially with the dimension, and a deeper network may need far fewer.
# It says that weights exist, not how to find them: on the ring our training ended in different networks for different
# seeds, some of them poor, though good weights exist. It says nothing about new data: a network can pass through all
# noisy points and be wrong between them, and outside of the set nothing is promised (our interpolant simply goes
# straight on). (c) Without it the two layers are one affine function (section 1): one straight line, without a kink.

# %% [markdown]
# ## 12. The same trick on digits
#
# Nothing above was about the plane. Sign features of the 64 pixels of handwritten digits, ten ridge regressions (one
# for each digit, the largest score wins), a quarter of the digits held out. With `REAL_DATA = True` the same goes
# over MNIST, which is downloaded: 28 x 28 pixels and 70,000 digits.

# %%
REAL_DATA = False

if REAL_DATA:
    from autograder.datasets import mnist

    x_train, y_train, x_test, y_test = mnist()
    x_train, x_test = (part.double().reshape(len(part), -1) for part in (x_train[:10_000], x_test))
    y_train = y_train[:10_000]
else:
    digits = load_digits()
    images, labels = torch.tensor(digits.data) / 16, torch.tensor(digits.target)
    order = torch.randperm(len(images), generator=torch.Generator().manual_seed(0))
    x_train, x_test = images[order[450:]], images[order[:450]]
    y_train, y_test = labels[order[450:]], labels[order[:450]]
centre = x_train.mean(0)

for k in (10, 100, settings["digits_k"]):
    M, b = make_rf(x_train.shape[1], k, seed=0)
    Phi, Phi_test = rf_sign(x_train - centre, M, b), rf_sign(x_test - centre, M, b)
    columns = [ridge_fit(Phi, 2.0 * (y_train == digit).double() - 1, lam=k / 10) for digit in range(10)]
    scores = torch.stack([Phi_test @ w + c for w, c in columns], dim=1)
    print(f"{k:>5} random features: {(scores.argmax(1) == y_test).double().mean().item():.3f} of the held-out digits")

# %% [markdown]
# ## To think about
#
# 1. The network with 16 learned features is about as good as 200 random ones. Count the numbers that each of them has
#    to store. In which case would you still take the random ones?
# 2. Is a network at its start, before training, a random feature model? What follows for what training only its
#    *last* layer can reach?
# 3. Section 11 *constructs* the weights. The theorem says that they exist. Does either say that gradient descent
#    finds them?
#
# ## What to read next
#
# - Ali Rahimi and Benjamin Recht, *Random Features for Large-Scale Kernel Machines*, NIPS 2007: the cosine features
#   of section 8.
# - Youngmin Cho and Lawrence Saul, *Kernel Methods for Deep Learning*, NIPS 2009: the kernel of sign features, and
#   that of ReLU features.
# - George Cybenko, *Approximation by Superpositions of a Sigmoidal Function*, 1989; Moshe Leshno and others,
#   *Multilayer Feedforward Networks with a Nonpolynomial Activation Function Can Approximate Any Function*, 1993:
#   which nonlinearities will do.
# - Michael Nielsen, *Neural Networks and Deep Learning*, 2015, chapter 4: a proof in pictures.
# - The pages on kernel approximation (`RBFSampler`) in scikit-learn's user guide.
