"""Draws a thousand batches and measures."""
# fails: batch_noise
# hint: You draw batches and measure. The formula gives the expectation exactly, for nothing.

import torch


def batch_noise(gradients, batch_size):
    generator = torch.Generator().manual_seed(0)
    means = [gradients[torch.randperm(len(gradients), generator=generator)[:batch_size]].mean(0) for _ in range(1000)]
    return (torch.stack(means) - gradients.mean(0)).square().sum(1).mean().sqrt()
