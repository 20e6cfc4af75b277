"""A column of ones beside the examples, and the bias as one more column of the weights."""

# fails: nothing


def with_ones(x: torch.Tensor) -> torch.Tensor:
    return torch.cat((x, x.new_ones(x.shape[0], 1)), dim=-1)


def linear(x: torch.Tensor, W: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
    return torch.matmul(with_ones(x), torch.column_stack((W, b)).mT)
