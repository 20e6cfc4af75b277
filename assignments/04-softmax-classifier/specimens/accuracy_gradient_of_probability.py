"""Gives accuracy a gradient by replacing it with the probability of the correct class: a useful surrogate, another
question."""
# fails: accuracy_gradient
# says: requires_grad
# hint: You differentiate something smooth in place of accuracy. Accuracy itself counts argmax guesses: report what
#     autograd has to say about that, even if it is nothing.

import torch
import torch.nn.functional as F


def autograd_gradients(W, x, y):
    weights = W.detach().clone().requires_grad_()
    scores = x @ weights
    soft = scores.softmax(1)[torch.arange(len(y)), y].mean()
    results = soft, F.cross_entropy(scores, y)
    return tuple(torch.autograd.grad(result, weights, retain_graph=True)[0] for result in results)
