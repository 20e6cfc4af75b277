# /// attack
# title = "a gradient that is right every second time, and frees what backward needs once more"
# [promise]
# test_loss_gradient = "failed wrong_answer|exception"
# ///

# %%
import torch


class Fickle(torch.autograd.Function):
    times = 0

    @staticmethod
    def forward(ctx, x):
        return x.clone()

    @staticmethod
    def backward(ctx, grad):
        Fickle.times += 1
        return grad if Fickle.times % 2 else 3 * grad


honest_loss = cross_entropy


def cross_entropy(logits, y):
    return honest_loss(Fickle.apply(logits), y)
