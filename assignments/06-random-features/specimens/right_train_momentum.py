"""SGD with momentum; the best network of all steps is kept; labels as floats of another kind."""
# fails: nothing

import copy

import torch
import torch.nn.functional as F


def train_two_layer(X, y, h, steps, seed):
    torch.manual_seed(seed)
    model = TwoLayer(X.shape[1], h)
    model.to(X.device)
    opt = torch.optim.SGD(model.parameters(), lr=0.5, momentum=0.9)
    losses, best, best_loss = [], None, float("inf")
    for _ in range(steps):
        opt.zero_grad(set_to_none=True)
        loss = F.binary_cross_entropy_with_logits(model(X), y.float())
        losses.append(loss.item())
        if losses[-1] < best_loss:
            best_loss, best = losses[-1], copy.deepcopy(model.state_dict())
        loss.backward()
        opt.step()
    model.load_state_dict(best) if steps > 50 else None
    return model, losses
