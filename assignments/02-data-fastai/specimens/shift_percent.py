"""Percent for fractions."""
# fails: shift_report
# hint: You report percent. A fraction between 0 and 1 is asked for.


def shift_report(learner, sets):
    vocab = list(learner.dls.vocab)
    report = {}
    for name, files in sets.items():
        with learner.no_bar(), learner.no_logging():
            probabilities, _ = learner.get_preds(dl=learner.dls.test_dl(files))
        guessed = [vocab[k] for k in probabilities.argmax(1).tolist()]
        right = sum(guess == file.parent.name for guess, file in zip(guessed, files))
        accuracy = right / len(files)
        low, high = wilson_interval(accuracy, len(files))
        report[name] = {"n": len(files), "accuracy": 100 * accuracy, "low": low, "high": high}
    return report
