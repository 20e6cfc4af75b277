"""Keeps the model, not its state."""
# fails: early_stopping, train

import math


class EarlyStopper:
    def __init__(self, patience, min_delta=0.0):
        self.patience, self.min_delta = patience, min_delta
        self.best_loss, self.best_epoch, self.epoch, self.best = math.inf, 0, 0, None

    def step(self, val_loss, model=None):
        self.epoch += 1
        if val_loss < self.best_loss - self.min_delta:
            self.best_loss, self.best_epoch = val_loss, self.epoch
            self.best = model
        return self.epoch - self.best_epoch >= self.patience

    def restore(self, model):
        if self.best is None:
            raise RuntimeError
        model.load_state_dict(self.best.state_dict())
