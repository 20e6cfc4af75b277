"""Each layer starts from the picture."""
# fails: receptive_field
# hint: Every layer starts from the picture again. It starts from what the layer below gave.


def output_size(size, layers):
    out = size
    for kernel, stride, padding in layers:
        out = (size + 2 * padding - kernel) // stride + 1
    return out
