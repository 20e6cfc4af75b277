"""The simple interval."""
# fails: shift_report


def shift_report(learner, sets):
    vocab = list(learner.dls.vocab)
    report = {}
    for name, files in sets.items():
        with learner.no_bar(), learner.no_logging():
            probabilities, _ = learner.get_preds(dl=learner.dls.test_dl(files))
        guessed = [vocab[k] for k in probabilities.argmax(1).tolist()]
        right = sum(guess == file.parent.name for guess, file in zip(guessed, files))
        accuracy = right / len(files)
        e = 1.96 * standard_error(accuracy, len(files))
        low, high = max(0.0, accuracy - e), min(1.0, accuracy + e)
        report[name] = {"n": len(files), "accuracy": accuracy, "low": low, "high": high}
    return report
