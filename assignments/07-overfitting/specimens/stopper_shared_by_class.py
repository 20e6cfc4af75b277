"""Attributes of the class: all stoppers share them."""
# fails: early_stopping, train

import math
import copy


class EarlyStopper:
    best_loss, best_epoch, kept = math.inf, 0, {}

    def __init__(self, patience, min_delta=0.0):
        self.patience, self.min_delta, self.epoch = patience, min_delta, 0

    def step(self, val_loss, model=None):
        self.epoch += 1
        if val_loss < self.best_loss - self.min_delta:
            self.best_loss, self.best_epoch = val_loss, self.epoch
            if model is not None:
                self.kept.update(copy.deepcopy(model.state_dict()))
        return self.epoch - self.best_epoch >= self.patience

    def restore(self, model):
        if not self.kept:
            raise RuntimeError
        model.load_state_dict(self.kept)
