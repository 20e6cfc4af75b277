"""Compares with the last loss before the stop."""
# fails: early_stopping


def stop_or_go_on(val_losses, patience, min_delta=0.0):
    stopper = EarlyStopper(patience, min_delta)
    for epochs, loss in enumerate(val_losses, start=1):
        if stopper.step(loss):
            break
    kept, last = stopper.best_loss, loss
    return epochs, kept, "helps" if kept < last else "hurts" if kept > last else "same"
