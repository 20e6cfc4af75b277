"""A copy of the dict, with the same tensors in it."""
# fails: early_stopping, train

import math


class EarlyStopper:
    def __init__(self, patience, min_delta=0.0):
        self.patience, self.min_delta = patience, min_delta
        self.best_loss, self.best_epoch, self.epoch, self.state = math.inf, 0, 0, None

    def step(self, val_loss, model=None):
        self.epoch += 1
        if val_loss < self.best_loss - self.min_delta:
            self.best_loss, self.best_epoch = val_loss, self.epoch
            self.state = self.state if model is None else model.state_dict().copy()
        return self.epoch - self.best_epoch >= self.patience

    def restore(self, model):
        if self.state is None:
            raise RuntimeError
        model.load_state_dict(self.state)
