"""The weights of human vision in place of the plain mean that was asked for."""

# fails: grayscale
# reason: wrong_answer
# hint: You weigh the colours as human eyes do. Asked for is the plain mean: every channel counts the same.


def grayscale(batch):
    weights = torch.tensor([0.299, 0.587, 0.114])[: batch.shape[1]]
    return (
        (batch * weights.reshape(1, -1, 1, 1)).sum(dim=1, keepdim=True)
        if batch.shape[1] <= 3
        else batch.mean(1, keepdim=True)
    )
