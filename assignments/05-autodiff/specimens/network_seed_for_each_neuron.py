"""A generator for each neuron: seed, seed + 1, ..."""
# fails: xor
# hint: Each neuron has a generator of its own, seed + 1 and so on: the next seed's network has the same weights, one
#     place on.


class Network:
    def __init__(self, n_in, n_hidden, seed):
        def neuron(n, number):
            draw = random.Random(seed + number)
            return [Value(draw.gauss(0, 1)) for _ in range(n)] + [Value(0.0)]

        self.hidden = [neuron(n_in, number) for number in range(n_hidden)]
        self.output = neuron(n_hidden, n_hidden)

    def parameters(self):
        return [value for row in [*self.hidden, self.output] for value in row]

    def __call__(self, inputs):
        hidden = [sum((w * x for w, x in zip(row, inputs, strict=False)), row[-1]).tanh() for row in self.hidden]
        return sum((w * h for w, h in zip(self.output, hidden, strict=False)), self.output[-1])
