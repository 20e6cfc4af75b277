"""A set of right answers as a student leaves them after a long evening: a class, prints, plots, asides."""

# fails: nothing

import logging

logger = logging.getLogger("mine")
DEBUG = True
scratch = torch.arange(12).reshape(3, 4)
print(scratch, scratch.T.shape, sep="\n")


class ImageTools:
    """Kept together, because they belong together."""

    axes = {"batch": 0, "channel": 1, "row": 2, "column": 3}

    @staticmethod
    def negative(img):
        return torch.add(1, img, alpha=-1)

    @classmethod
    def grey(cls, batch):
        return batch.mean(cls.axes["channel"], True)

    @classmethod
    def only(cls, batch, channel):
        out = batch * 0
        out.select(cls.axes["channel"], channel)[...] = batch.select(cls.axes["channel"], channel)
        return out

    def dark(self, batch, k):
        height = batch.shape[self.axes["row"]]
        rows = torch.arange(height).view(-1, 1).expand(height, batch.shape[-1])
        return batch.masked_fill(rows >= height - k, 0)


tools = ImageTools()
invert = ImageTools.negative
grayscale = ImageTools.grey


def keep_red(batch):
    if DEBUG:
        print("keep_red of", batch.shape)
    return tools.only(batch, 0)


def blackout(batch, k):
    logger.info("k=%s", k)
    result = tools.dark(batch=batch, k=k)
    assert result.shape == batch.shape
    return result


def mean_image(*args, **kwargs):
    (images,) = args or kwargs.values()
    return torch.var_mean(images, dim=0, correction=0)[1]


fig, axis = plt.subplots()
axis.plot([0, 1], [0, 1])
plt.close(fig)
