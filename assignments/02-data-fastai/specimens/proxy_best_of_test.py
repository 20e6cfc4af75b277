"""Reports the best test accuracy of all."""
# fails: proxy
# hint: You report the best test accuracy of all models. Report that of the model that was chosen.


def choose_model(valid_right, test_right):
    valid, test = valid_right.float().mean(1), test_right.float().mean(1)
    k = int(valid.argmax())
    return k, valid[k].item(), test.max().item()
