"""In the order in which the examples came."""
# fails: sgd_fit, train
# says: Shuffle them
# hint: Nothing is shuffled. In sorted data a batch would hold one kind of example only.


def sgd_fit(loss_and_grad, X, y, lr, batch_size, epochs, seed):
    w, b, losses = X.new_zeros(X.shape[1]), X.new_zeros(()), []
    for _ in range(epochs):
        total = 0.0
        for xs, ys in zip(X.split(batch_size), y.split(batch_size)):
            loss, gw, gb = loss_and_grad(w, b, xs, ys)
            w, b = w - lr * gw, b - lr * gb
            total += float(loss) * len(xs)
        losses.append(total / len(X))
    return w, b, losses
