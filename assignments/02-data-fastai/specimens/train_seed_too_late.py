"""The seed after the network."""
# fails: train_classifier
# says: comes before the network
# hint: The seed comes after the network has drawn its first weights. Put it first.


def train_classifier(dls, seed, width=16, epochs=6):
    learner = Learner(dls, small_cnn(len(dls.vocab), width), loss_func=CrossEntropyLossFlat())
    torch.manual_seed(seed)
    with learner.no_bar(), learner.no_logging():
        learner.fit_one_cycle(epochs, 0.02)
    return learner
