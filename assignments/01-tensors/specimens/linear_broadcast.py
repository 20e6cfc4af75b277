"""Broadcasting and a sum, as in exercise 1."""

# fails: nothing


def linear(inputs, weight, bias):
    return (inputs.unsqueeze(1) * weight.unsqueeze(0)).sum(dim=2) + bias.reshape(1, -1)
