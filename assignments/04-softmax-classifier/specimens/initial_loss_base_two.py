"""log2: the loss in bits."""
# fails: initial_loss
# says: natural

import math


def expected_initial_loss(n_classes):
    return math.log2(n_classes)
