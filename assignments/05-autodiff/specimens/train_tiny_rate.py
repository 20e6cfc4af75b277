"""A tiny learning rate."""
# fails: xor


def train_xor(points, labels, seed):
    network = Network(2, 4, seed)

    def loss_of():
        total = Value(0.0)
        for point, label in zip(points, labels, strict=True):
            total = total + (1 + (network(point) * -label).exp()).log()
        return total * (1 / len(points))

    return network, descend(loss_of, network.parameters(), 0.001, 60)
