# /// attack
# title = "figures: shown, saved, many at once"
# needs = ["matplotlib"]
# quick = true
# ///

# %%
import os

import matplotlib.pyplot as plt

for number in range(3):
    figure, axes = plt.subplots(1, 2, figsize=(6, 3))
    axes[0].plot(range(number + 2), label="loss")
    axes[0].legend()
    axes[0].set_title("training ñ é 損失")
    axes[1].imshow([[0, 1], [1, 0]], cmap="viridis")
    plt.tight_layout()
    plt.show()
figure.savefig("loss.png")
assert os.path.getsize("loss.png") > 1000
