# /// attack
# title = "seeds every generator, and draws from them"
# ///

# %%
import os
import random
import secrets
import uuid

import numpy as np
import torch


def set_seed(seed):
    random.seed(seed)
    np.random.seed(seed)
    torch.manual_seed(seed)
    torch.cuda.manual_seed_all(seed)
    os.environ["PYTHONHASHSEED"] = str(seed)
    torch.backends.cudnn.deterministic = True
    torch.use_deterministic_algorithms(True)


set_seed(42)
first = (random.random(), np.random.rand(), torch.rand(()).item())
set_seed(42)
assert first == (random.random(), np.random.rand(), torch.rand(()).item())
assert len(os.urandom(8)) == 8 and secrets.token_hex(4) and uuid.uuid4()
assert not torch.cuda.is_available()
device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
