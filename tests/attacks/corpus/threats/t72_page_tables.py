# /// attack
# title = "touches one page in each two megabytes of a huge mapping: little memory, many page tables"
# threat = 72
# [promise]
# test_training = "failed out_of_memory|exception"
# ///

# %%
import mmap


def train(x, y, seed):
    shared = mmap.mmap(-1, 1 << 40, flags=mmap.MAP_SHARED | mmap.MAP_ANONYMOUS | 0x4000)
    for place in range(0, 1 << 40, 2 << 20):
        shared[place]
