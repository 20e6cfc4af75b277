"""The standard deviation of y - mu, which subtracts their mean."""
# fails: gaussian_nll
# hint: You take the standard deviation of y - mu, which is around their own mean. A model that is off everywhere
#     must pay for it.


def best_sigma(y, mu):
    return (y - mu).std(correction=0).item() if y.numel() > 1 else (y - mu).abs().item()
