"""Ends when the validation loss does not fall any more."""
# fails: train_classifier
# hint: EarlyStoppingCallback ends the training by the validation pictures: so they have an influence on the weights.


def train_classifier(dls, seed, width=16, epochs=6):
    torch.manual_seed(seed)
    learner = Learner(dls, small_cnn(len(dls.vocab), width), loss_func=CrossEntropyLossFlat())
    with learner.no_bar(), learner.no_logging():
        learner.fit_one_cycle(epochs, 0.02, cbs=EarlyStoppingCallback(patience=1))
    return learner
