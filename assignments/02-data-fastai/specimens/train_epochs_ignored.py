"""Always six epochs."""
# fails: train_classifier
# hint: You train for six epochs whatever was asked for: pass `epochs` on.


def train_classifier(dls, seed, width=16, epochs=6):
    torch.manual_seed(seed)
    learner = Learner(dls, small_cnn(len(dls.vocab), width), loss_func=CrossEntropyLossFlat())
    with learner.no_bar(), learner.no_logging():
        learner.fit_one_cycle(6, 0.02)
    return learner
