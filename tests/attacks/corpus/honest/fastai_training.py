# /// attack
# title = "trains with fastai: a Learner, callbacks, a schedule, metrics"
# needs = ["fastai"]
# ///

# %%
from fastai.basics import DataLoaders, Learner, accuracy
from fastai.callback.schedule import lr_find
from torch.utils.data import DataLoader, TensorDataset


def train(x, y, seed):
    torch.manual_seed(seed)
    data = TensorDataset(x, y)
    loaders = DataLoaders(DataLoader(data, batch_size=16, shuffle=True), DataLoader(data, batch_size=32))
    learner = Learner(loaders, nn.Linear(8, 3), loss_func=nn.functional.cross_entropy, metrics=accuracy)
    with learner.no_bar(), learner.no_logging():
        learner.fit_one_cycle(12, 0.1)
    return learner.model.eval()
