"""Does not use train_epoch: a loop of its own, steps by hand, and the caller's generator left as it was."""
# fails: nothing

import torch
import torch.nn.functional as F


def train(x: torch.Tensor, y: torch.Tensor, seed: int) -> tuple[torch.nn.Module, list[float]]:
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        network = MLP(64, 30, 10)
        history = []
        for epoch in range(40):
            rate = 0.4 if epoch < 25 else 0.1
            total = 0.0
            for rows in torch.chunk(torch.randperm(len(x)), max(1, len(x) // 32)):
                loss = F.cross_entropy(network(x[rows]), y[rows])
                gradients = torch.autograd.grad(loss, list(network.parameters()))
                with torch.no_grad():
                    for weight, gradient in zip(network.parameters(), gradients):
                        weight -= rate * gradient
                total += loss.item() * len(rows)
            history.append(total / len(x))
    return network, history
