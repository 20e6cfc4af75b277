"""random.Random, lists of indices, the examples' losses counted one by one."""
# fails: nothing

import random


def sgd_fit(loss_and_grad, X, y, lr, batch_size, epochs, seed):
    shuffler, order = random.Random(seed), list(range(len(X)))
    w, b, losses = 0 * X[0], X[0, 0] * 0, []
    for _ in range(epochs):
        shuffler.shuffle(order)
        each = []
        for at in range(0, len(order), batch_size):
            rows = order[at : at + batch_size]
            loss, gw, gb = loss_and_grad(w, b, X[rows], y[rows])
            [w, b] = gd_step((w, b), (gw, gb), lr)
            each += [loss.item()] * len(rows)
        losses.append(sum(each) / len(each))
    return [w, b, losses]
