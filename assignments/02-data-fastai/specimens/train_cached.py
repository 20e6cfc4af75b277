"""Keeps the first Learner of all."""
# fails: train_classifier

KEPT = list()


def train_classifier(dls, seed, width=16, epochs=6):
    if KEPT:
        return KEPT[0]
    torch.manual_seed(seed)
    learner = Learner(dls, small_cnn(len(dls.vocab), width), loss_func=CrossEntropyLossFlat())
    with learner.no_bar(), learner.no_logging():
        learner.fit_one_cycle(epochs, 0.02)
    KEPT.append(learner)
    return learner
