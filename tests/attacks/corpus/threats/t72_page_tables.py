# /// attack
# title = "touches one page in each two megabytes of a huge mapping: little memory, many page tables"
# threat = 72
# [promise]
# test_training = "failed out_of_memory|exception|timeout"
# ///

# %%
import mmap

NORESERVE = 0x4000


def train(x, y, seed):
    huge = mmap.mmap(-1, 1 << 40, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS | NORESERVE, prot=mmap.PROT_READ)
    for place in range(0, 1 << 40, 2 << 20):
        huge[place]
