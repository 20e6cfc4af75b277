"""The best loss at the start is 1.0: high losses are never seen."""
# fails: early_stopping, train
# hint: Your best loss starts at a finite number, so that a training with higher losses never improves. Start at
#     infinity.

import copy


class EarlyStopper:
    def __init__(self, patience, min_delta=0.0):
        self.patience, self.min_delta = patience, min_delta
        self.best_loss, self.best_epoch, self.epoch, self.state = 1.0, 0, 0, None

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
        model.load_state_dict(self.state)
