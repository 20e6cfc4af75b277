# /// attack
# title = "prints without end, in a cell and in a call, to every stream"
# threat = 73
# quick = true
# ///

# %%
import os
import sys

for _ in range(20_000):
    print("A" * 1000)
    sys.stderr.write("B" * 1000)
for _ in range(200):
    os.write(1, b"C" * 65536)
    os.write(2, b"D" * 65536)


def increment(x):
    for _ in range(20_000):
        print("E" * 1000)
    sys.stdout.write("F" * 50_000_000)
    return x + 1
