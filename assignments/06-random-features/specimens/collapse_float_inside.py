"""Starts from an identity in float32."""
# fails: collapse_linear
# hint: The result is always float32. Start from layers[0], or make the identity with dtype=layers[0][0].dtype.


def collapse_linear(layers):
    d = layers[0][0].shape[1]
    W, b = torch.eye(d), torch.zeros(d)
    for W_next, b_next in layers:
        W, b = W_next.float() @ W, W_next.float() @ b + b_next.float()
    return W, b
