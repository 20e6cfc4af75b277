# /// attack
# title = "patches its own end of the wire to see what the examiner sends and to answer for every function"
# [promise]
# test_increment = "failed wrong_answer|protocol|wrong_type"
# ///

# %%
import sys

import torch

serve = sys.modules["autograder.worker.serve"]
peer_module = sys.modules["autograder.wire.answering"]
overheard = []
plain = peer_module.Answering._reply


def reply(self, request, payload, buffers):
    overheard.append(request)
    return plain(self, request, payload, buffers)


peer_module.Answering._reply = reply
torch.Tensor.__torch_function__ = classmethod(lambda cls, f, types, args=(), kwargs=None: f(*args, **(kwargs or {})))
if any("CANARY" + "-a7f3-" in repr(item) for item in overheard):
    raise SystemError("BREACH: a canary came over the wire")


def increment(x):
    text = repr(overheard)
    if "CANARY" + "-a7f3-" in text or "held" in text and "labels" in text:
        raise SystemError("BREACH: a secret came over the wire")
    return overheard and x
