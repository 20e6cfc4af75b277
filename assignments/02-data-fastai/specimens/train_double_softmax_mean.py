"""Ends in softmax with a tiny rate."""
# fails: train_classifier


def train_classifier(dls, seed, width=16, epochs=6):
    torch.manual_seed(seed)
    learner = Learner(
        dls, nn.Sequential(small_cnn(len(dls.vocab), width), nn.Softmax(1)), loss_func=CrossEntropyLossFlat()
    )
    with learner.no_bar(), learner.no_logging():
        learner.fit_one_cycle(epochs, 0.0005)
    return learner
