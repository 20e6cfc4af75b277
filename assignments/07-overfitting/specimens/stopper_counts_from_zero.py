"""The first epoch is number 0."""
# fails: early_stopping
# hint: Your epochs count from 0. The first call of step is number 1.

import math
import copy


class EarlyStopper:
    def __init__(self, patience, min_delta=0.0):
        self.patience, self.min_delta = patience, min_delta
        self.best_loss, self.best_epoch, self.epoch, self.bad, self.state = math.inf, 0, -1, 0, None

    def step(self, val_loss, model=None):
        self.epoch += 1
        self.bad += 1
        if val_loss < self.best_loss - self.min_delta:
            self.best_loss, self.best_epoch, self.bad = val_loss, self.epoch, 0
            if model is not None:
                self.state = copy.deepcopy(model.state_dict())
        return self.bad >= self.patience

    def restore(self, model):
        if self.state is None:
            raise RuntimeError
        model.load_state_dict(self.state)
