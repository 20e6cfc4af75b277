"""Batches shuffled by a generator of numpy's, weight decay, a schedule, and a pause when the loss is small."""
# fails: nothing

import numpy as np
import torch


def train(x, y, seed):
    order = np.random.default_rng(seed)
    torch.random.manual_seed(seed)
    model = MLP(n_in=64, n_hidden=64, n_out=10)
    opt = torch.optim.SGD(model.parameters(), lr=0.2, momentum=0.9, nesterov=True, weight_decay=1e-4)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(opt, T_max=30)
    losses = []
    while len(losses) < 30 and (not losses or losses[-1] > 0.01):
        rows = torch.from_numpy(order.permutation(len(x)))
        loss, _ = train_epoch(model, [(x[part], y[part]) for part in rows.split(48)], opt)
        losses.append(loss)
        schedule.step()
    return [model.eval(), losses]
