"""Hands back a module that was never trained."""
# fails: train
# reason: below_threshold


def train(x, y, seed):
    classifier = nn.Linear(8, 3)
    nn.init.zeros_(classifier.weight)
    return classifier
