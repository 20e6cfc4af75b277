"""No seed at all."""
# fails: train_classifier
# says: two different networks
# hint: The same seed gives two networks. torch.manual_seed(seed) comes first.


def train_classifier(dls, seed, width=16, epochs=6):
    learner = Learner(dls, small_cnn(len(dls.vocab), width), loss_func=CrossEntropyLossFlat())
    with learner.no_bar(), learner.no_logging():
        learner.fit_one_cycle(epochs, 0.02)
    return learner
