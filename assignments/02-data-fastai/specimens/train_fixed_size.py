"""A network for 24 x 24 only."""
# fails: train_classifier


def train_classifier(dls, seed, width=16, epochs=6):
    torch.manual_seed(seed)
    learner = Learner(
        dls,
        nn.Sequential(nn.Flatten(), nn.Linear(576, 64), nn.ReLU(), nn.Linear(64, len(dls.vocab))),
        loss_func=CrossEntropyLossFlat(),
    )
    with learner.no_bar(), learner.no_logging():
        learner.fit_one_cycle(epochs, 0.02)
    return learner
