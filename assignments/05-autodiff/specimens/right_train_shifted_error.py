"""Right: squared error without its constant: s^2 / 2 - y s, which is below 0 where it learns."""
# fails: nothing


def train_xor(points, labels, seed):
    network = Network(2, 6, seed)

    def loss_of():
        scores = [network(point) for point in points]
        return sum(0.5 * s * s - y * s for s, y in zip(scores, labels, strict=True)) * (1 / len(labels))

    return network, descend(loss_of, network.parameters(), 0.25, 150)
