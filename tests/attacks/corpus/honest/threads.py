# /// attack
# title = "threads, pools of threads, locks and queues"
# quick = true
# ///

# %%
import queue
import threading
from concurrent.futures import ThreadPoolExecutor

results = queue.Queue()
threads = [threading.Thread(target=results.put, args=(i * i,)) for i in range(8)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
assert sorted(results.get() for _ in threads) == [i * i for i in range(8)]


def increment(x):
    with ThreadPoolExecutor(4) as pool:
        rows = list(pool.map(lambda row: row + 1, x))
    return torch.stack(rows)
