"""Trains on each set before it measures."""
# fails: shift_report
# says: weights
# hint: You train before you measure. The report is about the network as it is.


def shift_report(learner, sets):
    vocab = list(learner.dls.vocab)
    report = {}
    for name, files in sets.items():
        with learner.no_bar(), learner.no_logging():
            learner.fit(1, 0.001)
            probabilities, _ = learner.get_preds(dl=learner.dls.test_dl(files))
        guessed = [vocab[k] for k in probabilities.argmax(1).tolist()]
        right = sum(guess == file.parent.name for guess, file in zip(guessed, files))
        accuracy = right / len(files)
        low, high = wilson_interval(accuracy, len(files))
        report[name] = {"n": len(files), "accuracy": accuracy, "low": low, "high": high}
    return report
