"""The product of the kernels."""
# fails: receptive_field
# hint: You multiply the kernels. Neighbouring fields overlap: each layer *adds* kernel - 1 jumps.


def receptive_field(layers):
    return math.prod(kernel for kernel, _, _ in layers)
