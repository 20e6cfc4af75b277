"""Goes on with the held-out pictures."""
# fails: train_classifier
# says: take part in the training
# hint: After the training you go on with the validation pictures. Then they judge nothing any more.


def train_classifier(dls, seed, width=16, epochs=6):
    torch.manual_seed(seed)
    learner = Learner(dls, small_cnn(len(dls.vocab), width), loss_func=CrossEntropyLossFlat())
    with learner.no_bar(), learner.no_logging():
        learner.fit_one_cycle(epochs, 0.02)
    learner.dls = DataLoaders(dls.valid, dls.valid)
    with learner.no_bar(), learner.no_logging():
        learner.fit(1, 0.001)
    learner.dls = dls
    return learner
