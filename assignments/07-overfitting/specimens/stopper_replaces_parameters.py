"""restore puts the stored tensors in the place of the parameters' own."""
# fails: early_stopping
# hint: restore hands out the stored tensors themselves (.data = ...): the training that follows writes into
#     what was kept. Copy into the model's own tensors.

import math
import copy


class EarlyStopper:
    def __init__(self, patience, min_delta=0.0):
        self.patience, self.min_delta = patience, min_delta
        self.best_loss, self.best_epoch, self.epoch, self.state = math.inf, 0, 0, None

    def step(self, val_loss, model=None):
        self.epoch += 1
        if val_loss < self.best_loss - self.min_delta:
            self.best_loss, self.best_epoch = val_loss, self.epoch
            if model is not None:
                self.state = copy.deepcopy(model.state_dict())
        return self.epoch - self.best_epoch >= self.patience

    def restore(self, model):
        if self.state is None:
            raise RuntimeError
        for name, value in [*model.named_parameters(), *model.named_buffers()]:
            value.data = self.state[name]
