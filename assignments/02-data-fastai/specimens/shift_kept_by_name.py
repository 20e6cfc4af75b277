"""Remembers sets by name, and takes another network's set for its own."""
# fails: shift_report

MEASURED = {}


def shift_report(learner, sets):
    for name, files in sets.items():
        if name in MEASURED:
            continue
        with learner.no_bar(), learner.no_logging():
            p, _ = learner.get_preds(dl=learner.dls.test_dl(files))
        a = sum(learner.dls.vocab[k] == f.parent.name for k, f in zip(p.argmax(1).tolist(), files)) / len(files)
        low, high = wilson_interval(a, len(files))
        MEASURED[name] = {"n": len(files), "accuracy": a, "low": low, "high": high}
    return {name: MEASURED[name] for name in sets}
