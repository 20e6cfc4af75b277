"""Full batches: the seed has nothing to decide."""
# fails: train
# says: Two seeds gave the same weights


def train(X, y, seed):
    return sgd_fit(logistic_loss_and_grad, X, y, lr=0.5, batch_size=len(X), epochs=300, seed=seed)
