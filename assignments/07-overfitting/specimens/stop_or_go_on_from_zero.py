"""One epoch too few."""
# fails: early_stopping
# hint: You count one epoch too few: enumerate starts at 0.


def stop_or_go_on(val_losses, patience, min_delta=0.0):
    stopper = EarlyStopper(patience, min_delta)
    for epochs, loss in enumerate(val_losses):
        if stopper.step(loss):
            break
    kept, last = stopper.best_loss, val_losses[-1]
    return epochs, kept, "helps" if kept < last else "hurts" if kept > last else "same"
