"""Always the same width."""
# fails: train_classifier
# hint: Your network has one width whatever was asked for: pass `width` on.


def train_classifier(dls, seed, width=16, epochs=6):
    torch.manual_seed(seed)
    learner = Learner(dls, small_cnn(len(dls.vocab)), loss_func=CrossEntropyLossFlat())
    with learner.no_bar(), learner.no_logging():
        learner.fit_one_cycle(epochs, 0.02)
    return learner
