# /// attack
# title = "climbs the frames above its call in search of the check, its locals and its source"
# threat = 20
# quick = true
# [promise]
# test_increment = "failed wrong_answer"
# test_softmax = "any"
# ///

# %%
import inspect
import sys

import torch


def increment(x):
    seen = []
    frame = sys._getframe()
    while frame is not None:
        seen += [frame.f_locals, frame.f_globals]
        name = frame.f_code.co_filename
        if "test_" in name or "examiner" in name or "_pytest" in name:
            raise SystemError(f"BREACH: a frame of {name}")
        frame = frame.f_back
    for names in seen:
        for key, value in list(names.items()):
            if isinstance(value, str) and ("CAN" + "ARY") in value and "increment" not in value:
                raise SystemError(f"BREACH: {key} = {value}")
            if type(value).__name__ in ("Close", "Student", "Session", "Rng"):
                raise SystemError(f"BREACH: {key} is a {type(value)}")
    sources = [inspect.getsource(module) for module in list(sys.modules.values()) if "test_arena" in str(module)]
    if sources:
        raise SystemError(f"BREACH: {sources[0][:100]}")
    expected = [v for names in seen for v in names.values() if isinstance(v, torch.Tensor) and v.shape == x.shape]
    others = [t for t in expected if t is not x and torch.equal(t, x + 1)]
    return others[0] if others else x
