"""The validation set's numbers for every set."""
# fails: shift_report
# hint: You measure the held-out pictures for every set. Each set has its own files: learner.dls.test_dl(files).


def shift_report(learner, sets):
    vocab = list(learner.dls.vocab)
    report = {}
    for name, files in sets.items():
        with learner.no_bar(), learner.no_logging():
            probabilities, _ = learner.get_preds(ds_idx=1)
        guessed = [vocab[k] for k in probabilities.argmax(1).tolist()]
        right = sum(guess == file.parent.name for guess, file in zip(guessed, files))
        accuracy = right / len(files)
        low, high = wilson_interval(accuracy, len(files))
        report[name] = {"n": len(files), "accuracy": accuracy, "low": low, "high": high}
    return report
