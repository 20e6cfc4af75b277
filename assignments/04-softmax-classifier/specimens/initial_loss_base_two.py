"""log2: the loss in bits."""
# fails: initial_loss
# says: natural
# hint: Your logarithm has base two. Cross-entropy uses the natural one.

import math


def expected_initial_loss(n_classes):
    return math.log2(n_classes)
