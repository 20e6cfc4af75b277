"""A column of ones, penalised as the rest."""
# fails: ridge, rf_classifier
# says: penalised
# hint: The constant is penalised like the weights: the last diagonal entry of lam * I must be 0, or centre
#     first.


def ridge_fit(Phi, t, lam):
    A = torch.cat([Phi, torch.ones(len(Phi), 1, dtype=Phi.dtype)], dim=1)
    solution = torch.linalg.solve(A.T @ A + lam * torch.eye(A.shape[1], dtype=A.dtype), A.T @ t)
    return solution[:-1], solution[-1]
