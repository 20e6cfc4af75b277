"""Never negative."""
# fails: shift_report
# hint: Where every other set is better the drop is negative: do not clip it.


def largest_drop(report, reference):
    drops = {
        name: report[reference]["accuracy"] - found["accuracy"] for name, found in report.items() if name != reference
    }
    name = max(drops, key=drops.get)
    return name, max(0.0, drops[name])
