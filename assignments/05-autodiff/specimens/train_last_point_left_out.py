"""The last point plays no part."""
# fails: xor


def train_xor(points, labels, seed):
    network = Network(2, 4, seed)

    def loss_of():
        total = Value(0.0)
        for k in range(len(points) - 1):
            total = total + (1 + (network(points[k]) * -labels[k]).exp()).log()
        return total * (1 / len(points))

    return network, descend(loss_of, network.parameters(), 1.0, 80)
