"""Asks torch."""
# fails: linear_softmax
# reason: forbidden_api


def linear_softmax_backward(x, W, b, y):
    tensors = [torch.tensor(one, requires_grad=True) for one in (x, W, b)]
    loss = F.cross_entropy(tensors[0] @ tensors[1] + tensors[2], torch.as_tensor(y))
    loss.backward()
    return loss.item(), *(one.grad.numpy() for one in tensors)
