"""Trains on the corners of the notebook, whatever comes in."""
# fails: xor


def train_xor(points, labels, seed):
    network = Network(2, 4, seed)

    points = [(-1.0, -1.0), (-1.0, 1.0), (1.0, -1.0), (1.0, 1.0)]
    labels = [-1.0, 1.0, 1.0, -1.0]

    def loss_of():
        total = Value(0.0)
        for point, label in zip(points, labels, strict=True):
            total = total + (1 + (network(point) * -label).exp()).log()
        return total * (1 / len(points))

    return network, descend(loss_of, network.parameters(), 1.0, 60)
