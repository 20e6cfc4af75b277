"""Never trained."""
# fails: train_classifier


def train_classifier(dls, seed, width=16, epochs=6):
    torch.manual_seed(seed)
    learner = Learner(dls, small_cnn(len(dls.vocab), width), loss_func=CrossEntropyLossFlat())
    with learner.no_bar(), learner.no_logging():
        pass
    return learner
