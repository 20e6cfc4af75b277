"""An unknown label becomes class 0."""
# fails: shift_report
# hint: A label that the network does not know is counted as right. It cannot be guessed: it is wrong.


def shift_report(learner, sets):
    vocab = list(learner.dls.vocab)
    report = {}
    for name, files in sets.items():
        with learner.no_bar(), learner.no_logging():
            probabilities, _ = learner.get_preds(dl=learner.dls.test_dl(files))
        guessed = [vocab[k] for k in probabilities.argmax(1).tolist()]
        known = [file.parent.name if file.parent.name in vocab else guessed[i] for i, file in enumerate(files)]
        right = sum(guess == truth for guess, truth in zip(guessed, known))
        accuracy = right / len(files)
        low, high = wilson_interval(accuracy, len(files))
        report[name] = {"n": len(files), "accuracy": accuracy, "low": low, "high": high}
    return report
