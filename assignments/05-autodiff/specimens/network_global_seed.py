"""random.seed: the generator that everybody shares."""
# fails: xor


class Network:
    def __init__(self, n_in, n_hidden, seed):
        random.seed(seed)
        self.hidden = [([Value(random.gauss(0, 1)) for _ in range(n_in)], Value(0.0)) for _ in range(n_hidden)]
        self.output = ([Value(random.gauss(0, 1)) for _ in range(n_hidden)], Value(0.0))

    def parameters(self):
        return [value for weights, bias in [*self.hidden, self.output] for value in [*weights, bias]]

    def __call__(self, inputs):
        hidden = []
        for weights, bias in self.hidden:
            hidden.append(sum((w * x for w, x in zip(weights, inputs, strict=True)), bias).tanh())
        weights, bias = self.output
        return sum((w * h for w, h in zip(weights, hidden, strict=True)), bias)
