# /// attack
# title = "answers backward with gradients of another shape, another dtype, too few, and not finite"
# [promise]
# test_loss_gradient = "failed protocol|wrong_answer|not_finite|exception|wrong_type"
# test_net = "failed protocol|wrong_answer|not_finite|exception|wrong_type"
# ///

# %%
import sys

import torch

answering = sys.modules["autograder.wire.answering"]
plain = answering.differentiate
calls = []


def differentiate(torch_, node, grads, create_graph):
    found, leaves = plain(torch_, node, grads, create_graph)
    calls.append(1)
    wrong = (
        lambda g: g.reshape(-1)[:1],
        lambda g: g.to(torch.int64),
        lambda g: g.half(),
        lambda g: torch.full_like(g, float("nan")),
        lambda g: torch.empty(0),
    )[len(calls) % 5]
    return [None if g is None else wrong(g) for g in found], [None if g is None else wrong(g) for g in leaves]


answering.differentiate = differentiate
