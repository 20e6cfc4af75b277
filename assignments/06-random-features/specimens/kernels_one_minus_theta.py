"""1 - theta / pi."""
# fails: kernels
# hint: 1 - theta / pi is the probability of equal signs. The mean product is that minus the probability of
#     different ones: 1 - 2 theta / pi.


def sign_kernel(X, Z):
    a, b = (torch.nn.functional.normalize(torch.cat([A, A.new_ones(len(A), 1)], 1)) for A in (X, Z))
    return 1 - torch.acos((a @ b.T).clamp(-1, 1)) / math.pi
