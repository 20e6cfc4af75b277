"""numpy's generator in place of random.Random."""
# fails: xor


class Network:
    def __init__(self, n_in, n_hidden, seed):
        draw = np.random.default_rng(seed)
        self.hidden = [[Value(draw.normal()) for _ in range(n_in)] + [Value(0.0)] for _ in range(n_hidden)]
        self.output = [Value(draw.normal()) for _ in range(n_hidden)] + [Value(0.0)]

    def parameters(self):
        return [value for row in [*self.hidden, self.output] for value in row]

    def __call__(self, inputs):
        hidden = [sum((w * x for w, x in zip(row, inputs, strict=False)), row[-1]).tanh() for row in self.hidden]
        return sum((w * h for w, h in zip(self.output, hidden, strict=False)), self.output[-1])
