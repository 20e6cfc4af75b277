"""Goes from the top down."""
# fails: receptive_field
# hint: You begin with the last layer. The first layer comes first, and its stride widens those after it.


def receptive_field(layers):
    field, jump = 1, 1
    for kernel, stride, _ in reversed(layers):
        field += (kernel - 1) * jump
        jump *= stride
    return field
