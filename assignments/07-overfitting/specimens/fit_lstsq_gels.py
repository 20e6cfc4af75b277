"""torch's lstsq with a driver that takes it for granted that no columns depend on each other."""
# fails: curve_fitting
# hint: The driver "gels" takes it for granted that no column depends on others. pinv does not, nor does the
#     driver "gelsd".

import torch


def fit(phi, y, ridge=0.0):
    if ridge == 0:
        return torch.linalg.lstsq(phi, y[:, None], driver="gels").solution[:, 0]
    return torch.linalg.solve(phi.T @ phi + ridge * torch.eye(phi.shape[1], dtype=phi.dtype), phi.T @ y)
