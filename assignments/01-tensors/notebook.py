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
# # 01 · Tensors: numbers in boxes, and a first classifier
#
# Everything in this course is a **tensor**: a box of numbers with a shape. A grey image is one, a batch of colour
# photographs is one, so are the weights of a network and the scores it gives. Deep learning needs surprisingly few
# operations on them, and in this notebook you write most of those operations yourself. At the end you put them
# together into a program that reads handwritten digits, 9 times out of 10, and that was never *trained*.
#
# Each section goes the same way: **predict** on paper, **implement**, **compare** with torch, **explain** in your own
# words. A prediction that turns out wrong is worth more than ten that turn out right.
#
# | symbol | meaning |
# |---|---|
# | `N`, `B` | how many examples (in a batch) |
# | `C`, `H`, `W` | channels, height, width of an image |
# | `I`, `O`, `D` | input features, output features, dimensions of a point |
# | `(N, D)` | the shape of a tensor: N rows of D numbers |

# %%
from autograder import check

# %%
import time

import matplotlib.pyplot as plt
import numpy as np
import torch
import torch.nn.functional as F
from sklearn.datasets import load_digits, load_sample_images
from sklearn.model_selection import train_test_split

# %% [markdown]
# ## Before the code: rules, or data?
#
# For decades, artificial intelligence was **rule-based** (symbolic): people wrote down what they knew, "a knight moves
# two and one", "if the patient has a fever, then …", and a program drew conclusions. It beat the world champion at
# chess in 1997. It never learned to tell a cat from a dog, because nobody could write down the rule.
#
# **Machine learning** turns this around. We write a program with open places, the *parameters*, and let data fill
# them. Some milestones: the perceptron (1958), backpropagation made popular (1986), convolutional networks that read
# cheques (1998), AlexNet on ImageNet with two gaming GPUs (2012), AlphaGo (2016), the transformer (2017), and the
# language models built on it.
#
# **Why Python?** It is slow, and that hardly matters: each line hands a whole array to compiled code. The Python
# around it is glue, and it is pleasant glue with libraries for everything. **Do we need mathematics?** Two pieces of
# it, a little at a time: linear algebra (this notebook) and the chain rule (assignment 05). **Why PyTorch?** TensorFlow
# and JAX (which compiles whole programs with XLA) do the same job; PyTorch runs line by line and is easiest to look
# into. Keras, Lightning and fastai are libraries *on top*, which save typing once you know what they type for you.
#
# **Write down** (three sentences, for yourself or for your instructor): one task that you would give to rules and one
# that you would give to data, and what tells them apart. *Revise*: names tasks only. *Meets*: gives a reason that fits
# the task. *Excellent*: says what would go wrong the other way round.

# %% [markdown]
# ## 1. Whole arrays at once: the dot product
#
# The dot product of two vectors is the atom of this course: multiply pairwise, then add up.
#
# $$w \cdot x = \sum_{i} w_i x_i$$
#
# You could write a loop. Don't: `w * x` multiplies all pairs in one call, on many numbers per instruction, or on
# thousands of cores of a GPU, whose tensor cores do little else. This is called **array programming**, and the figure
# below shows what it is worth.
#
# **Predict.** For `w` and `x` of shape `(1000,)`: what is the shape of `w * x`? And of its sum?
#
# Write it with elementwise operations and a sum. (`@`, `torch.dot` and their relatives *are* the dot product, so they
# would teach you nothing here; from exercise 2 on you may use them.)


# %%
#| exercise: dot_ops
def dot_ops(w: torch.Tensor, x: torch.Tensor) -> torch.Tensor:
    """The dot product, from elementwise operations: no loop, no `@`, no dot.

    Args:
        w: shape (N,).
        x: shape (N,).

    Returns:
        A tensor with no dimensions, shape (), of the same dtype.

    >>> dot_ops(torch.tensor([1.0, 2.0, 3.0]), torch.tensor([4.0, 5.0, 6.0]))
    tensor(32.)
    """
    # BEGIN SOLUTION
    return (w * x).sum()
    # END SOLUTION


# %% [markdown]
# **Compare.** One loop in Python against one call in torch, on longer and longer vectors.


# %%
def dot_loop(w, x):
    total = 0.0
    for i in range(len(w)):
        total += w[i].item() * x[i].item()
    return total


def milliseconds(function, *arguments):
    started = time.perf_counter()
    function(*arguments)
    return 1000 * (time.perf_counter() - started)


lengths = [10, 100, 1000, 10_000]
pairs = [(torch.randn(n), torch.randn(n)) for n in lengths]
fig, ax = plt.subplots(figsize=(5, 3.2))
ax.loglog(lengths, [milliseconds(dot_loop, *pair) for pair in pairs], "o-", label="a Python loop")
ax.loglog(lengths, [min(milliseconds(torch.dot, *pair) for _ in range(20)) for pair in pairs], "o-", label="one call")
ax.set(title="What a loop costs", xlabel="length of the vectors", ylabel="milliseconds")
ax.legend()
fig.tight_layout()

# %% [markdown]
# **Explain.** The lower curve is nearly flat over three orders of magnitude. What is the computer doing in that time,
# if not multiplying?

# %% [markdown]
# ## 2. Many dot products: a linear layer
#
# A linear layer takes `B` examples with `I` features each and gives each of them `O` scores. Score `o` of an example
# is the dot product of that example with row `o` of the weights, plus bias `o`:
#
# $$\text{out}_{b,o} = \sum_i x_{b,i} W_{o,i} + b_o$$
#
# A matrix product does all `B·O` dot products at once, and matches the *last* dimension of its left side with the
# *second to last* of its right side.
#
# **Predict.** `x` is `(32, 784)`, `W` is `(10, 784)`, `b` is `(10,)`. What must happen to `W` before `x @ W` works? And
# what happens when you add something of shape `(10,)` to something of shape `(32, 10)`? Torch lines shapes up from the
# **right** (*broadcasting*): the 10 meets the 10. Would it still be right with `b` of shape `(32,)`? With 10 examples?


# %%
#| exercise: linear
def linear(x: torch.Tensor, W: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
    """One linear layer, without F.linear, nn.Linear or another call that does all of it (addmm).

    Args:
        x: B examples, shape (B, I).
        W: weights, shape (O, I): one row for each output.
        b: biases, shape (O,).

    Returns:
        Scores, shape (B, O), of the same dtype.

    >>> W = torch.tensor([[1.0, 1.0], [0.0, 3.0], [2.0, 0.0]])
    >>> linear(torch.tensor([[1.0, 2.0]]), W, torch.tensor([0.0, 0.5, -1.0]))
    tensor([[3.0000, 6.5000, 1.0000]])
    """
    # BEGIN SOLUTION
    return x @ W.T + b
    # END SOLUTION


# %% [markdown]
# **Compare** with torch's own.

# %%
x, W, b = torch.randn(32, 784), torch.randn(10, 784), torch.randn(10)
mine = linear(x, W, b)
print(
    "shape:", tuple(mine.shape), "| the largest difference to torch's:", (mine - F.linear(x, W, b)).abs().max().item()
)

# %% [markdown]
# **Explain.** A square `W` (`O = I`) hides one kind of mistake, and `B = O` hides another. Which?

# %% [markdown]
# ## 3. Broadcasting bites: the mean squared error
#
# How far are predictions from the truth? Take the differences, square them, take the mean:
#
# $$\text{MSE} = \frac{1}{N} \sum_i (y_i - \hat y_i)^2$$
#
# **Predict.** `y_true` has shape `(100,)`, and `y_pred` comes out of a linear layer with one output, so that its shape
# is `(100, 1)`. What shape is `y_true - y_pred`? Try it on paper with 3 and 3.
#
# There is no error, no warning, and a number comes out that looks like a loss and even gets smaller in training.
# It is one of the most expensive bugs in this trade. Your function refuses: shapes that differ raise `ValueError`.


# %%
#| exercise: mse
def mse(y_true: torch.Tensor, y_pred: torch.Tensor) -> torch.Tensor:
    """Mean squared error over all elements, without F.mse_loss or another ready-made one.

    Args:
        y_true: floats of any shape.
        y_pred: the same shape.

    Returns:
        A tensor of shape (), of the same dtype.

    Raises:
        ValueError: the shapes differ, also where they would broadcast.

    >>> mse(torch.tensor([1.0, 2.0, 3.0]), torch.tensor([1.0, 4.0, 4.0]))
    tensor(1.6667)
    """
    # BEGIN SOLUTION
    if y_true.shape != y_pred.shape:
        raise ValueError(f"shapes differ: {tuple(y_true.shape)} and {tuple(y_pred.shape)}")
    return ((y_true - y_pred) ** 2).mean()
    # END SOLUTION


# %% [markdown]
# **Compare.** A perfect prediction, in the wrong shape, as torch computes it when nobody objects:

# %%
truth = torch.arange(5.0)
perfect = truth[:, None]
difference = truth - perfect
print("the difference has shape", tuple(difference.shape), "and its mean square is", difference.square().mean().item())

# %% [markdown]
# **Explain.** That number is not arbitrary: of which pairs is it the mean?

# %% [markdown]
# ## 4. Images as tensors
#
# A photograph on disk is a box of bytes: height, width, three colours, each 0 to 255, dtype `uint8`. Networks want
# another box: the **channels first**, a batch dimension before them, and floating-point numbers of moderate size.
#
# | | shape | dtype | range |
# |---|---|---|---|
# | from the camera | `(N, H, W, 3)` | uint8 | 0 … 255 |
# | for the network | `(N, 3, H, W)` | float32 | 0 … 1 |
#
# `permute` changes the **order of the axes**. `reshape` and `view` keep the order in which the numbers lie in memory
# and cut it into other pieces. They can give the very same shape, and only one of them gives a picture. What `permute`
# returns is a view that is not *contiguous*: your functions have to take such tensors too (`view` refuses them).
#
# **Predict.** `images.mean(axis=1)` of a batch of shape `(9, 3, 224, 224)`: which shape comes out, and what does it
# show? And what is `200 + 100` in uint8?

# %%
photos = torch.from_numpy(np.stack([image[::4, ::4] for image in load_sample_images().images]))
print(photos.shape, photos.dtype, "| 200 + 100 in uint8:", (torch.tensor([200], dtype=torch.uint8) + 100).item())


# %%
#| exercise: to_batch
def to_batch(imgs_uint8: torch.Tensor) -> torch.Tensor:
    """Photographs as a network wants them.

    Args:
        imgs_uint8: shape (N, H, W, 3), dtype uint8. It must not be changed.

    Returns:
        Shape (N, 3, H, W), float32, in [0, 1]: 0 stays 0 and 255 becomes 1.

    >>> to_batch(torch.tensor([[[[255, 0, 51]]]], dtype=torch.uint8)).flatten()
    tensor([1.0000, 0.0000, 0.2000])
    """
    # BEGIN SOLUTION
    return imgs_uint8.permute(0, 3, 1, 2).float() / 255
    # END SOLUTION


# %% [markdown]
# **Compare.** The right-hand side is what `reshape` makes of the same numbers.

# %%
try:
    batch = to_batch(photos)
except NotImplementedError:
    batch = torch.rand(2, 3, *photos.shape[1:3])  # noise in place of photographs until to_batch is solved


def show(images, titles, heading):
    wide = 3.2 if len(images) < 6 else 1.5
    fig, axes = plt.subplots(1, len(images), figsize=(wide * len(images), 0.8 * wide + 0.3), squeeze=False)
    for ax, image, title in zip(axes[0], images, titles):
        ax.imshow(image.squeeze(0) if len(image) == 1 else image.permute(1, 2, 0), cmap="gray", vmin=0, vmax=1)
        ax.set(xticks=[], yticks=[])
        ax.set_title(title, fontsize=9)
    fig.suptitle(heading)
    fig.tight_layout()


pieces = (photos / 255).reshape(batch.shape)
show([batch[0], pieces[0]], ["your to_batch", "reshaped"], "One shape, two pictures")

# %% [markdown]
# **Explain.** Traces of the temple are left in the right-hand picture. Which part of the photograph became its red
# channel, and why is everything three times too wide?

# %% [markdown]
# ## 5. Editing a batch without touching the original
#
# Four small functions on float images in [0, 1], each an exercise in choosing the right axis. They share one rule:
# **the caller's tensor stays as it is.** `x[...] = 0`, `x *= 2` and methods with a trailing underscore write into the
# memory that the caller still holds. If you want to assign, assign into a `clone()`.
#
# ### Invert
# White becomes black and black becomes white.


# %%
#| exercise: invert
def invert(img: torch.Tensor) -> torch.Tensor:
    """The negative of an image or of a batch of them.

    Args:
        img: any shape, floats in [0, 1]. It must not be changed.

    Returns:
        The same shape: 0 becomes 1, 1 becomes 0, 0.25 becomes 0.75.

    >>> invert(torch.tensor([0.0, 0.25, 1.0]))
    tensor([1.0000, 0.7500, 0.0000])
    """
    # BEGIN SOLUTION
    return 1 - img
    # END SOLUTION


# %% [markdown]
# ### Grey
# The mean over the channels. **Predict** which number names the channel axis of `(B, C, H, W)`, and what happens to
# an axis over which you take a mean. A grey image still has a channel axis: of size 1.


# %%
#| exercise: grayscale
def grayscale(batch: torch.Tensor) -> torch.Tensor:
    """Every pixel becomes the plain mean of its channels.

    Args:
        batch: shape (B, C, H, W), floats.

    Returns:
        Shape (B, 1, H, W).

    >>> grayscale(torch.tensor([0.0, 0.3, 0.6]).reshape(1, 3, 1, 1))
    tensor([[[[0.3000]]]])
    """
    # BEGIN SOLUTION
    return batch.mean(dim=1, keepdim=True)
    # END SOLUTION


# %% [markdown]
# ### Keep red
# Red is channel 0. The other two become zero, and all three stay.


# %%
#| exercise: keep_red
def keep_red(batch: torch.Tensor) -> torch.Tensor:
    """Only the red light of each image.

    Args:
        batch: shape (B, 3, H, W), floats. It must not be changed.

    Returns:
        The same shape; channels 1 and 2 are zero.

    >>> keep_red(torch.full((1, 3, 1, 1), 0.5)).flatten()
    tensor([0.5000, 0.0000, 0.0000])
    """
    # BEGIN SOLUTION
    out = torch.zeros_like(batch)
    out[:, 0] = batch[:, 0]
    return out
    # END SOLUTION


# %% [markdown]
# ### Black out
# The bottom `k` rows of each image become zero. **Predict** what `x[-k:]` selects when `k` is 0.


# %%
#| exercise: blackout
def blackout(batch: torch.Tensor, k: int) -> torch.Tensor:
    """A black bar over the bottom of each image.

    Args:
        batch: shape (B, C, H, W), floats. It must not be changed.
        k: how many rows, 0 <= k <= H.

    Returns:
        The same shape; the last k rows of each image are zero.

    >>> blackout(torch.ones(1, 1, 3, 2), 1)[0, 0]
    tensor([[1., 1.],
            [1., 1.],
            [0., 0.]])
    """
    # BEGIN SOLUTION
    out = batch.clone()
    out[:, :, batch.shape[2] - k :] = 0
    return out
    # END SOLUTION


# %% [markdown]
# **Compare** by eye. (Each picture appears once you have solved its exercise.)

# %%
edits = {"invert": invert, "grayscale": grayscale, "keep_red": keep_red, "blackout(…, 30)": lambda x: blackout(x, 30)}
shown = {"original": batch[1]}
for title, edit in edits.items():
    try:
        shown[title] = edit(batch)[1].detach()
    except NotImplementedError:
        print(title, "is still to do")
show(list(shown.values()), list(shown), "One flower, four edits")

# %% [markdown]
# **Explain.** After all this, is `batch` still the batch that you started with? How could you tell without looking?

# %% [markdown]
# ## 6. Which axes go, which stay: statistics
#
# A mean over some axes removes them and keeps the rest. So first say what should be left, then reduce over all else:
#
# - the **mean image** of a batch `(B, C, H, W)` is an image, `(C, H, W)`: the batch axis goes;
# - the **statistics of each channel** are one number per channel, `(C,)`: batch, height and width go.
#
# **Predict.** Which axes does each of these reduce over? Is the standard deviation of a channel the mean of the
# standard deviations of the images? (Try two images, one all black, one all white.)


# %%
#| exercise: mean_image
def mean_image(batch: torch.Tensor) -> torch.Tensor:
    """The mean of all images in the batch.

    Args:
        batch: shape (B, C, H, W), floats.

    Returns:
        Shape (C, H, W).

    >>> mean_image(torch.tensor([0.0, 1.0]).reshape(2, 1, 1, 1))
    tensor([[[0.5000]]])
    """
    # BEGIN SOLUTION
    return batch.mean(dim=0)
    # END SOLUTION


# %% [markdown]
# Two conventions for the standard deviation are about: divide by `n` (the numbers *are* the whole population: the
# biased one, numpy's default) or by `n - 1` (they are a sample: the unbiased one, torch's default!). Normalising images
# uses the first; ask torch for it with `unbiased=False` or `correction=0`.


# %%
#| exercise: channel_stats
def channel_stats(batch: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """Mean and (biased) standard deviation of each channel, over all images and pixels.

    Args:
        batch: shape (B, C, H, W), floats.

    Returns:
        (mean, std), each of shape (C,); std divides by the number of values, not by one less.

    >>> channel_stats(torch.tensor([0.0, 1.0]).reshape(2, 1, 1, 1))
    (tensor([0.5000]), tensor([0.5000]))
    """
    # BEGIN SOLUTION
    axes = (0, 2, 3)
    return batch.mean(dim=axes), batch.std(dim=axes, correction=0)
    # END SOLUTION


# %% [markdown]
# **Compare** with numpy, whose default is the biased one: one black image and one white one.

# %%
print("numpy:", np.array([0.0, 1.0]).mean(), np.array([0.0, 1.0]).std())
print("yours:", channel_stats(torch.stack([torch.zeros(1, 4, 5), torch.ones(1, 4, 5)])))

# %% [markdown]
# ## 7. All pairs at once: distances without a loop
#
# Which of `M` reference points is nearest to each of `N` points? For that we need `N·M` squared distances. Two loops
# would take minutes; the square of a difference has a better idea in it:
#
# $$\lVert a - b \rVert^2 = \lVert a \rVert^2 - 2\, a \cdot b + \lVert b \rVert^2$$
#
# The middle term, for all pairs, is one matrix product. The outer two are one number for each row of `A` and one for
# each row of `B`, and broadcasting adds them up once their shapes are `(N, 1)` and `(1, M)`.
#
# **Predict.** How many bytes does `A[:, None] - B[None]` take for `N = M = 2000`, `D = 64`? And the formula above?
#
# One catch: a float32 difference of large numbers may come out as `-0.00002` where it should be zero, and its square
# root as NaN. A squared distance is never negative: see to it.


# %%
#| exercise: pairwise_sqdist
def pairwise_sqdist(A: torch.Tensor, B: torch.Tensor) -> torch.Tensor:
    """Squared Euclidean distances of all pairs, without a loop (or vmap) and without torch.cdist or
    another ready-made distance.

    Args:
        A: N points, shape (N, D).
        B: M points, shape (M, D).

    Returns:
        Shape (N, M), of the same dtype: entry (n, m) belongs to A[n] and B[m]. No entry is negative.

    >>> pairwise_sqdist(torch.tensor([[0.0, 0.0], [1.0, 1.0]]), torch.tensor([[3.0, 4.0]]))
    tensor([[25.],
            [13.]])
    """
    # BEGIN SOLUTION
    squares_a = (A * A).sum(dim=1, keepdim=True)
    squares_b = (B * B).sum(dim=1)
    return (squares_a - 2 * A @ B.T + squares_b).clamp(min=0)
    # END SOLUTION


# %% [markdown]
# **Compare** with torch's, which gives the root.

# %%
A, B = torch.randn(200, 16), torch.randn(300, 16)
print("the largest difference:", (pairwise_sqdist(A, B).sqrt() - torch.cdist(A, B)).abs().max().item())

# %% [markdown]
# ## 8. Random numbers that can be had again
#
# A computer's random numbers follow from a **seed**. The same seed gives the same numbers: that is what makes an
# experiment repeatable. `torch.manual_seed(0)` seeds the one generator that everybody in the program shares, and so
# your function would change what all other code draws next. Use a generator of your own:
# `torch.Generator()`, seed it, and hand it to `torch.randn(..., generator=...)`.
#
# **Predict.** Two calls with the same seed, with other random draws between them: the same numbers, or not?


# %%
#| exercise: seeded_noise
def seeded_noise(shape: tuple[int, ...], seed: int) -> torch.Tensor:
    """Standard normal noise that depends on the seed and on nothing else.

    Args:
        shape: of the result.
        seed: a non-negative integer.

    Returns:
        float32 of that shape. The same seed gives the same numbers, another seed gives others. The global random
        generators (torch's, numpy's, Python's) are as they were before.

    >>> torch.equal(seeded_noise((2, 3), 7), seeded_noise((2, 3), 7))
    True
    """
    # BEGIN SOLUTION
    generator = torch.Generator().manual_seed(seed)
    return torch.randn(shape, generator=generator)
    # END SOLUTION


# %%
try:
    noise = torch.stack([seeded_noise((1, *batch.shape[2:]), seed) for seed in (0, 0, 1)])
    show((noise / 6 + 0.5).clamp(0, 1), ["seed 0", "seed 0 again", "seed 1"], "Noise that can be had again")
except NotImplementedError:
    print("seeded_noise is still to do")

# %% [markdown]
# ## 9. A classifier with nothing to train
#
# Put it together. Scikit-learn brings 1,797 handwritten digits of 8 × 8 pixels. Here is about the simplest idea that
# can work: **the mean of all zeros looks like a zero**, the mean of all ones like a one. To read a new digit, find the
# mean image that is nearest to it. (Nobody wrote a rule about loops and strokes. Is this machine learning? What are
# its parameters?)
#
# We fit on one part of the data and judge on another, which the means have never seen. Assignment 02 is about why.

# %%
digits = load_digits()
pixels = torch.tensor(digits.data / 16, dtype=torch.float32)
labels = torch.tensor(digits.target)
fit_rows, judge_rows = train_test_split(np.arange(len(labels)), test_size=0.25, random_state=1, stratify=digits.target)
print(pixels.shape, labels.shape, "| for the means:", len(fit_rows), "| to judge:", len(judge_rows))

# %% [markdown]
# **Predict.** Guessing gives 10 %. What will this give?


# %%
#| exercise: nearest_mean
def class_means(x: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    """The mean example of each class.

    Args:
        x: N examples, shape (N, D), floats.
        y: their classes, shape (N,), int64. Every class from 0 to y.max() occurs.

    Returns:
        Shape (C, D) with C = y.max() + 1: row c is the mean of the examples of class c.

    >>> class_means(torch.tensor([[0.0, 0.0], [8.0, 8.0], [2.0, 4.0]]), torch.tensor([0, 1, 0]))
    tensor([[1., 2.],
            [8., 8.]])
    """
    # BEGIN SOLUTION
    return torch.stack([x[y == c].mean(dim=0) for c in range(int(y.max()) + 1)])
    # END SOLUTION


def nearest_mean(means: torch.Tensor, x: torch.Tensor) -> torch.Tensor:
    """The class whose mean is nearest, for each example.

    Args:
        means: shape (C, D), as from class_means.
        x: N examples, shape (N, D).

    Returns:
        Classes, shape (N,), int64.

    >>> nearest_mean(torch.tensor([[1.0, 2.0], [8.0, 8.0]]), torch.tensor([[7.0, 9.0], [0.0, 0.0]]))
    tensor([1, 0])
    """
    # BEGIN SOLUTION
    return pairwise_sqdist(x, means).argmin(dim=1)
    # END SOLUTION


# %% [markdown]
# **Compare** the means with the digits, and the guesses with the truth.

# %%
try:
    means = class_means(pixels[fit_rows], labels[fit_rows])
    guesses = nearest_mean(means, pixels[judge_rows])
    right = guesses == labels[judge_rows]
    show(means.reshape(-1, 1, 8, 8).detach(), range(len(means)), "The mean of each class")
    missed = [i for i in range(len(right)) if not right[i]][:8]
    show(
        [pixels[judge_rows[i]].reshape(1, 8, 8) for i in missed],
        [f"a {int(labels[judge_rows[i]])}, read as {int(guesses[i])}" for i in missed],
        f"{100 * right.float().mean():.1f} % right; some that are not",
    )
except NotImplementedError:
    print("the classifier is still to do")

# %% [markdown]
# **Explain.** Which digits are mixed up, and do their mean images show why? What would happen if every image were
# shifted by two pixels? What could *more* data not mend?
#
# ## Looking back
#
# Write a few lines, for yourself: which prediction was wrong, and what do you believe now? Which of the rules of this
# notebook (say what is left, then reduce over the rest; test with B ≠ O *and* B = O; never write into the caller's
# tensor; draw from a generator of your own) would have saved you an hour in the past?
