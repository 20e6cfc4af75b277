"""Keeps the weights of the epoch that was best on the validation set."""
# fails: train_classifier


def train_classifier(dls, seed, width=16, epochs=6):
    torch.manual_seed(seed)
    learner = Learner(dls, small_cnn(len(dls.vocab), width), loss_func=CrossEntropyLossFlat(), metrics=accuracy)
    with learner.no_bar(), learner.no_logging():
        learner.fit_one_cycle(epochs, 0.02, cbs=SaveModelCallback(monitor="valid_loss"))
    return learner
