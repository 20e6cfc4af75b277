"""Multiplies by zero: NaN stays NaN."""
# fails: descend
# hint: 0 times NaN is NaN: one bad step, and the gradient never comes back. Assign 0.0.


def zero_grad(parameters):
    for parameter in parameters:
        parameter.grad = parameter.grad * 0.0
