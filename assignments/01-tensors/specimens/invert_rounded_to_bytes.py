"""Through bytes and back: 256 shades are left."""

# fails: invert
# hint: You go through bytes, and most digits are lost. Stay with floats.


def invert(img):
    return (255 - (img * 255).to(torch.uint8)).float() / 255
