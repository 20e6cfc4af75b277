"""A DataLoader with a generator, torch's own optimizer, gradients put in by hand."""
# fails: nothing

import torch
from torch.utils.data import DataLoader, TensorDataset


def sgd_fit(loss_and_grad, X, y, lr, batch_size, epochs, seed):
    generator = torch.Generator().manual_seed(seed)
    loader = DataLoader(TensorDataset(X, y), batch_size=batch_size, shuffle=True, generator=generator)
    w = torch.nn.Parameter(torch.zeros(X.shape[1], dtype=X.dtype))
    b = torch.nn.Parameter(torch.zeros((), dtype=X.dtype))
    opt = torch.optim.SGD([w, b], lr=lr)
    losses = []
    for _ in range(epochs):
        sums = 0.0
        for xs, ys in loader:
            loss, w.grad, b.grad = loss_and_grad(w.detach(), b.detach(), xs, ys)
            opt.step()
            sums += loss.item() * xs.shape[0]
        losses.append(sums / len(loader.dataset))
    return w.detach(), b.detach(), losses
