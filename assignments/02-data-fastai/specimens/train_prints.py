"""A table for each epoch."""
# fails: train_classifier


def train_classifier(dls, seed, width=16, epochs=6):
    torch.manual_seed(seed)
    learner = Learner(dls, small_cnn(len(dls.vocab), width), loss_func=CrossEntropyLossFlat())
    learner.fit_one_cycle(epochs, 0.02)
    return learner
