"""All weights first, then all biases."""
# fails: xor
# hint: The order of parameters(): a neuron's weights, then its bias, neuron by neuron; the output at the end.


class Network:
    def __init__(self, n_in, n_hidden, seed):
        draw = random.Random(seed)
        self.hidden = [([Value(draw.gauss(0, 1)) for _ in range(n_in)], Value(0.0)) for _ in range(n_hidden)]
        self.output = ([Value(draw.gauss(0, 1)) for _ in range(n_hidden)], Value(0.0))

    def parameters(self):
        layers = [*self.hidden, self.output]
        return [weight for weights, _ in layers for weight in weights] + [bias for _, bias in layers]

    def __call__(self, inputs):
        hidden = []
        for weights, bias in self.hidden:
            hidden.append(sum((w * x for w, x in zip(weights, inputs, strict=True)), bias).tanh())
        weights, bias = self.output
        return sum((w * h for w, h in zip(weights, hidden, strict=True)), bias)
