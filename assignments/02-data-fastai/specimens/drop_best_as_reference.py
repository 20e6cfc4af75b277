"""Compares with the best set."""
# fails: shift_report
# hint: You compare with the best set. The reference is named by the caller.


def largest_drop(report, reference):
    drops = {
        name: max(r["accuracy"] for r in report.values()) - found["accuracy"]
        for name, found in report.items()
        if name != reference
    }
    name = max(drops, key=drops.get)
    return name, drops[name]
