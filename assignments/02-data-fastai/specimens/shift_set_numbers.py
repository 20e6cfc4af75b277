"""Class numbers of the set's own labels."""
# fails: shift_report
# hint: You number the classes by the labels that occur in the set. The columns are those of learner.dls.vocab,
#     whatever the set contains.


def shift_report(learner, sets):
    vocab = list(learner.dls.vocab)
    report = {}
    for name, files in sets.items():
        with learner.no_bar(), learner.no_logging():
            probabilities, _ = learner.get_preds(dl=learner.dls.test_dl(files))
        own = sorted({file.parent.name for file in files})
        guessed = [own[k % len(own)] for k in probabilities.argmax(1).tolist()]
        right = sum(guess == file.parent.name for guess, file in zip(guessed, files))
        accuracy = right / len(files)
        low, high = wilson_interval(accuracy, len(files))
        report[name] = {"n": len(files), "accuracy": accuracy, "low": low, "high": high}
    return report
