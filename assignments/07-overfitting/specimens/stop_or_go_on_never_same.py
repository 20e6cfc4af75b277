"""Forgets the third verdict."""
# fails: early_stopping
# hint: Where both are equal, the verdict is "same".


def stop_or_go_on(val_losses, patience, min_delta=0.0):
    stopper = EarlyStopper(patience, min_delta)
    for epochs, loss in enumerate(val_losses, start=1):
        if stopper.step(loss):
            break
    kept, last = stopper.best_loss, val_losses[-1]
    return epochs, kept, "helps" if kept < last else "hurts"
