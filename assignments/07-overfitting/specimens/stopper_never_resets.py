"""Counts all epochs without improvement, not those in a row."""
# fails: early_stopping
# hint: You count all epochs without improvement. An improvement starts the count anew.

import math
import copy


class EarlyStopper:
    def __init__(self, patience, min_delta=0.0):
        self.patience, self.min_delta = patience, min_delta
        self.best_loss, self.best_epoch, self.epoch, self.bad, self.state = math.inf, 0, 0, 0, None

    def step(self, val_loss, model=None):
        self.epoch += 1
        if val_loss < self.best_loss - self.min_delta:
            self.best_loss, self.best_epoch = val_loss, self.epoch
            if model is not None:
                self.state = copy.deepcopy(model.state_dict())
        else:
            self.bad += 1
        return self.bad >= self.patience

    def restore(self, model):
        if self.state is None:
            raise RuntimeError
        model.load_state_dict(self.state)
