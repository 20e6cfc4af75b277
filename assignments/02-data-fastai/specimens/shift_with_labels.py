"""Loads the labels, and stops at one that is unknown."""
# fails: shift_report
# hint: with_labels=True looks each label up in the vocab and stops at one that is not there. Compare names
#     instead: vocab[k] with the folder's name.


def shift_report(learner, sets):
    vocab = list(learner.dls.vocab)
    report = {}
    for name, files in sets.items():
        with learner.no_bar(), learner.no_logging():
            probabilities, truth = learner.get_preds(dl=learner.dls.test_dl(files, with_labels=True))
        right = int((probabilities.argmax(1) == truth).sum())
        accuracy = right / len(files)
        low, high = wilson_interval(accuracy, len(files))
        report[name] = {"n": len(files), "accuracy": accuracy, "low": low, "high": high}
    return report
