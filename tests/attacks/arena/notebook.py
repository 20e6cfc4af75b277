# %% [markdown]
# # The arena
#
# Eight small exercises. Nobody learns anything here: they are what attacks are graded on.

# %%
import torch
from torch import nn

from autograder import check

# %%
#| exercise: softmax
def softmax(x, dim):
    """Probabilities along `dim`. torch's own softmax is not allowed."""
    # BEGIN SOLUTION
    powers = (x - x.amax(dim=dim, keepdim=True)).exp()
    return powers / powers.sum(dim=dim, keepdim=True)
    # END SOLUTION

# %%
check("softmax")

# %%
#| exercise: cross_entropy
def cross_entropy(logits, y):
    """The mean loss of logits (B, C) and classes (B,)."""
    # BEGIN SOLUTION
    correct_scores = logits.gather(1, y.unsqueeze(1)).squeeze(1)
    return (logits.logsumexp(dim=1) - correct_scores).mean()
    # END SOLUTION

# %%
#| exercise: effects
def halve_(x):
    """Halve `x` in place, and return it."""
    # BEGIN SOLUTION
    halved_in_place = x.mul_(0.5)
    return halved_in_place
    # END SOLUTION


def invert(x):
    """1 - x; `x` stays as it is."""
    # BEGIN SOLUTION
    inverted_values = 1 - x
    return inverted_values
    # END SOLUTION

# %%
#| exercise: net
class Net(nn.Module):
    """A linear layer from `n_in` to `n_out`, called `layer`, and a tanh."""

    # BEGIN SOLUTION
    def __init__(self, n_in, n_out):
        super().__init__()
        self.layer = nn.Linear(n_in, n_out)

    def forward(self, x):
        return torch.tanh(self.layer(x))
    # END SOLUTION

# %%
#| exercise: train
def train(x, y, seed):
    """A trained module from points (N, 8) to scores of 3 classes."""
    # BEGIN SOLUTION
    torch.manual_seed(seed)
    classifier = nn.Linear(8, 3)
    optimizer = torch.optim.SGD(classifier.parameters(), lr=0.5)
    for _ in range(40):
        optimizer.zero_grad()
        nn.functional.cross_entropy(classifier(x), y).backward()
        optimizer.step()
    return classifier
    # END SOLUTION

# %%
#| exercise: epoch
def read_all(data):
    """The sum of all items of `data`, each read once by its index."""
    # BEGIN SOLUTION
    running_total = 0.0
    for index in range(len(data)):
        running_total += float(data[index])
    return running_total
    # END SOLUTION

# %%
#| exercise: twice
def twice(f, x):
    """f(f(x))."""
    # BEGIN SOLUTION
    applied_once = f(x)
    return f(applied_once)
    # END SOLUTION

# %%
#| exercise: increment
def increment(x):
    """x + 1."""
    # BEGIN SOLUTION
    one_more_than_x = x + 1
    return one_more_than_x
    # END SOLUTION
