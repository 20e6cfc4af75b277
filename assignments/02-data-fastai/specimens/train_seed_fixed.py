"""Always seed 0."""
# fails: train_classifier
# says: Two seeds gave the same network
# hint: Two seeds give the same network: yours is fixed at 0.


def train_classifier(dls, seed, width=16, epochs=6):
    torch.manual_seed(0)
    learner = Learner(dls, small_cnn(len(dls.vocab), width), loss_func=CrossEntropyLossFlat())
    with learner.no_bar(), learner.no_logging():
        learner.fit_one_cycle(epochs, 0.02)
    return learner
