"""torch's own."""
# fails: dropout
# says: dropout

import torch
import torch.nn.functional as F


def dropout(x, p, training=True, generator=None):
    if generator is not None:
        torch.set_rng_state(generator.get_state())
    return F.dropout(x, p, training)
