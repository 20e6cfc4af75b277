"""Adds up in float64, into a tensor of its own, and goes back to the dtype that came."""

# fails: nothing


@torch.no_grad()
def dot_ops(w, x):
    products = w.to(torch.float64, copy=True)
    products *= x
    print("adding up", len(products), "products")
    return products.sum().type_as(w)
