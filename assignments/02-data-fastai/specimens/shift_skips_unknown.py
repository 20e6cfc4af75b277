"""Leaves unknown classes out of n."""
# fails: shift_report
# says: counts in n
# hint: You leave out pictures of classes that the network does not know. They are the honest part: they count,
#     and count as wrong.


def shift_report(learner, sets):
    vocab = list(learner.dls.vocab)
    report = {}
    for name, files in sets.items():
        files = [file for file in files if file.parent.name in vocab]
        with learner.no_bar(), learner.no_logging():
            probabilities, _ = learner.get_preds(dl=learner.dls.test_dl(files))
        guessed = [vocab[k] for k in probabilities.argmax(1).tolist()]
        right = sum(guess == file.parent.name for guess, file in zip(guessed, files))
        accuracy = right / len(files)
        low, high = wilson_interval(accuracy, len(files))
        report[name] = {"n": len(files), "accuracy": accuracy, "low": low, "high": high}
    return report
