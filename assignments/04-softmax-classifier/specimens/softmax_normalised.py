"""F.normalize with p=1 divides by the sum; the maximum is detached, which changes no gradient."""
# fails: nothing

import torch
import torch.nn.functional as F


def softmax(x: torch.Tensor, dim: int) -> torch.Tensor:
    top = torch.max(x.detach(), dim, True).values
    return F.normalize(torch.exp(torch.sub(x, top)), p=1, dim=dim)
