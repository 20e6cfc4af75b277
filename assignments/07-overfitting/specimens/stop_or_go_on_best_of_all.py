"""kept is the minimum of the whole curve."""
# fails: early_stopping
# hint: You take the smallest loss of the whole curve. Training ended before it had seen all of it.


def stop_or_go_on(val_losses, patience, min_delta=0.0):
    stopper = EarlyStopper(patience, min_delta)
    for epochs, loss in enumerate(val_losses, start=1):
        if stopper.step(loss):
            break
    kept, last = min(val_losses), val_losses[-1]
    return epochs, kept, "helps" if kept < last else "hurts" if kept > last else "same"
