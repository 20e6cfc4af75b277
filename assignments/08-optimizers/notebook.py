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
# # 08 · Optimizers: which way, and how far
#
# Backpropagation says, for every weight, which way is down. It does not say how far to go. That is the job of the
# **optimizer**, and the number that it needs most is the **learning rate**. In this notebook you write the
# optimizers that train nearly every network in the world, from plain gradient descent to AdamW, each in a few
# lines, and check them against PyTorch's to ten digits. Then you write what belongs around them: clipping, a
# schedule, and two ways to *find* a learning rate instead of guessing one.
#
#     each batch:   opt.zero_grad()  ──►  loss  ──►  loss.backward()  ──►  opt.step()
#                   forgets .grad                    fills .grad           moves the weights
#
# **Parameters** are what training changes: weights and biases. **Hyperparameters** are what *you* choose before
# training starts: the learning rate, the batch size, the number of epochs, the width of a layer. No gradient reaches
# them, so people choose them by trying, on held-out data. The learning rate is the first to get right.
#
# | symbol | name in code | meaning |
# |---|---|---|
# | $p$ | `p` | a parameter, a tensor of any shape |
# | $g$ | `p.grad` | the gradient of the loss at $p$, of the same shape, or None |
# | $\eta$ | `lr` | the learning rate |
# | $\mu$ | `momentum` | how much of the last velocity is kept |
# | $\beta_1, \beta_2$ | `betas` | how much of Adam's two averages is kept |
# | $t$ | | how many steps a parameter has made, the present one included: 1, 2, 3, … |
#
# Each section goes the same way: **predict** on paper, **implement**, **compare** with torch, **explain** in your own
# words.

# %%
from autograder import check

# %%
import itertools
import math

import matplotlib.pyplot as plt
import torch
import torch.nn.functional as F
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split
from torch import nn

# %% [markdown]
# This class is given. All your optimizers derive from it. As in `torch.optim`, the parameters and the learning rate
# lie in a list of groups (here there is one); `self.params` and `self.lr` are short for what lies there. Whoever
# writes `opt.lr = 0.01`, or `opt.param_groups[0]["lr"] = 0.01`, changes the rate of the next step.


# %%
class Optimizer:
    """What all optimizers of this notebook share."""

    def __init__(self, params, lr):
        self.param_groups = [{"params": list(params), "lr": lr}]

    @property
    def params(self):
        return self.param_groups[0]["params"]

    @property
    def lr(self):
        return self.param_groups[0]["lr"]

    @lr.setter
    def lr(self, rate):
        self.param_groups[0]["lr"] = rate

    def zero_grad(self):
        for p in self.params:
            p.grad = None


# %% [markdown]
# **The rules of `step()`**, for every optimizer below:
#
# 1. It moves each parameter **in place**: the same tensor, the same memory. The model holds these tensors, and a
#    new one would be unknown to it.
# 2. A parameter whose `.grad` is None is left alone, and so is everything that is remembered about it (its
#    velocity, its step count $t$).
# 3. What is remembered belongs to *one* parameter of *one* optimizer.
# 4. It only reads gradients: `.grad` is afterwards what it was before. Velocities and averages are tensors of their
#    own, which a later `zero_grad()` cannot touch, also one that writes zeros into `.grad`.
# 5. It reads `self.lr` anew each time. No other number is fixed: shapes, dtypes and the number of parameters are
#    whatever comes. Parameters keep their dtype.
# 6. It is not part of any graph: parameters stay leaves that require gradients.
#
# In the exercises 1 to 5 everything in torch is allowed, except torch's own optimizers (`torch.optim.SGD`,
# `torch.optim.Adam` and their relatives, as classes or as functions).

# %% [markdown]
# ## 1. Gradient descent, and what a rate does
#
# $$p \leftarrow p - \eta\, g$$
#
# With the gradient of all examples this is **gradient descent** (GD). With that of a random batch, or of a single
# example, it is **stochastic gradient descent** (SGD): the same line of code, another gradient. Section 10 compares
# the two.
#
# **Predict.** One weight, loss $\tfrac12 L w^2$, so $g = L w$ and a step makes $w$ into $(1 - \eta L)\, w$. For which
# $\eta$ does $w$ shrink? For which does it jump to the other side each time? For which does it grow? Now two weights
# with $L = 1$ and $L = 100$: which of them decides how large $\eta$ may be, and which one then has to wait?


# %%
#| exercise: sgd
class SGD(Optimizer):
    """Plain gradient descent: p <- p - lr * p.grad.

    Args:
        params: iterable of parameters.
        lr: the learning rate.

    >>> p = nn.Parameter(torch.tensor([1.0, 2.0]))
    >>> p.grad = torch.tensor([10.0, -10.0])
    >>> SGD([p], lr=0.1).step()
    >>> p
    Parameter containing:
    tensor([0., 3.], requires_grad=True)
    """

    def step(self):
        """One step, by the rules above. Returns None."""
        # BEGIN SOLUTION
        with torch.no_grad():
            for p in self.params:
                if p.grad is not None:
                    p -= self.lr * p.grad
        # END SOLUTION


# %% [markdown]
# **Compare.** A valley: $f(w) = \tfrac12 (w_1^2 + 100\, w_2^2)$, a hundred times steeper across than along. Its
# curvatures are 1 and 100; their ratio is called the **condition number**. Real losses look like this, only worse and
# in more dimensions. Here are three rates, each run for 30 steps:


# %%
def valley(w):
    """A quadratic with condition number 100. `w`: (2,)."""
    return 0.5 * (w[0] ** 2 + 100 * w[1] ** 2)


def descend(make_opt, steps, start=(-3.0, 0.3)):
    """All points on the way, (steps + 1, 2), and the loss at each."""
    w = nn.Parameter(torch.tensor(start))
    opt = make_opt([w])
    path, losses = [w.detach().clone()], [valley(w).item()]
    for _ in range(steps):
        opt.zero_grad()
        valley(w).backward()
        opt.step()
        path.append(w.detach().clone())
        losses.append(valley(w).item())
    return torch.stack(path), losses


def draw_valley(ax, reach=1.05):
    sides = torch.linspace(-3.6, 1.6, 120), torch.linspace(-reach, reach, 120)
    along, across = torch.meshgrid(*sides, indexing="ij")
    heights = valley(torch.stack([along, across]))
    ax.contour(along, across, heights, levels=[0.1, 0.5, 2, 5, 12, 25, 50], colors="0.8")
    ax.plot(0, 0, "k*", markersize=9)
    ax.set(xlabel="$w_1$ (flat)", xlim=(-3.6, 1.6), ylim=(-reach, reach))


figure, axes = plt.subplots(1, 3, figsize=(10, 3.2), sharey=True, layout="constrained")
for ax, rate, words in zip(
    axes, (0.002, 0.018, 0.0205), ("too low", "about right", "too high"), strict=True
):
    path, losses = descend(lambda params, rate=rate: SGD(params, lr=rate), steps=30)
    draw_valley(ax)
    ax.plot(path[:, 0], path[:, 1], "o-", color="tab:blue", markersize=3, linewidth=1)
    ax.set_title(f"lr {rate:g}, {words}\nloss {losses[0]:.1f} → {losses[-1]:.2g}", fontsize=10)
axes[0].set_ylabel("$w_2$ (steep)")
figure.suptitle("Gradient descent in a valley, 30 steps")
plt.show()

# %% [markdown]
# **Explain.** The steep direction forbids any rate above $2/100$. At that rate, how many steps does the flat
# direction need to come ten times nearer?

# %% [markdown]
# ## 2. Momentum
#
# A ball that rolls down a valley does not zigzag: pushes from left and right cancel, and pushes along the valley add
# up. So keep a **velocity** for each parameter, in PyTorch's convention:
#
# $$v \leftarrow \mu\, v + g, \qquad p \leftarrow p - \eta\, v, \qquad v = 0 \text{ before the first step.}$$
#
# **Predict.** The gradient is 1 in every step, and $\mu = 0.9$. Towards which number does $v$ go? So, by which factor
# is the *effective* rate larger than `lr`?


# %%
#| exercise: momentum
class Momentum(Optimizer):
    """Gradient descent with momentum, in PyTorch's convention.

    Args:
        params: iterable of parameters.
        lr: the learning rate. It multiplies the velocity when the parameter moves.
        momentum: how much of the velocity is kept at each step.

    >>> p = nn.Parameter(torch.tensor([0.0]))
    >>> opt = Momentum([p], lr=1.0, momentum=0.5)
    >>> for _ in range(3):
    ...     p.grad = torch.tensor([1.0])
    ...     opt.step()
    ...     print(p.item())  # the velocities are 1, 1.5, 1.75
    -1.0
    -2.5
    -4.25
    """

    def __init__(self, params, lr, momentum=0.9):
        super().__init__(params, lr)
        # BEGIN SOLUTION
        self.momentum = momentum
        self.velocity = {p: torch.zeros_like(p) for p in self.params}
        # STUB
        # pass  # keep what step() will need
        # END SOLUTION

    def step(self):
        """One step, by the rules above. Returns None."""
        # BEGIN SOLUTION
        with torch.no_grad():
            for p in self.params:
                if p.grad is not None:
                    v = self.velocity[p]
                    v.mul_(self.momentum).add_(p.grad)
                    p -= self.lr * v
        # END SOLUTION


# %% [markdown]
# **Compare** with torch's, on gradients that have nothing to do with each other:


# %%
def largest_difference(mine, torchs, steps=20, seed=0):
    """Of two optimizers' parameters, after each has seen the same random gradients (float64)."""
    generator = torch.Generator().manual_seed(seed)
    start = torch.randn(3, 4, generator=generator, dtype=torch.float64)
    p, q = nn.Parameter(start.clone()), nn.Parameter(start.clone())
    one, other = mine([p]), torchs([q])
    for _ in range(steps):
        gradient = torch.randn(3, 4, generator=generator, dtype=torch.float64)
        p.grad, q.grad = gradient.clone(), gradient.clone()
        one.step()
        other.step()
    return (p - q).abs().max().item()


def torch_sgd(params, **settings):
    return torch.optim.SGD(params, lr=0.1, **settings)


print("SGD:     ", largest_difference(lambda params: SGD(params, lr=0.1), torch_sgd))
print(
    "Momentum:",
    largest_difference(lambda params: Momentum(params, lr=0.1), lambda params: torch_sgd(params, momentum=0.9)),
)

# %% [markdown]
# **Explain.** Some books write $v \leftarrow \mu v - \eta g$, $p \leftarrow p + v$ instead. As long as the rate never
# changes, the two give the same parameters. What differs on the day on which a schedule divides the rate by ten?

# %% [markdown]
# ## 3. Nesterov's look ahead
#
# Momentum is about to carry the parameter further anyway. Nesterov's idea is to use the gradient of the place where it
# is about to be. Implementations rewrite this so that the gradient at the present place is enough:
#
# $$v \leftarrow \mu\, v + g, \qquad p \leftarrow p - \eta\, (g + \mu\, v) \quad\text{with the new } v.$$
#
# **Predict.** Write $g + \mu v$ for the very first step. By which factor is that step longer than plain momentum's?


# %%
#| exercise: nesterov
class Nesterov(Optimizer):
    """Gradient descent with Nesterov momentum, as torch.optim.SGD(..., nesterov=True).

    Args:
        params: iterable of parameters.
        lr: the learning rate.
        momentum: how much of the velocity is kept at each step.

    >>> p = nn.Parameter(torch.tensor([0.0]))
    >>> opt = Nesterov([p], lr=1.0, momentum=0.5)
    >>> for _ in range(2):
    ...     p.grad = torch.tensor([1.0])
    ...     opt.step()
    ...     print(p.item())  # steps of 1 + 0.5 * 1 and of 1 + 0.5 * 1.5
    -1.5
    -3.25
    """

    def __init__(self, params, lr, momentum=0.9):
        super().__init__(params, lr)
        # BEGIN SOLUTION
        self.momentum = momentum
        self.velocity = {p: torch.zeros_like(p) for p in self.params}
        # STUB
        # pass  # keep what step() will need
        # END SOLUTION

    def step(self):
        """One step, by the rules above. Returns None."""
        # BEGIN SOLUTION
        with torch.no_grad():
            for p in self.params:
                if p.grad is not None:
                    v = self.velocity[p]
                    v.mul_(self.momentum).add_(p.grad)
                    p -= self.lr * (p.grad + self.momentum * v)
        # END SOLUTION


# %% [markdown]
# **Explain.** In the valley of section 1, when the velocity is about to carry $w_2$ across the floor: what does the
# look ahead change, compared with plain momentum?

# %% [markdown]
# ## 4. Adam: a rate for every weight
#
# A weight in the flat direction wants a large rate, one in the steep direction a small one. **Adam** gives each its
# own: it divides the gradient by its usual size. For that it keeps two running averages for each number, of the
# gradient and of its square:
#
# $$m \leftarrow \beta_1 m + (1 - \beta_1)\, g, \qquad s \leftarrow \beta_2\, s + (1 - \beta_2)\, g^2.$$
#
# Both start at 0, so they begin much too small. With a constant gradient, $m = (1 - \beta_1^t)\, g$ after $t$ steps.
# The **bias correction** divides just that away, and then comes the step:
#
# $$\hat m = \frac{m}{1 - \beta_1^t}, \qquad \hat s = \frac{s}{1 - \beta_2^t}, \qquad
# p \leftarrow p - \eta\, \frac{\hat m}{\sqrt{\hat s} + \epsilon}.$$
#
# Here $t$ counts the steps of *this* parameter, the present one included: it is 1 in its first step. $\epsilon$
# stands outside the root.
#
# **Predict.** What is $\hat m / \sqrt{\hat s}$ in the first step, for a gradient of 1000? For one of 0.001? How far
# does Adam's first step go, then? And without the correction, with the usual $\beta_1 = 0.9$ and $\beta_2 = 0.999$?


# %%
#| exercise: adam
class Adam(Optimizer):
    """Adam, with bias correction (Kingma and Ba, 2015).

    Args:
        params: iterable of parameters.
        lr: the learning rate.
        betas: how much the averages of the gradient and of its square keep of themselves.
        eps: added to the root.

    >>> p = nn.Parameter(torch.tensor([1.0, 1.0]))
    >>> opt = Adam([p], lr=0.1)
    >>> p.grad = torch.tensor([1000.0, -0.001])
    >>> opt.step()
    >>> p
    Parameter containing:
    tensor([0.9000, 1.1000], requires_grad=True)
    """

    def __init__(self, params, lr=1e-3, betas=(0.9, 0.999), eps=1e-8):
        super().__init__(params, lr)
        # BEGIN SOLUTION
        self.betas, self.eps = betas, eps
        self.state = {
            p: {"t": 0, "m": torch.zeros_like(p), "s": torch.zeros_like(p)} for p in self.params
        }
        # STUB
        # pass  # keep what step() will need
        # END SOLUTION

    def step(self):
        """One step, by the rules above. Returns None."""
        # BEGIN SOLUTION
        beta1, beta2 = self.betas
        with torch.no_grad():
            for p in self.params:
                if p.grad is None:
                    continue
                state = self.state[p]
                state["t"] += 1
                state["m"].mul_(beta1).add_((1 - beta1) * p.grad)
                state["s"].mul_(beta2).add_((1 - beta2) * p.grad**2)
                m_hat = state["m"] / (1 - beta1 ** state["t"])
                s_hat = state["s"] / (1 - beta2 ** state["t"])
                p -= self.lr * m_hat / (s_hat.sqrt() + self.eps)
        # END SOLUTION


# %% [markdown]
# **Compare.** First with torch's. Then all four in the valley, each with a rate that suits it:

# %%
print(
    "Nesterov:",
    largest_difference(
        lambda params: Nesterov(params, lr=0.1), lambda params: torch_sgd(params, momentum=0.9, nesterov=True)
    ),
)
print(
    "Adam:    ",
    largest_difference(lambda params: Adam(params, lr=0.1), lambda params: torch.optim.Adam(params, lr=0.1)),
)

runs = {
    "GD, lr 0.018": lambda params: SGD(params, lr=0.018),
    "momentum 0.9, lr 0.018": lambda params: Momentum(params, lr=0.018),
    "Nesterov 0.9, lr 0.01": lambda params: Nesterov(params, lr=0.01),
    "Adam, lr 0.3": lambda params: Adam(params, lr=0.3),
}
colors = ("tab:blue", "tab:orange", "tab:green", "tab:red")
figure, axes = plt.subplots(1, 4, figsize=(12, 3), sharey=True, layout="constrained")
for ax, (name, make_opt), color in zip(axes, runs.items(), colors, strict=True):
    path, _ = descend(make_opt, steps=40)
    draw_valley(ax)
    ax.plot(path[:, 0], path[:, 1], "o-", color=color, markersize=3, linewidth=1)
    ax.set_title(name, fontsize=10)
axes[0].set_ylabel("$w_2$ (steep)")
figure.suptitle("The first 40 steps in the valley")
plt.show()

figure, ax = plt.subplots(figsize=(7, 3.2), layout="constrained")
for (name, make_opt), color in zip(runs.items(), colors, strict=True):
    ax.semilogy(descend(make_opt, steps=200)[1], color=color, label=name)
ax.set(title="Loss in the valley", xlabel="step", ylabel="loss (log scale)", ylim=(1e-9, 100))
ax.legend()
plt.show()

# %% [markdown]
# Nesterov runs with 0.01, since at 0.018 it would diverge: with its step of $g + \mu v$ it bears less here than plain
# momentum does. A rate belongs to one optimizer, and cannot be carried over to another.
#
# **Explain.** Multiply the loss by 1000. Which of the four need another rate, and which (almost) does not care? What
# does $\epsilon$ have to do with the "almost"?

# %% [markdown]
# ## 5. AdamW: decay that Adam cannot undo
#
# **Weight decay** pulls all weights a little towards 0. For plain SGD it is the same as adding
# $\tfrac{\lambda}{2} \lVert p \rVert^2$ to the loss, so that $\lambda p$ is added to the gradient. People then did the
# same with Adam, and got something else: Adam divides *everything* in the gradient by its usual size, the pull
# included. A weight with large gradients is hardly pulled. **AdamW** keeps the pull out of the gradient ("decoupled").
# In each step of a parameter:
#
# $$p \leftarrow (1 - \eta \lambda)\, p, \qquad \text{then Adam's step, from the gradient alone.}$$
#
# **Predict.** The gradient is 0 in each step, $\eta = 0.1$, $\lambda = 0.5$. What does AdamW make of $p = 1$ in two
# steps? And Adam with $\lambda p$ added to the gradient, in its first step?
#
# **Implement.** You may build on your `Adam`. (The checks compare with torch's AdamW, and also with decay plus *your*
# Adam: a mistake up there costs nothing down here.)


# %%
#| exercise: adamw
class AdamW(Adam):
    """Adam with decoupled weight decay (Loshchilov and Hutter, 2019).

    Args:
        params: iterable of parameters.
        lr: the learning rate; the decay of one step is lr * weight_decay.
        betas, eps: as for Adam.
        weight_decay: lambda in the formula.

    >>> p = nn.Parameter(torch.tensor([1.0]))
    >>> opt = AdamW([p], lr=0.1, weight_decay=0.5)
    >>> p.grad = torch.tensor([0.0])
    >>> opt.step()
    >>> p
    Parameter containing:
    tensor([0.9500], requires_grad=True)
    """

    def __init__(self, params, lr=1e-3, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.01):
        super().__init__(params, lr, betas, eps)
        # BEGIN SOLUTION
        self.weight_decay = weight_decay
        # STUB
        # pass  # keep what step() will need
        # END SOLUTION

    def step(self):
        """One step, by the rules above. Returns None."""
        # BEGIN SOLUTION
        with torch.no_grad():
            for p in self.params:
                if p.grad is not None:
                    p *= 1 - self.lr * self.weight_decay
        super().step()
        # END SOLUTION


# %% [markdown]
# **Compare.** Two weights start at 1. Their gradients are pure noise, so nothing but the decay has a direction. One
# has noise a thousand times larger than the other. (Each curve is the mean of 200 such weights.)


# %%
def adam_with_l2(params, lr, weight_decay):
    """Adam with the decay inside the gradient, as `torch.optim.Adam(weight_decay=...)` has it."""
    return torch.optim.Adam(params, lr=lr, weight_decay=weight_decay)


generator = torch.Generator().manual_seed(0)
noise_sizes = torch.tensor([[0.01], [10.0]])
figure, axes = plt.subplots(1, 2, figsize=(9, 3), sharey=True, layout="constrained")
kinds = {"L2 inside Adam": adam_with_l2, "AdamW": AdamW}
for ax, (name, make_opt) in zip(axes, kinds.items(), strict=True):
    w = nn.Parameter(torch.ones(2, 200))
    opt = make_opt([w], lr=0.01, weight_decay=0.5)
    means = [w.detach().mean(1)]
    for _ in range(300):
        w.grad = noise_sizes * torch.randn(2, 200, generator=generator)
        opt.step()
        means.append(w.detach().mean(1))
    small, large = torch.stack(means).T
    ax.plot(small, color="tab:blue", label="small gradients (0.01)")
    ax.plot(large, color="tab:red", label="large gradients (10)")
    ax.axhline(0, color="0.7", linewidth=0.8)
    ax.set(title=name, xlabel="step")
axes[0].set_ylabel("weight (mean of 200)")
axes[0].legend()
figure.suptitle("Weight decay 0.5 on weights whose gradients are noise")
plt.show()

# %% [markdown]
# **Explain.** Is it right to say "weight decay is L2 regularisation"? For which optimizers?

# %% [markdown]
# ## 6. Clipping: a longest step
#
# Now and then one batch has a huge gradient, and a single step destroys what a thousand have built. **Clipping by
# norm** shortens such a gradient and keeps its direction. The norm is that of *all* gradients together, as if they
# were one long vector:
#
# $$\lVert g \rVert = \sqrt{\textstyle\sum_p \sum_i g_{p,i}^2}, \qquad
# g \leftarrow g \cdot \min\!\left(1, \frac{\text{max norm}}{\lVert g \rVert + 10^{-6}}\right).$$
#
# (The $10^{-6}$ is torch's, and avoids a division by zero.)
#
# **Predict.** Two parameters have gradients of norm 3 and 4. What are their norms after clipping to 1? What would they
# be if each were clipped by itself, and what would be lost?
#
# **Implement.** Not allowed here: torch's `clip_grad_norm_`, `clip_grads_with_norm_` and `get_total_norm`.


# %%
#| exercise: clip_grad_norm
def clip_grad_norm(params, max_norm):
    """Scale all gradients by one factor, so that their common norm is at most max_norm.

    Args:
        params: iterable of parameters (a list, or a generator as model.parameters() is), all of
            one dtype. Those without a gradient are left out. Only `.grad` changes, and keeps its
            shape and dtype.
        max_norm: float > 0.

    Returns:
        The norm before clipping: a 0-d tensor of the gradients' dtype, which requires no gradient.
        tensor(0.) if there are no gradients.

    >>> a, b = nn.Parameter(torch.zeros(2)), nn.Parameter(torch.zeros(1))
    >>> a.grad, b.grad = torch.tensor([3.0, 0.0]), torch.tensor([4.0])
    >>> clip_grad_norm([a, b], max_norm=1.0)
    tensor(5.)
    >>> a.grad, b.grad
    (tensor([0.6000, 0.0000]), tensor([0.8000]))
    """
    # BEGIN SOLUTION
    gradients = [p.grad for p in params if p.grad is not None]
    if not gradients:
        return torch.tensor(0.0)
    norm = torch.stack([g.norm() for g in gradients]).norm()
    factor = max_norm / (norm + 1e-6)
    if factor < 1:
        for g in gradients:
            g.mul_(factor)
    return norm
    # END SOLUTION


# %% [markdown]
# **Explain.** Where in the training loop does the call belong: before `backward()`, between `backward()` and `step()`,
# or after `step()`? And for Adam, which divides by the usual size of the gradient anyway: what is clipping still good
# for?

# %% [markdown]
# ## 7. A schedule: large steps first, small steps last
#
# One rate rarely suits the whole training. At the very start the averages of Adam rest on a few batches, and the
# weights are far from anything sensible: go slowly (**warm-up**). Then go far. Near the end, small steps let the noise
# of the batches average out: come down along a **cosine**. Of `total` steps $t = 0, 1, 2, \dots$:
#
# $$\eta(t) = \begin{cases}
# \text{peak} \cdot (t + 1) / \text{warmup} & t < \text{warmup} \\[2pt]
# \text{floor} + \tfrac12 (\text{peak} - \text{floor})
#   \left(1 + \cos \pi \frac{t - \text{warmup}}{\text{total} - \text{warmup}}\right)
#   & \text{warmup} \le t < \text{total} \\[2pt]
# \text{floor} & t \ge \text{total}
# \end{cases}$$
#
# **Predict.** Which rate has the first step, $t = 0$, with a warm-up of 10 steps? Why not 0? Which has the step in the
# middle of the cosine?


# %%
#| exercise: warmup_cosine
def warmup_cosine(t, total, warmup, peak, floor=0.0):
    """The learning rate of step t: linear warm-up to `peak`, then a cosine down to `floor`.

    Args:
        t: int, the number of the step, from 0. It may be `total` or more.
        total: int, how many steps the training has, at least 1.
        warmup: int from 0 to `total`, how many of them are warm-up.
        peak: float, the largest rate.
        floor: float, the rate at and after the end.

    Returns:
        Python float.

    >>> [round(warmup_cosine(t, total=6, warmup=2, peak=0.1), 4) for t in range(8)]
    [0.05, 0.1, 0.1, 0.0854, 0.05, 0.0146, 0.0, 0.0]
    """
    # BEGIN SOLUTION
    if t < warmup:
        return peak * (t + 1) / warmup
    if t >= total:
        return float(floor)
    progress = (t - warmup) / (total - warmup)
    return floor + 0.5 * (peak - floor) * (1 + math.cos(math.pi * progress))
    # END SOLUTION


# %% [markdown]
# **Compare.** Some schedules in use, over 100 steps, all with a peak of 0.1:

# %%
steps = range(100)
schedules = {
    "constant": [0.1 for _ in steps],
    "a tenth after each 40 steps": [0.1 * 0.1 ** (t // 40) for t in steps],
    "cosine, no warm-up": [warmup_cosine(t, 100, 0, 0.1) for t in steps],
    "warm-up 15, cosine to 0.01": [warmup_cosine(t, 100, 15, 0.1, 0.01) for t in steps],
}
figure, ax = plt.subplots(figsize=(7, 3), layout="constrained")
for (name, rates), style in zip(schedules.items(), (":", "-.", "--", "-"), strict=True):
    ax.plot(rates, style, label=name)
ax.set(title="Schedules", xlabel="step t", ylabel="learning rate")
ax.legend(fontsize=8)
plt.show()

# %% [markdown]
# **Explain.** A training with a cosine is stopped after half of its steps. Is its network comparable with one whose
# cosine was *planned* for that many steps?

# %% [markdown]
# ## 8. The digits, and a range test for the rate
#
# Time for real data: 1,797 handwritten digits, a fifth of them held out. On a GPU the settings of the second row
# are used from here on: a wider network and larger batches, same code.

# %%
profile = "gpu" if torch.cuda.is_available() else "cpu"
SETTINGS = {
    "cpu": {"width": 64, "batch_size": 32, "epochs": 10, "peak": 0.01},
    "gpu": {"width": 1024, "batch_size": 128, "epochs": 30, "peak": 0.005},
}[profile]
device = "cuda" if profile == "gpu" else "cpu"

digits = load_digits()
x_train, x_valid, y_train, y_valid = (
    torch.as_tensor(part).to(device)
    for part in train_test_split(
        digits.data.astype("float32") / 16, digits.target, test_size=0.2, random_state=0, stratify=digits.target
    )
)


def make_model(width, seed=0):
    """Linear(64, width), ReLU, Linear(width, 10), with the first weights of that seed."""
    torch.manual_seed(seed)
    return nn.Sequential(nn.Linear(64, width), nn.ReLU(), nn.Linear(width, 10)).to(device)


def make_batches(x, y, size, seed=0):
    """One epoch of batches in the random order of that seed, as a list."""
    order = torch.randperm(len(x), generator=torch.Generator().manual_seed(seed)).to(x.device)
    return [(x[rows], y[rows]) for rows in order.split(size)]


# %% [markdown]
# How large may the rate be? Leslie Smith's **range test** asks in a single short run: begin with a tiny rate,
# multiply it by the same factor after each batch, and watch the loss. First nothing happens, then the loss falls, and
# at some rate it explodes. The losses of single batches are noisy, so plot their running average, with the bias
# correction that you know from Adam. In detail, for $i = 0, 1, \dots, \text{steps} - 1$:
#
# 1. Take the next batch (after the last one, the first again). Compute the mean cross-entropy $\ell_i$ of the model
#    on it.
# 2. Average: $a_i = \beta\, a_{i-1} + (1 - \beta)\, \ell_i$ with $a_{-1} = 0$; corrected, $\hat a_i = a_i / (1 -
#    \beta^{i+1})$.
# 3. If $\hat a_i$ is not finite, or larger than `stop` times the smallest value recorded so far: end here, without
#    recording it and without a step.
# 4. Record the rate $\eta_i = \text{low} \cdot (\text{high} / \text{low})^{i / (\text{steps} - 1)}$ and $\hat a_i$.
# 5. Clear the gradients, go backward from $\ell_i$, and make one step of `opt` with the rate $\eta_i$.
#
# Afterwards, however it ended, everything is as it was: the model's parameters and buffers have their old values (in
# the same tensors), and the optimizer its old rate. The gradients are cleared. (What the optimizer remembers, such as
# velocities, need not be restored: make a new optimizer for the training.)
#
# Then choose. The rate *at* the smallest loss is too large already: there the curve turns. A tenth of it is a
# sound choice.
#
# **Predict.** Three rates for a sweep from 0.01 to 1: which is the middle one? What would happen to the training
# afterwards if the weights were not restored?


# %%
#| exercise: lr_find
def lr_find(model, opt, batches, low=1e-5, high=10.0, steps=100, beta=0.9, stop=4.0):
    """A learning-rate range test, as described above.

    Args:
        model: nn.Module, maps x to logits. Its mode is left alone.
        opt: any optimizer over the model's parameters, of yours or of torch's: it has
            zero_grad(), step() and param_groups, a list of dicts (one or more), each with an "lr".
        batches: list of pairs (x, y), with y int64 labels.
        low, high: first and last rate of the sweep, for all groups.
        steps: at least 2; how many rates the sweep has if it is not stopped.
        beta: how much the average of the loss keeps of itself.
        stop: the sweep ends when the average is larger than so many times its smallest value.

    Returns:
        (rates, losses): two lists of Python floats of the same length, the rates tried and the
        corrected averages.
    """
    # BEGIN SOLUTION
    saved = {name: value.clone() for name, value in model.state_dict().items()}
    old_rates = [group["lr"] for group in opt.param_groups]
    rates, losses, average = [], [], 0.0
    for i, (xb, yb) in zip(range(steps), itertools.cycle(batches)):
        loss = F.cross_entropy(model(xb), yb)
        average = beta * average + (1 - beta) * loss.item()
        smooth = average / (1 - beta ** (i + 1))
        if not math.isfinite(smooth) or (losses and smooth > stop * min(losses)):
            break
        rate = low * (high / low) ** (i / (steps - 1))
        rates.append(rate)
        losses.append(smooth)
        opt.zero_grad()
        loss.backward()
        for group in opt.param_groups:
            group["lr"] = rate
        opt.step()
    opt.zero_grad()
    model.load_state_dict(saved)
    for group, rate in zip(opt.param_groups, old_rates, strict=True):
        group["lr"] = rate
    return rates, losses
    # END SOLUTION


def suggest_rate(rates, losses):
    """A tenth of the rate at which the loss is smallest (the first of them, if there are several): a Python float.

    Args:
        rates, losses: lists of Python floats, equally long and not empty.

    >>> suggest_rate([0.01, 0.1, 1.0, 10.0], [2.3, 1.9, 0.8, 5.0])
    0.1
    """
    # BEGIN SOLUTION
    return rates[losses.index(min(losses))] / 10
    # END SOLUTION


# %% [markdown]
# **Look.** One sweep each for SGD and for Adam, on the same network and the same batches:

# %%
batches = make_batches(x_train, y_train, 32)
figure, ax = plt.subplots(figsize=(7, 3.2), layout="constrained")
for name, make_opt, color in (("SGD", SGD, "tab:blue"), ("Adam", Adam, "tab:red")):
    model = make_model(SETTINGS["width"])
    rates, losses = lr_find(model, make_opt(model.parameters(), lr=0.1), batches)
    suggestion = suggest_rate(rates, losses)
    ax.semilogx(rates, losses, color=color, label=f"{name}: {len(rates)} rates tried")
    words = f"{name}: suggested {suggestion:.2g}"
    ax.axvline(suggestion, color=color, linestyle="--", linewidth=1, label=words)
ax.set(title="A range test on the digits", xlabel="rate (log scale)", ylabel="smoothed loss")
ax.legend(fontsize=8)
plt.show()

# %% [markdown]
# **Explain.** Another rule takes the rate where the curve falls most *steeply*. On these digits, with SGD and 20
# different seeds, that rate lies anywhere between 0.9 and 10; a tenth of the rate at the minimum lies between 0.12
# and 0.22. Why is the steepest place of a noisy curve such a poor landmark?

# %% [markdown]
# ## 9. Try several
#
# The range test sees a hundred steps. The honest way to choose a hyperparameter is dearer: train once with each
# candidate, measure on **held-out** data, take the best. Candidates lie on a *log* scale (0.01, 0.1, 1), since a rate
# matters by its factor. And some of them diverge: their loss is infinite or NaN.
#
# **Predict.** What is `min([float("nan"), 1.0, 2.0])` in Python? And `min([1.0, float("nan"), 0.5])`?


# %%
#| exercise: best_rate
def best_rate(rates, held_out_loss):
    """The rate with the smallest held-out loss.

    Args:
        rates: list of floats, the candidates.
        held_out_loss: function of a rate that trains with it, and returns the held-out loss as a
            Python float; NaN or inf where training diverged. It is expensive: call it once for
            each rate.

    Returns:
        The best of the rates (the first of them, if several are equally good).

    Raises:
        ValueError: there is no rate with a finite loss.

    >>> best_rate([0.01, 0.1, 1.0, 100.0], {0.01: 1.4, 0.1: 0.3, 1.0: 0.2, 100.0: math.nan}.get)
    1.0
    """
    # BEGIN SOLUTION
    losses = [held_out_loss(rate) for rate in rates]
    finite = [(loss, position) for position, loss in enumerate(losses) if math.isfinite(loss)]
    if not finite:
        raise ValueError("training diverged with every rate, or there was none to try")
    return rates[min(finite)[1]]
    # END SOLUTION


# %% [markdown]
# **Look.** One epoch on the digits for each candidate and each optimizer. Optimizers that adapt are not free of the
# rate. But compare the *widths* of the valleys, and where they lie:


# %%
def short_run(make_opt, rate, epochs=1):
    """The held-out loss after a short training."""
    model = make_model(64)
    opt = make_opt(model.parameters(), lr=rate)
    for epoch in range(epochs):
        for xb, yb in make_batches(x_train, y_train, 32, seed=epoch):
            opt.zero_grad()
            F.cross_entropy(model(xb), yb).backward()
            opt.step()
    with torch.no_grad():
        return F.cross_entropy(model(x_valid), y_valid).item()


candidates = [1e-4, 1e-3, 1e-2, 1e-1, 1.0, 10.0]
figure, ax = plt.subplots(figsize=(7, 3.2), layout="constrained")
for make_opt, color in ((SGD, "tab:blue"), (Momentum, "tab:orange"), (Adam, "tab:red")):
    name = make_opt.__name__
    found = {rate: short_run(make_opt, rate) for rate in candidates}
    best = best_rate(candidates, found.get)
    ax.plot(found.keys(), found.values(), "o-", color=color, label=f"{name}, best {best:g}")
    ax.plot(best, found[best], "*", color=color, markersize=14)
ax.axhline(math.log(10), color="tab:gray", linestyle="--", label="guessing, log 10")
ax.set(title="Held-out loss after one epoch", xlabel="learning rate (log scale)", xscale="log")
ax.set(ylabel="cross-entropy", ylim=(0, 4))
ax.legend(fontsize=8)
plt.show()

# %% [markdown]
# Left of each valley the rate is **too low**: training is slow, and one epoch was not enough. Right of it, it is
# **too high**: steps overshoot, and the loss is as bad as guessing, or worse, or NaN. Both are *underfitting*: even
# the training loss stays high. Other causes look the same from afar: a network that is too small, or a training that
# is broken. They are told apart by the *curve* of the training loss, not by its end.

# %% [markdown]
# ## 10. GD against SGD: how much gradient does a step need?
#
# The gradient of all examples is exact and expensive. The gradient of a batch is an *estimate* of it: right on average,
# with a noise whose standard deviation falls as $1 / \sqrt{B}$. So a batch four times as large costs four times as
# much and is only twice as accurate.
#
# **Predict.** With the same rate and the same number of *epochs*: which batch size reaches the lowest loss? With
# the same number of *steps*: at which batch size may the rate be largest?

# %%
sizes = (len(x_train), 256, 64, 16)
figure, (left, right) = plt.subplots(1, 2, figsize=(10, 3.4), layout="constrained")
for size in sizes:
    model = make_model(64)
    opt = SGD(model.parameters(), lr=0.1)
    curve = []
    for epoch in range(5):
        with torch.no_grad():
            curve.append(F.cross_entropy(model(x_train), y_train).item())
        for xb, yb in make_batches(x_train, y_train, size, seed=epoch):
            opt.zero_grad()
            F.cross_entropy(model(xb), yb).backward()
            opt.step()
    name = "all examples (GD)" if size == len(x_train) else f"batches of {size}"
    count = math.ceil(len(x_train) / size)
    left.plot(curve, "o-", markersize=3, label=f"{name}: {count} step{'s' * (count > 1)} an epoch")
left.set(title="Same rate (0.1), same work", xlabel="epoch", ylabel="training loss", ylim=(0, 4))
left.set_xticks(range(5))
left.legend(fontsize=8, loc="upper right")

rates = [0.1, 0.3, 0.8, 1.6, 3.2]
for size, shade in zip((2, 8, 32, 256), ("0.75", "0.55", "0.3", "0.0"), strict=True):
    ends = []
    for rate in rates:
        model = make_model(64)
        opt = SGD(model.parameters(), lr=rate)
        for xb, yb in itertools.islice(itertools.cycle(make_batches(x_train, y_train, size)), 60):
            opt.zero_grad()
            F.cross_entropy(model(xb), yb).backward()
            opt.step()
        with torch.no_grad():
            ends.append(F.cross_entropy(model(x_train), y_train).item())
    right.plot(rates, ends, "o-", color=shade, markersize=3, label=f"batches of {size}")
right.axhline(math.log(10), color="tab:gray", linestyle="--", label="guessing, log 10")
right.set(title="Same number of steps (60)", xlabel="learning rate (log scale)", xscale="log")
right.set(ylabel="training loss", ylim=(0, 4))
right.legend(fontsize=8)
figure.suptitle("Batch size: cheap noisy steps, or dear exact ones")
plt.show()

# %% [markdown]
# Left: for the same work, many noisy steps beat few exact ones by far. That is why everybody uses SGD. Right: a more
# accurate gradient gives smoother progress and bears a larger rate. Therefore people who double the batch size, to keep
# more hardware busy, raise the rate as well. It has an end: the curvature (section 1) sets a limit that no batch size
# can lift.
#
# **Explain.** Your hardware computes any batch of up to 256 examples in the same time. Is there a reason to take a
# smaller one? And beyond 256, where twice the batch takes twice as long: is there a reason to take a larger one?

# %% [markdown]
# ## 11. Put it together
#
# **Implement** a training with your own tools: your `Adam` (or another optimizer of this notebook, but none of
# torch's), if you like with your clipping and your schedule. The reference takes `Adam`, clips to norm 1, warms up in
# the first tenth of the steps, comes down along the cosine, and reaches about .97 on held-out digits in ten epochs.
#
# The check trains with its own seed, on these digits with the 64 pixels shuffled and the classes renamed (a fully
# connected network does not notice), with the default settings, and judges by held-out digits. Full marks: accuracy
# at least .93. Below .85: none. In between: in proportion.


# %%
#| exercise: train
def train(x, y, seed, width=64, batch_size=32, epochs=10, peak=0.01):
    """Train Linear(64, width), ReLU, Linear(width, 10), with an optimizer of this notebook.

    Args:
        x: float32 tensor (N, 64), pixels in [0, 1]. Not changed. Training runs on x's device.
        y: int64 tensor (N,), classes 0 ... 9.
        seed: int. The same seed gives the same network from the same data, another seed another one.
        width: hidden units.
        batch_size: examples in a batch; the last one of an epoch may be shorter.
        epochs: passes over the data.
        peak: the (largest) learning rate.

    Returns:
        (model, losses): the trained network, and the mean training loss of each epoch (a list of
        `epochs` Python floats).
    """
    # BEGIN SOLUTION
    torch.manual_seed(seed)
    model = nn.Sequential(nn.Linear(64, width), nn.ReLU(), nn.Linear(width, 10)).to(x.device)
    opt = Adam(model.parameters(), lr=peak)
    total = epochs * math.ceil(len(x) / batch_size)
    losses, t = [], 0
    for _ in range(epochs):
        summed = 0.0
        for rows in torch.randperm(len(x)).to(x.device).split(batch_size):
            loss = F.cross_entropy(model(x[rows]), y[rows])
            opt.zero_grad()
            loss.backward()
            clip_grad_norm(model.parameters(), max_norm=1.0)
            opt.lr = warmup_cosine(t, total, total // 10, peak)
            opt.step()
            summed += loss.item() * len(rows)
            t += 1
        losses.append(summed / len(x))
    return model, losses
    # END SOLUTION


# %%
model, losses = train(x_train, y_train, seed=0, **SETTINGS)
with torch.no_grad():
    right_share = (model(x_valid).argmax(1) == y_valid).float().mean().item()
print(f"held-out accuracy {right_share:.3f}")
figure, ax = plt.subplots(figsize=(6, 3), layout="constrained")
ax.plot(range(1, len(losses) + 1), losses, "o-", color="tab:red", label="training loss")
ax.axhline(math.log(10), color="tab:gray", linestyle="--", label="guessing, log 10")
ax.set(title="The digits, with your own optimizer", xlabel="epoch", ylabel="cross-entropy")
ax.set_ylim(0, None)
ax.legend(loc="center right")
plt.show()

# %% [markdown]
# **Further**, with a network connection: the same training on MNIST, 60,000 digits, shrunk to 8 x 8 pixels. Off by
# default.

# %%
REAL_DATA = False
if REAL_DATA:
    from autograder.datasets import mnist

    x_many, y_many, x_test, y_test = mnist()
    x_many, x_test = (F.adaptive_avg_pool2d(x, 8).flatten(1).to(device) for x in (x_many, x_test))
    big_model, _ = train(x_many, y_many.to(device), seed=0, **SETTINGS | {"epochs": 3})
    with torch.no_grad():
        hits = big_model(x_test).argmax(1).cpu() == y_test
    print(f"MNIST test accuracy {hits.float().mean().item():.3f}")

# %% [markdown]
# ## Written answers

# %% [markdown]
# ### The training that does not train
#
# Three people train the same network on the same data. None of them gets a training loss below 1.9, where 0.1 is
# possible.
#
# - **A**'s loss falls in a perfectly straight, gentle line, from 2.30 to 2.20, over 20 epochs.
# - **B**'s loss jumps between 1.9 and 8 from batch to batch.
# - **C**'s loss is 2.3026 to four decimals, in every epoch.
#
# All three *underfit*. Name four possible causes of underfitting in general. Then, for each of A, B and C: the most
# likely cause, one measurement that would confirm it, and what you would change.

# %% [markdown]
# <!-- exercise: underfitting -->
# Causes: the network is too small; the learning rate is too low (or far too high); there were too few steps; the
# training is broken (gradients never reach the weights, labels are shuffled against the inputs, the step is missing);
# too much regularisation. A: rate too low or too few steps. The line has not begun to bend, so measure the loss with
# ten times the rate, or do a range test; then raise the rate. B: rate too high, it overshoots. The range test shows
# the explosion below the rate in use, and at a tenth of it the jumps go away; lower the rate, warm up, clip. C:
# broken. 2.3026 is log 10: the network gives every class the same probability and does not move. Print the norm of
# the gradients and the change of the weights over one step: one of them is zero (missing backward or step, an
# optimizer over other parameters, dead or zero weights). Mend that; no learning rate helps.

# %% [markdown]
# ### Batch size and rate
#
# A colleague trains with batches of 32 and a learning rate of 0.1. With a new GPU a batch of 512 takes just as long
# as one of 32. She changes the batch size to 512 and leaves everything else, the number of epochs too. The result is
# worse. (a) Why? (b) What should she change, and why is it safe to do so? (c) She then says: "The full gradient would
# be best of all, as it is exact." Answer her in two sentences.

# %% [markdown]
# <!-- exercise: batch_size -->
# (a) An epoch has 16 times fewer steps now, each with the same rate, so the weights have moved much less: it
# underfits. (b) A larger rate (up to about 16 times, found by a range test, with warm-up), and more epochs if need
# be: the noise of the gradient has a standard deviation four times smaller, so that steps may be longer before the
# noise throws them off. The limit is the curvature, so she has to test it. (c) The exact gradient costs as much as
# all batches of an epoch together and gives only one step; its accuracy is wasted, as the direction is valid for a
# short step alone, and 45 rough steps go much further than a single perfect one. It pays only as long as the hardware
# computes it for free.

# %% [markdown]
# ### "Adam needs no tuning"
#
# A forum post says: "With Adam you need not choose a learning rate, since it adapts the rate for each weight." (a)
# Which hyperparameters does Adam have, and what makes them *hyper*? (b) What does it adapt, and what not? Use a
# figure of this notebook as evidence. (c) Describe how you would choose the rate for a new problem on which one
# training takes an hour, within a budget of ten hours, and say on which data you would compare.

# %% [markdown]
# <!-- exercise: adam_claim -->
# (a) lr, two betas, eps (and weight decay, batch size, epochs, the schedule). They are chosen before training and get
# no gradient from the training loss. (b) It adapts the *relative* rates of the weights, so it does not care about the
# scale of the loss. The common factor lr remains: in the figure of section 9 Adam's loss has a valley as well; at
# 0.0001 it is near guessing after one epoch and at 1 it is at least as bad. Its valley is at another place than
# SGD's. (c) A range test first (minutes), it gives a scale; then five to eight trainings at rates a factor of about 3
# apart around it, shorter ones first, e.g. a quarter of the epochs, and the rest of the budget for the best one or
# two with their full schedule. Compare held-out loss on a validation set; the test set is used once, at the end. If
# the best is at the edge of the grid, widen the grid.

# %% [markdown]
# ## To think about
#
# 1. Adam keeps two numbers for each weight beside the weight and its gradient. How much memory does training a
#    network of seven billion weights need, in float32, before the first activation is stored?
# 2. On the digits an epoch with batches of one (SGD in the strict sense) takes some ten times as long as one with
#    batches of 32, though both do the same multiplications. Where does the time go?
# 3. A common bug: the optimizer is made first, and then the model is moved, or its last layer replaced. Which of the
#    rules of `step()` explains why the new layer never learns?
#
# ## What to read next
#
# - Kingma and Ba, *Adam: A Method for Stochastic Optimization*, 2015. Section 3 derives the bias correction.
# - Loshchilov and Hutter, *Decoupled Weight Decay Regularization*, 2019 (AdamW); and *SGDR: Stochastic Gradient
#   Descent with Warm Restarts*, 2017 (the cosine).
# - Smith, *Cyclical Learning Rates for Training Neural Networks*, 2017. It introduced the range test.
# - Goyal and others, *Accurate, Large Minibatch SGD: Training ImageNet in 1 Hour*, 2017. Batch size, rate and warm-up.
# - Goh, *Why Momentum Really Works*, Distill, 2017. The valley, with sliders.
# - The page `torch.optim` of PyTorch's documentation: the same formulas, with all their options.
