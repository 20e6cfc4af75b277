"""An improvement on the epoch before."""
# fails: early_stopping
# hint: You compare with the epoch before. It is the best loss so far that has to be beaten.

import math
import copy


class EarlyStopper:
    def __init__(self, patience, min_delta=0.0):
        self.patience, self.min_delta = patience, min_delta
        self.best_loss, self.best_epoch, self.epoch, self.state = math.inf, 0, 0, None
        self.previous, self.bad = math.inf, 0

    def step(self, val_loss, model=None):
        self.epoch += 1
        self.bad = 0 if val_loss < self.previous - self.min_delta else self.bad + 1
        self.previous = val_loss
        if val_loss < self.best_loss - self.min_delta:
            self.best_loss, self.best_epoch = val_loss, self.epoch
            if model is not None:
                self.state = copy.deepcopy(model.state_dict())
        return self.bad >= self.patience

    def restore(self, model):
        if self.state is None:
            raise RuntimeError
        model.load_state_dict(self.state)
