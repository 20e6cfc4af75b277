"""Needs a list."""
# fails: descend
# hint: Any iterable may come, also one without a length or an index: `for parameter in parameters`.


def zero_grad(parameters):
    for number in range(len(parameters)):
        parameters[number].grad = 0.0
