"""Converts to float32."""
# fails: gd_step, lr_regimes, sgd_fit
# hint: The new parameters are float32, whatever came in. Keep the dtype.


def gd_step(params, grads, lr):
    if [p.shape for p in params] != [g.shape for g in grads]:
        raise ValueError("shapes")
    return [p.float() - lr * g.float() for p, g in zip(params, grads)]
