"""Whether the correct class's score is its row's largest, in numpy."""
# fails: nothing

import numpy as np
import torch


@torch.no_grad()
def accuracy_sum(logits, labels):
    scores = logits.numpy(force=True)
    wrong = np.count_nonzero(scores.argmax(axis=1) - labels.numpy())
    return torch.as_tensor(len(scores) - wrong, dtype=torch.int64)
