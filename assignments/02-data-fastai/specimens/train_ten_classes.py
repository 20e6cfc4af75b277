"""Always ten classes."""
# fails: train_classifier
# hint: Your network has ten scores whatever the data. len(dls.vocab) is the number of classes.


def train_classifier(dls, seed, width=16, epochs=6):
    torch.manual_seed(seed)
    learner = Learner(dls, small_cnn(10, width), loss_func=CrossEntropyLossFlat())
    with learner.no_bar(), learner.no_logging():
        learner.fit_one_cycle(epochs, 0.02)
    return learner
