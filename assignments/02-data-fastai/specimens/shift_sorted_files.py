"""Pictures in another order than their labels."""
# fails: shift_report
# hint: You sort the files for the loader, and compare with the labels of the unsorted ones.


def shift_report(learner, sets):
    vocab = list(learner.dls.vocab)
    report = {}
    for name, files in sets.items():
        with learner.no_bar(), learner.no_logging():
            probabilities, _ = learner.get_preds(dl=learner.dls.test_dl(sorted(files)))
        guessed = [vocab[k] for k in probabilities.argmax(1).tolist()]
        right = sum(guess == file.parent.name for guess, file in zip(guessed, files))
        accuracy = right / len(files)
        low, high = wilson_interval(accuracy, len(files))
        report[name] = {"n": len(files), "accuracy": accuracy, "low": low, "high": high}
    return report
