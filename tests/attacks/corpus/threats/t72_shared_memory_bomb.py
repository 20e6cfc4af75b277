# /// attack
# title = "takes memory that a limit on private memory does not see: shared mappings"
# threat = 72
# [promise]
# test_training = "failed out_of_memory|exception"
# ///

# %%
import mmap


def train(x, y, seed):
    hoard = []
    for _ in range(200):
        shared = mmap.mmap(-1, 32 << 20)
        for page in range(0, 32 << 20, 4096):
            shared[page] = 1
        hoard.append(shared)
