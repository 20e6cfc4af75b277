"""The largest change, up or down."""
# fails: shift_report
# hint: You take the absolute difference: a set that is better counts as a drop. Leave out abs.


def largest_drop(report, reference):
    drops = {
        name: abs(report[reference]["accuracy"] - found["accuracy"])
        for name, found in report.items()
        if name != reference
    }
    name = max(drops, key=drops.get)
    return name, drops[name]
