"""The first set is the reference."""
# fails: shift_report
# hint: You take the first set for the reference. It is named by the caller.


def largest_drop(report, reference):
    reference = next(iter(report))
    drops = {
        name: report[reference]["accuracy"] - found["accuracy"] for name, found in report.items() if name != reference
    }
    name = max(drops, key=drops.get)
    return name, drops[name]
