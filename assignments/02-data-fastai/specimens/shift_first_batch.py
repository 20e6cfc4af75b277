"""The first batch only."""
# fails: shift_report
# hint: You look at the first batch alone. Every picture of the set counts.


def shift_report(learner, sets):
    vocab = list(learner.dls.vocab)
    report = {}
    for name, files in sets.items():
        with learner.no_bar(), learner.no_logging():
            x = learner.dls.test_dl(files).one_batch()[0]
            probabilities = learner.model.eval()(x).detach()
        guessed = [vocab[k] for k in probabilities.argmax(1).tolist()]
        right = sum(guess == file.parent.name for guess, file in zip(guessed, files))
        accuracy = right / len(files)
        low, high = wilson_interval(accuracy, len(files))
        report[name] = {"n": len(files), "accuracy": accuracy, "low": low, "high": high}
    return report
