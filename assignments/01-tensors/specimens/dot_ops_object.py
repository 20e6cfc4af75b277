"""An object that can be called, whose name is that of the forbidden function and whose work is not."""

# fails: nothing


class Dot:
    def __init__(self, axis: int) -> None:
        self.axis = axis

    def __call__(self, w: torch.Tensor, x: torch.Tensor) -> torch.Tensor:
        return torch.stack((w, x)).prod(dim=0).sum(dim=self.axis)


dot_ops = Dot(axis=0)
