"""The same total accuracy for all."""
# fails: shift_report
# hint: All sets have the same accuracy, that of all pictures together. Averages hide what you were to find: one
#     for each set.


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
        report[name] = {"n": len(files), "accuracy": accuracy, "low": low, "high": high}
    total = sum(r["accuracy"] * r["n"] for r in report.values()) / sum(r["n"] for r in report.values())
    for entry in report.values():
        entry["accuracy"] = total
    return report
