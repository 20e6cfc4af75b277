"""An interval for the pictures of known classes."""
# fails: shift_report


def shift_report(learner, sets):
    vocab, out = list(learner.dls.vocab), {}
    for name, files in sets.items():
        with learner.no_bar(), learner.no_logging():
            p, _ = learner.get_preds(dl=learner.dls.test_dl(files))
        known = [f.parent.name in vocab for f in files]
        hits = sum(vocab[k] == f.parent.name for k, f in zip(p.argmax(1).tolist(), files))
        a = hits / len(files)
        low, high = wilson_interval(a, sum(known))
        out[name] = {"n": len(files), "accuracy": a, "low": low, "high": high}
    return out
