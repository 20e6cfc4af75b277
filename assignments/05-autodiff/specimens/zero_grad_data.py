"""Sets the data to zero."""
# fails: descend, xor
# hint: You set the parameters themselves to zero. It is .grad that has to go.


def zero_grad(parameters):
    for parameter in parameters:
        parameter.data = 0.0
