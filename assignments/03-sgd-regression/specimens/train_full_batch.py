"""Full batches: the seed has nothing to decide."""
# fails: train
# says: Two seeds gave the same weights
# hint: With the whole training set as one batch the seed decides nothing. Use mini-batches.


def train(X, y, seed):
    return sgd_fit(logistic_loss_and_grad, X, y, lr=0.5, batch_size=len(X), epochs=300, seed=seed)
