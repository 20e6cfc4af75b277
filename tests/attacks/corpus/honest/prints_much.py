# /// attack
# title = "prints a line for each step of a long training"
# ///

# %%
for step in range(2000):
    print(f"step {step}: loss {1 / (step + 1):.6f}, accuracy {step / 2000:.4f}")


def increment(x):
    for row in range(500):
        print(x)
    return x + 1
