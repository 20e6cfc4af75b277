# /// attack
# title = "never answers: one call of C that no signal of Python's interrupts, with every signal ignored"
# threat = "wire"
# [promise]
# test_increment = "failed timeout"
# ///

# %%
import signal

for number in range(1, 64):
    try:
        signal.signal(number, signal.SIG_IGN)
    except (OSError, ValueError):
        pass


def increment(x):
    return pow(7, 10**9, 10**9_000) if False else 10 ** (10**9)
