"""Returns the gradient as it is."""
# fails: unbroadcast, tensor
# hint: Nothing is summed. The result must have the operand's shape.


def unbroadcast(gradient, shape):
    return gradient
