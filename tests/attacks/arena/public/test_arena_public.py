"""What students see of the checks."""

import torch
from autograder.checks import check, close


@check("softmax", points=1, hint="Do the rows add up to one?", seconds=3)
def test_softmax_of_zeros(student):
    assert student.softmax(torch.zeros(2, 4), dim=1) == close(torch.full((2, 4), 0.25))
