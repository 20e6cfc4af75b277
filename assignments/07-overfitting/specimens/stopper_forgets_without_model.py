"""An improvement without a model forgets the state that was kept."""
# fails: early_stopping

import copy
import math


class EarlyStopper:
    def __init__(self, patience, min_delta=0.0):
        self.patience, self.min_delta = patience, min_delta
        self.best_loss, self.best_epoch, self._epoch, self._state = math.inf, 0, 0, None

    def step(self, val_loss, model=None):
        self._epoch += 1
        if val_loss < self.best_loss - self.min_delta:
            self.best_loss, self.best_epoch = val_loss, self._epoch
            self._state = copy.deepcopy(model.state_dict()) if model is not None else None
        return self._epoch - self.best_epoch >= self.patience

    def restore(self, model):
        if self._state is None:
            raise RuntimeError("nothing")
        model.load_state_dict(self._state)
