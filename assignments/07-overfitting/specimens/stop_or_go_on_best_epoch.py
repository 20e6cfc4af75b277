"""The number of the best epoch, not of the epochs that were run."""
# fails: early_stopping
# hint: You give the number of the best epoch. The epochs of waiting were run as well.


def stop_or_go_on(val_losses, patience, min_delta=0.0):
    stopper = EarlyStopper(patience, min_delta)
    for loss in val_losses:
        if stopper.step(loss):
            break
    kept, last = stopper.best_loss, val_losses[-1]
    return stopper.best_epoch, kept, "helps" if kept < last else "hurts" if kept > last else "same"
