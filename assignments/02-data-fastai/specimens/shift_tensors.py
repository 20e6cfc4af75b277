"""Tensors in the report."""
# fails: shift_report


def shift_report(learner, sets):
    out = {}
    for name, files in sets.items():
        with learner.no_bar(), learner.no_logging():
            p, _ = learner.get_preds(dl=learner.dls.test_dl(files))
        right = torch.tensor([learner.dls.vocab[k] == f.parent.name for k, f in zip(p.argmax(1).tolist(), files)])
        a = right.float().mean()
        low, high = wilson_interval(a.item(), len(files))
        out[name] = {"n": torch.tensor(len(files)), "accuracy": a, "low": low, "high": high}
    return out
