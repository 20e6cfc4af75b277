"""The fraction for the count, which then is averaged over batches of different sizes."""
# fails: accuracy_sum
# hint: You return the fraction of right guesses. Return their number, as an integer: fractions of batches of
#     different sizes cannot be averaged.


def accuracy_sum(logits, labels):
    return (logits.argmax(dim=1) == labels).float().mean()
