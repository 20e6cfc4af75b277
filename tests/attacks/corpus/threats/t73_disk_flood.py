# /// attack
# title = "fills the disk with files, with one file, and with holes"
# threat = 73
# [promise]
# test_each_example_once = "failed exception|limit"
# test_pure = "failed exception|limit|worker_died"
# test_twice = "failed limit|exception|timeout"
# ///

# %%
def read_all(data):
    for number in range(1000):
        with open(f"flood-{number}", "wb") as file:
            file.write(bytes(4 << 20))
            file.flush()


def invert(x):
    with open("one", "wb") as file:
        for _ in range(1000):
            file.write(bytes(4 << 20))


def twice(f, x):
    number = 0
    while True:
        open(f"small-{number}", "w").close()
        number += 1
