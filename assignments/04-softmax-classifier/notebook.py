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
# # 04 · A softmax classifier, from scores to a trained network
#
# A classifier answers "which of these?" It does so in three moves:
#
#     x ──► network ──► scores (logits) ──► softmax ──► probabilities ──► cross-entropy ──► loss
#                             │                                                ▲
#                             └──► argmax ──► guess ──► accuracy     labels y ─┘
#
# The upper path is what training follows: every arrow on it has a useful derivative. The lower path is what
# people ask for, and it has none. In this notebook you write each arrow yourself, compare it with PyTorch's, and
# then train a network that reads handwritten digits.
#
# | symbol | meaning | shape |
# |---|---|---|
# | `B`, `C` | examples in a batch, classes | |
# | `logits` | scores, one per class, any real numbers | `(B, C)` |
# | `y`, `labels` | the correct class of each example, 0 … C-1 | `(B,)`, int64 |
#
# Each section goes the same way: **predict** on paper, **implement**, **compare** with torch, **explain**. The
# explanations are for you; nobody grades them, but an examiner would ask.

# %%
from autograder import check

# %%
import math

import matplotlib.pyplot as plt
import torch
import torch.nn.functional as F
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split
from torch import nn

# %% [markdown]
# ## 1. Scores become probabilities: softmax
#
# Where do scores come from? From the last linear layer of a network: one row of weights per class, one dot
# product per class. They may be negative and they add up to nothing in particular. **Softmax** makes a
# distribution of them:
#
# $$p_i = \frac{e^{x_i}}{\sum_j e^{x_j}}, \qquad p_i > 0, \qquad \sum_i p_i = 1.$$
#
# These scores have a name, **logits**, because they are log-probabilities up to one constant per row.
#
# **Predict.** What does softmax do to `[1, 2, 3]`, and to `[1001, 1002, 1003]`? The second is where the formula,
# typed as it stands, fails: `exp(1003)` is infinite in float32 (everything above about 88 is), and inf/inf is NaN.
# But $e^{x_i - m} / \sum_j e^{x_j - m}$ is the same number for every $m$. Which $m$ is safe? And must it be
# the same for every row?
#
# **Implement.** Not allowed here: torch's own softmax or log_softmax.

# %%
#| exercise: softmax
def softmax(x, dim):
    """Probabilities from scores, along one dimension.

    Args:
        x: float tensor (of any float dtype) of any shape without a 0 in it, the scores. Entries may be huge, and -inf
            means "impossible" (at least one entry along `dim` is finite).
        dim: the dimension that must add up to one; may be negative.

    Returns:
        Tensor of x's shape and dtype. The caller's x is not changed. Gradients flow to x, and are finite where x is.

    >>> softmax(torch.tensor([[0.0, 0.0], [0.0, math.log(3.0)]]), dim=1)
    tensor([[0.5000, 0.5000],
            [0.2500, 0.7500]])
    """
    # BEGIN SOLUTION
    positive = (x - x.amax(dim=dim, keepdim=True)).exp()
    return positive / positive.sum(dim=dim, keepdim=True)
    # END SOLUTION


# %% [markdown]
# **Compare.** The largest difference from torch's, on scores with a large offset, along both dimensions:

# %%
scores = 2 * torch.randn(4, 6, generator=torch.Generator().manual_seed(0)) + 1000
for dim in (0, 1):
    print(f"dim={dim}: largest difference {(softmax(scores, dim) - scores.softmax(dim)).abs().max().item():.1e}")

# %% [markdown]
# Dividing the scores by a **temperature** $T$ before softmax moves between "the winner takes all" (small $T$) and
# "all classes alike" (large $T$). The order of the classes never changes.

# %%
temperatures = (0.25, 1.0, 4.0)
some_scores = torch.tensor([2.0, 1.0, 0.5, -1.0])
figure, axes = plt.subplots(1, len(temperatures), figsize=(9, 2.6), sharey=True, layout="constrained")
for ax, temperature in zip(axes, temperatures, strict=True):
    ax.bar(["a", "b", "c", "d"], softmax(some_scores / temperature, dim=0).tolist(), color="tab:blue")
    ax.set(title=f"temperature {temperature:g}", xlabel="class")
axes[0].set_ylabel("probability")
figure.suptitle("The same four scores at three temperatures")
plt.show()

# %% [markdown]
# **Explain.** Why must the subtracted maximum be each row's own, and not the maximum of the whole batch?

# %% [markdown]
# ## 2. Stay on the log scale
#
# The loss will need log-probabilities. A probability below about $10^{-45}$ is 0 in float32, and its log is
# $-\infty$, though the log-probability itself, say $-200$, is a perfectly ordinary number. So do not go there and
# back:
#
# $$\log p_i = x_i - \underbrace{\log \sum_j e^{x_j}}_{\text{logsumexp}(x)}$$
#
# **Predict.** logsumexp is a "soft maximum". Between which two numbers must it lie, given the largest of C scores?
#
# **Implement.** Not allowed: torch's softmax, log_softmax, logsumexp.

# %%
#| exercise: log_softmax
def logsumexp(x, dim):
    """log(sum(exp(x))) along one dimension, for scores of any size.

    Args:
        x: float tensor of any shape, as for softmax; -inf entries are allowed (not all along `dim`).
        dim: the dimension that disappears; may be negative.

    Returns:
        Tensor of x's dtype; its shape is x's without `dim`. Gradients flow to x, and are finite where x is.

    >>> logsumexp(torch.tensor([[1000.0, 1000.0], [0.0, 0.0]]), dim=1)
    tensor([1.0007e+03, 6.9315e-01])
    """
    # BEGIN SOLUTION
    largest = x.amax(dim=dim, keepdim=True)
    return ((x - largest).exp().sum(dim=dim, keepdim=True).log() + largest).squeeze(dim)
    # END SOLUTION


def log_softmax(x, dim):
    """Log-probabilities from scores, finite wherever the scores are.

    Args:
        x: float tensor of any shape, as for softmax; here all entries are finite.
        dim: the dimension over which the probabilities add up to one; may be negative.

    Returns:
        Tensor of x's shape and dtype, nowhere above 0. Gradients flow to x, and are finite.

    >>> log_softmax(torch.tensor([[0.0, 0.0], [0.0, -500.0]]), dim=1)
    tensor([[-6.9315e-01, -6.9315e-01],
            [ 0.0000e+00, -5.0000e+02]])
    """
    # BEGIN SOLUTION
    return x - logsumexp(x, dim).unsqueeze(dim)
    # END SOLUTION


# %% [markdown]
# **Compare.** The way round by softmax loses what the direct way keeps:

# %%
far = torch.tensor([[0.0, -50.0, -200.0]])
print("log of softmax:", softmax(far, 1).log().tolist())
print("log_softmax:   ", log_softmax(far, 1).tolist())

# %% [markdown]
# **Explain.** Why is the result of `log_softmax` its own fixed point: `log_softmax(log_softmax(x)) ==
# log_softmax(x)`?

# %% [markdown]
# ## 3. The loss: cross-entropy
#
# The model said $p$; the truth was class $y$. **Cross-entropy** is the surprise of seeing the truth:
#
# $$\ell = -\log p_y = \text{logsumexp}(x) - x_y.$$
#
# Making the mean of it small is the same as making the probability of the whole training set large (maximum
# likelihood): a product of probabilities is a sum of logs. Squared error belongs to the same family: it is the
# cross-entropy of a Gaussian with a fixed variance, up to constants. So "MSE for numbers, cross-entropy for
# classes" is one rule, not two.
#
# **Predict.** What is the loss of a model that gives each of 10 classes the same score? Of one that is right
# with certainty? Of one that is wrong with certainty?
#
# **Implement** from logits, and so that `logits * 1000` is no problem. Not allowed here: torch's cross_entropy,
# nll_loss, log_softmax, the classes CrossEntropyLoss, NLLLoss, LogSoftmax, and torch.distributions. You may use your
# functions from above (or `torch.logsumexp`, should yours not be right yet).

# %%
#| exercise: cross_entropy
def cross_entropy(logits, y, reduction="mean"):
    """Cross-entropy of integer labels, from logits.

    Args:
        logits: float tensor (B, C) with at least one row, finite scores before softmax.
        y: int64 tensor (B,), the correct classes.
        reduction: "none" for the B losses, "sum" for their sum, "mean" for their mean.

    Returns:
        Tensor of logits' dtype, of shape (B,) for "none", else 0-d. Gradients flow to logits.

    Raises:
        ValueError: reduction is none of the three.

    >>> cross_entropy(torch.zeros(2, 4), torch.tensor([0, 3]))
    tensor(1.3863)
    >>> cross_entropy(torch.tensor([[0.0, 1000.0]]), torch.tensor([0]), reduction="none")
    tensor([1000.])
    """
    # BEGIN SOLUTION
    losses = torch.logsumexp(logits, dim=1) - logits.gather(1, y.unsqueeze(1)).squeeze(1)
    if reduction == "none":
        return losses
    if reduction == "sum":
        return losses.sum()
    if reduction == "mean":
        return losses.mean()
    raise ValueError(f"reduction must be 'none', 'sum' or 'mean', not {reduction!r}")
    # END SOLUTION


# %% [markdown]
# **Compare.** The value, and the gradient, which is the prettiest formula of this course:
# $\partial \ell / \partial x = p - \text{onehot}(y)$, divided by B for the mean.

# %%
logits = torch.tensor([[2.0, -1.0, 0.5], [0.0, 3.0, 0.0]], requires_grad=True)
y = torch.tensor([0, 2])
loss = cross_entropy(logits, y)
(gradient,) = torch.autograd.grad(loss, logits)
print(f"yours {loss.item():.6f}, torch's {F.cross_entropy(logits, y).item():.6f}")
print("gradient:          ", gradient)
print("(p - onehot) / B:  ", (softmax(logits.detach(), 1) - F.one_hot(y, 3)) / 2)

# %% [markdown]
# **Explain.** Each row of that gradient adds up to zero. Why must it?

# %% [markdown]
# ## 4. Mend a loss from published class notes
#
# A university's published notes on image classification show this step of a training loop:

# %%
def notes_loss(logits, y):
    """As in the notes: softmax, then nll_loss of the probabilities."""
    probs = F.softmax(logits, dim=1)
    return F.nll_loss(probs, y)


# %% [markdown]
# It runs, the number goes down in training, and accuracy even rises a little. But it is not cross-entropy:
# despite its name, `nll_loss` ("negative log-likelihood") takes no logarithm. It expects *log*-probabilities.
#
# **Predict.** What does `notes_loss` compute, then? Between which two numbers must it always lie? And what is its
# gradient for an example that is *confidently wrong*, the very example to learn most from?

# %%
confidently_wrong = torch.tensor([[12.0, -12.0]], requires_grad=True)
for loss_of in (notes_loss, cross_entropy):
    loss = loss_of(confidently_wrong, torch.tensor([1]))
    (gradient,) = torch.autograd.grad(loss, confidently_wrong)
    print(f"{loss_of.__name__:>13}: loss {loss.item():8.4f}, gradient {gradient.tolist()}")

# %% [markdown]
# **Implement.** State the bounds, and mend the loss. In this exercise everything in torch is allowed. Two different
# mends exist; choose either. It must stay finite when the logits are huge.

# %%
#| exercise: notes_loss
def notes_loss_bounds():
    """The largest lower and the smallest upper bound of notes_loss, over all logits and labels.

    Returns:
        (low, high), two Python numbers.
    """
    # BEGIN SOLUTION
    return -1.0, 0.0
    # END SOLUTION


def mended_loss(logits, y):
    """What the notes meant: the mean cross-entropy.

    Args:
        logits: float tensor (B, C), scores before softmax, of any size.
        y: int64 tensor (B,), the correct classes.

    Returns:
        0-d tensor. Gradients flow to logits.

    >>> mended_loss(torch.tensor([[0.0, 0.0]]), torch.tensor([1]))
    tensor(0.6931)
    """
    # BEGIN SOLUTION
    return F.nll_loss(F.log_softmax(logits, dim=1), y)
    # END SOLUTION


# %% [markdown]
# **Explain.** `F.cross_entropy` takes logits and does log_softmax and nll_loss in one go. Give two reasons to
# prefer it. (One is speed.) And what happens to someone who hands *probabilities* to `F.cross_entropy`?

# %% [markdown]
# ## 5. The metric: how many are right
#
# The **loss** is for the optimizer, the **metric** is for people. Accuracy is the part of the examples whose largest
# score sits at the correct class.
#
# Over several batches keep a running *count* and divide once, at the end. The mean of the batches' accuracies is
# something else as soon as the last batch is shorter.
#
# **Predict.** Batches of 32, 32 and 1 have 16, 16 and 1 right. What is the accuracy? And the mean of the three
# accuracies?

# %%
#| exercise: accuracy_sum
def accuracy_sum(logits, labels):
    """How many examples of a batch are classified correctly.

    Args:
        logits: float tensor (B, C) with at least one row; each row has one largest entry, and some may be -inf.
        labels: int64 tensor (B,).

    Returns:
        0-d int64 tensor: a count, not a fraction.

    >>> accuracy_sum(torch.tensor([[0.1, 0.9], [3.0, -1.0], [0.0, 1.0]]), torch.tensor([1, 0, 0]))
    tensor(2)
    """
    # BEGIN SOLUTION
    return (logits.argmax(dim=1) == labels).sum()
    # END SOLUTION


# %% [markdown]
# **Explain.** The class notes count with `.float().sum()`. A float32 can count to 16,777,216 one by one, and then
# `count + 1 == count`. The sum of booleans is int64 and has no such end.

# %% [markdown]
# ## 6. Why nobody descends on accuracy
#
# If accuracy is what we want, why not follow *its* gradient? Take a linear classifier, `logits = x @ W`, and move its
# weights a little in some direction $D$.
#
# **Predict.** How many of 40 guesses change when each weight moves by $10^{-6}$? What is the slope of accuracy,
# then? What will `accuracy.backward()` do?
#
# **Implement** both ways of asking: the slope by finite differences, and autograd's own answer.

# %%
#| exercise: accuracy_gradient
def finite_slopes(W, x, y, D, eps):
    """Centred finite-difference slopes of accuracy and of the mean cross-entropy at W, in direction D.

    Args:
        W: float tensor (features, C), weights of the classifier logits = x @ W. Not changed.
        x: float tensor (B, features).
        y: int64 tensor (B,).
        D: float tensor of W's shape, the direction.
        eps: float, the step; the slope of f is (f(W + eps D) - f(W - eps D)) / (2 eps).

    Returns:
        (slope of accuracy, slope of the loss), two Python floats. Accuracy is the fraction of right guesses.

    >>> finite_slopes(torch.zeros(1, 2), torch.ones(3, 1), torch.tensor([1, 1, 1]), torch.tensor([[0.0, 1.0]]), 0.5)
    (1.0, -0.5)
    """
    # BEGIN SOLUTION
    def metric_and_loss(weights):
        scores = x @ weights
        right = (scores.argmax(dim=1) == y).sum().item()
        return right / len(y), F.cross_entropy(scores, y).item()

    accuracy_up, loss_up = metric_and_loss(W + eps * D)
    accuracy_down, loss_down = metric_and_loss(W - eps * D)
    return (accuracy_up - accuracy_down) / (2 * eps), (loss_up - loss_down) / (2 * eps)
    # END SOLUTION


def autograd_gradients(W, x, y):
    """What autograd says about accuracy and about the mean cross-entropy of logits = x @ W.

    Args:
        W: float tensor (features, C); it may or may not require a gradient. Not changed, nor is its .grad.
        x: float tensor (B, features).
        y: int64 tensor (B,).

    Returns:
        (gradient of accuracy, gradient of the loss) with respect to W. Each is a tensor of W's shape, or None where
        autograd has no gradient to give, because the result is cut off from W.
    """
    # BEGIN SOLUTION
    weights = W.detach().clone().requires_grad_()
    scores = x @ weights
    results = (scores.argmax(dim=1) == y).float().mean(), F.cross_entropy(scores, y)
    accuracy_gradient, loss_gradient = (
        torch.autograd.grad(result, weights)[0] if result.requires_grad else None for result in results
    )
    return accuracy_gradient, loss_gradient
    # END SOLUTION


# %% [markdown]
# **Compare.** Walk along one direction and watch both:

# %%
generator = torch.Generator().manual_seed(3)
points = torch.randn(40, 5, generator=generator)
W_true, W_now, D = (torch.randn(5, 3, generator=generator) for _ in range(3))
truth = (points @ W_true).argmax(1)
steps = torch.linspace(-1.5, 1.5, 301)
walk = [points @ (W_now + step * D) for step in steps]
figure, (left, right) = plt.subplots(1, 2, figsize=(9, 2.8), layout="constrained")
left.step(steps, [(s.argmax(1) == truth).float().mean().item() for s in walk], color="tab:orange")
left.set(title="Accuracy: flat, with jumps", xlabel="step along D", ylabel="accuracy")
right.plot(steps, [F.cross_entropy(s, truth).item() for s in walk], color="tab:blue")
right.set(title="Cross-entropy: a slope everywhere", xlabel="step along D", ylabel="loss")
plt.show()
for eps in (1e-1, 1e-5):
    print(f"eps={eps:g}: slopes of accuracy and loss", finite_slopes(W_now, points, truth, D, eps))

# %% [markdown]
# **Explain.** The slope of accuracy is zero (almost everywhere), and autograd's answer is "there is none". Which
# operation cut the graph? Why is "zero" useless to gradient descent even if autograd returned it?

# %% [markdown]
# ## 7. Two classes: the sigmoid is a softmax
#
# With two classes only the *difference* of the scores counts, so one score is enough: give the positive class $z$
# and the negative class $0$. Softmax of the pair, at the positive class, is the **sigmoid** $1 / (1 + e^{-z})$.
#
# The loss of a label $t \in \{0, 1\}$ is $-\,t \log \sigma(z) - (1 - t) \log(1 - \sigma(z))$. Typed so, it fails
# at $z = 200$, where $\sigma(z)$ is exactly 1 in float32. **Predict**: what becomes of the formula when you write
# both logs as logsumexp of the two scores?
#
# **Implement.** Not allowed: torch's sigmoid, logsigmoid and binary_cross_entropy in all their forms. Use your
# `softmax` for the first (or `torch.softmax`).

# %%
#| exercise: binary
def sigmoid_from_softmax(z):
    """The probability of the positive class, as a softmax over two scores.

    Args:
        z: float tensor (of any float dtype) of any shape, the score of the positive class; the negative class has the
            score 0.

    Returns:
        Tensor of z's shape and dtype, in [0, 1]. Values and gradients are finite for every finite z.

    >>> sigmoid_from_softmax(torch.tensor([0.0, 1000.0, -1000.0]))
    tensor([0.5000, 1.0000, 0.0000])
    """
    # BEGIN SOLUTION
    return torch.stack([z, torch.zeros_like(z)], dim=-1).softmax(dim=-1)[..., 0]
    # END SOLUTION


def bce_with_logits(z, t):
    """Mean binary cross-entropy, from logits.

    Args:
        z: float tensor of any shape, logits.
        t: tensor of z's shape, 0 or 1 (int64, or floats between the two for soft labels).

    Returns:
        0-d tensor of z's dtype: the mean over all elements, finite for every finite z. Gradients flow to z.

    >>> bce_with_logits(torch.tensor([0.0, 1000.0]), torch.tensor([1, 1]))
    tensor(0.3466)
    """
    # BEGIN SOLUTION
    return (torch.logsumexp(torch.stack([z, torch.zeros_like(z)], dim=-1), dim=-1) - t * z).mean()
    # END SOLUTION


# %% [markdown]
# **Compare** with torch's, where the plain formula has long failed:

# %%
z = torch.tensor([-200.0, -1.0, 0.0, 1.0, 200.0])
t = torch.tensor([1.0, 0.0, 1.0, 1.0, 0.0])
p = torch.sigmoid(z)
print("plain formula:", (-t * p.log() - (1 - t) * (1 - p).log()).mean().item())
print("yours:        ", bce_with_logits(z, t).item())
print("torch:        ", F.binary_cross_entropy_with_logits(z, t).item())

# %% [markdown]
# **Explain.** Documentations show another stable form, `max(z, 0) - z*t + log(1 + exp(-|z|))`. Its values are
# right. What does autograd say about its gradient at exactly `z = 0`, and what should it be?

# %% [markdown]
# ## 8. A network with one hidden layer
#
# A **fully-connected** (or dense, or linear) layer computes `x @ W.T + b`. Two of them in a row are again one
# linear layer; a **nonlinearity** between them, here ReLU, is what makes the second layer worth having. Data goes
# one way, input to hidden layer to output (**forward propagation** in a **feed-forward** network):
#
#     (B, n_in) ──Linear──► (B, n_hidden) ──ReLU──► (B, n_hidden) ──Linear──► (B, n_out) logits
#
# **Predict.** How many parameters has `MLP(64, 30, 10)`?
#
# **Implement** a module. Use `nn.Linear` (or your own parameters of the same shapes), with a bias in both layers.
# No softmax at the end: the loss contains it.

# %%
#| exercise: mlp
class MLP(nn.Module):
    """Linear, ReLU, Linear.

    Args:
        n_in: features of an input.
        n_hidden: hidden units.
        n_out: classes.

    Calling it maps (B, n_in) to logits (B, n_out), in training and in evaluation mode alike. The first weights are
    drawn at random, anew for each network.

    >>> sum(p.numel() for p in MLP(2, 3, 4).parameters())
    25
    """

    def __init__(self, n_in, n_hidden, n_out):
        super().__init__()
        # BEGIN SOLUTION
        self.layers = nn.Sequential(nn.Linear(n_in, n_hidden), nn.ReLU(), nn.Linear(n_hidden, n_out))
        # END SOLUTION

    def forward(self, x):
        # BEGIN SOLUTION
        return self.layers(x)
        # END SOLUTION


# %% [markdown]
# **Compare.** Without the ReLU the network would be affine, $f(a+b) - f(a) - f(b) + f(0) = 0$. Accuracy on
# the digits would not tell you: it is as high without. This line does:

# %%
mlp = MLP(64, 30, 10)
a, b = torch.randn(2, 5, 64)
with torch.no_grad():
    print("how far from affine:", (mlp(a + b) - mlp(a) - mlp(b) + mlp(torch.zeros(5, 64))).abs().max().item())
print("parameters:", sum(p.numel() for p in mlp.parameters()))

# %% [markdown]
# **Explain.** What goes wrong, in training, if the network ends in softmax and the loss is cross-entropy from logits?

# %% [markdown]
# ## 9. A look before the training starts
#
# The cheapest test of a classifier takes one line and no training: its first loss. A fresh network knows nothing,
# so it should give every class about the same probability. **Predict** the loss for 10 classes, to two digits. A
# first loss far *above* that says that the network is sure of nonsense (scores too large: scale the inputs or the
# weights). Far *below*: something leaks the answer.

# %%
#| exercise: initial_loss
def expected_initial_loss(n_classes):
    """The cross-entropy of a model that gives each of n_classes the same probability, a Python float.

    >>> round(expected_initial_loss(2), 4)
    0.6931
    """
    # BEGIN SOLUTION
    return math.log(n_classes)
    # END SOLUTION


def starts_near_chance(model, x, y, n_classes, tolerance=0.5):
    """Whether the model's mean cross-entropy on (x, y) is within `tolerance` of what guessing gives.

    The model is only looked at: no weights, no gradients (.grad) and not its mode are changed. It is called as it is,
    in the mode that it is in. A loss that is NaN is near nothing.

    Args:
        model: callable, (B, features) to logits (B, n_classes).
        x: float tensor (B, features).
        y: int64 tensor (B,).
        n_classes: how many classes there are.
        tolerance: the largest distance accepted, above or below.

    Returns:
        True or False.
    """
    # BEGIN SOLUTION
    with torch.no_grad():
        loss = F.cross_entropy(model(x), y).item()
    return abs(loss - math.log(n_classes)) <= tolerance
    # END SOLUTION


# %% [markdown]
# ## 10. One epoch of training
#
# An **epoch** is one pass over the training set: every example once. For each batch: forget the old gradients,
# forward, loss, backward, step. In this order, or something quietly goes wrong.
#
# **Predict.** What happens without `zero_grad()`? With `step()` before `backward()`?
#
# Report the loss and the accuracy *of the epoch*: means over all its examples, each measured when its batch came
# by (so while the weights were moving). Use torch's `F.cross_entropy` for the loss; that it is right you have
# proved above.

# %%
#| exercise: train_epoch
def train_epoch(model, loader, opt):
    """Train for one epoch, in training mode.

    Args:
        model: nn.Module, (B, features) to logits (B, C). Its mode may be anything when it comes; it is trained, and
            left, in training mode.
        loader: iterable of batches (x, y), passed over once; batches may be of different sizes, the last one too.
        opt: any optimizer of torch's over the model's parameters; its settings and its state are its own.

    Returns:
        (loss, acc), Python floats: the mean cross-entropy per example, and the fraction of examples that were
        classified correctly, both over the whole epoch and measured before the step of each batch.
    """
    # BEGIN SOLUTION
    model.train()
    total_loss, right, seen = 0.0, 0, 0
    for xb, yb in loader:
        opt.zero_grad()
        scores = model(xb)
        loss = F.cross_entropy(scores, yb)
        loss.backward()
        opt.step()
        total_loss += loss.item() * len(yb)
        right += (scores.argmax(dim=1) == yb).sum().item()
        seen += len(yb)
    return total_loss / seen, right / seen
    # END SOLUTION


# %% [markdown]
# ## 11. A classifier of digits
#
# 1,797 handwritten digits of 8 x 8 pixels. A fifth of them is held out: the network never sees it in training,
# and the accuracy there is the one that counts.

# %%
digits = load_digits()
x_train, x_valid, y_train, y_valid = (
    torch.as_tensor(part)
    for part in train_test_split(
        digits.data.astype("float32") / 16, digits.target, test_size=0.2, random_state=0, stratify=digits.target
    )
)
print(x_train.shape, x_train.dtype, y_train.shape, y_train.dtype)

# %% [markdown]
# **Implement** the whole training. `MLP(64, 30, 10)`, plain SGD with a learning rate of 0.3, batches of 32 and 40
# epochs reach about .97 in a second or two; find your own if you like, but keep to your `MLP`, on the inputs as
# they are given.
#
# The check trains with its own seed, on these digits with the 64 pixels shuffled and the classes renamed (to an
# MLP this makes no difference), and judges by held-out digits. Full marks: accuracy at least .94 and a held-out
# loss of at most .25. Below an accuracy of .88, or above a loss of .60: none. In between: in proportion.

# %%
#| exercise: train
def train(x, y, seed):
    """Train an MLP as a classifier of 10 classes.

    Args:
        x: float32 tensor (N, 64), pixels in [0, 1]. Not changed.
        y: int64 tensor (N,), classes 0 ... 9.
        seed: int. The same seed gives the same network from the same data, another seed another one.

    Returns:
        (model, losses): the trained MLP (float32), and the mean training loss of each epoch (a list of Python floats).
    """
    # BEGIN SOLUTION
    torch.manual_seed(seed)
    model = MLP(64, 30, 10)
    opt = torch.optim.SGD(model.parameters(), lr=0.3)
    losses = []
    for _ in range(40):
        batches = [(x[rows], y[rows]) for rows in torch.randperm(len(x)).split(32)]
        loss, _ = train_epoch(model, batches, opt)
        losses.append(loss)
    return model, losses
    # END SOLUTION


# %% [markdown]
# **Look** at what it learned. First: did it start where it should, and did the loss go down?

# %%
model, losses = train(x_train, y_train, seed=0)
print("a fresh network starts near chance:", starts_near_chance(MLP(64, 30, 10), x_train, y_train, 10))

figure, ax = plt.subplots(figsize=(6, 3), layout="constrained")
ax.plot(range(1, len(losses) + 1), losses, color="tab:blue", label="training loss")
ax.axhline(expected_initial_loss(10), color="tab:gray", linestyle="--", label="guessing, log 10")
ax.set(title="Training on the digits", xlabel="epoch", ylabel="cross-entropy")
ax.legend()
plt.show()

# %% [markdown]
# Then the held-out digits. The twelve on which the network is least sure, with its guess and the truth:

# %%
with torch.no_grad():
    valid_logits = model(x_valid)
valid_probs = softmax(valid_logits, dim=1)
guesses = valid_logits.argmax(dim=1)
held_out_accuracy = accuracy_sum(valid_logits, y_valid).item() / len(y_valid)
print(f"held-out accuracy {held_out_accuracy:.3f}, held-out loss {cross_entropy(valid_logits, y_valid).item():.3f}")

unsure = valid_probs.amax(dim=1).argsort()[:12]
figure, axes = plt.subplots(2, 6, figsize=(9, 3.6), layout="constrained")
for ax, i in zip(axes.flat, unsure.tolist(), strict=True):
    ax.imshow(x_valid[i].reshape(8, 8), cmap="gray_r")
    color = "black" if guesses[i] == y_valid[i] else "tab:red"
    ax.set_title(f"{guesses[i]} ({valid_probs[i].max():.0%}), is {y_valid[i]}", color=color, fontsize=9)
    ax.set_axis_off()
figure.suptitle("The least certain held-out digits: guess (probability), truth")
plt.show()

# %% [markdown]
# ## To think about
#
# 1. Accuracy on the held-out digits hardly notices a missing ReLU, batches that are never reshuffled, or a wrong
#    last batch. Which of your checks above would? What follows for judging code by its accuracy?
# 2. One model has accuracy .97 and loss .30, another .96 and .12. Which do you want for sorting mail, and which for
#    telling a person how sure the computer is?
# 3. The training loss of `train_epoch` is measured while the weights move. Is it above or below the loss that the
#    final weights would have on the same examples?
