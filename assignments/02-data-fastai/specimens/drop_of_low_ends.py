"""The drop of the lower ends."""
# fails: shift_report
# hint: You compare with the lower end of the set's interval. Accuracy with accuracy.


def largest_drop(report, reference):
    drops = {name: report[reference]["accuracy"] - found["low"] for name, found in report.items() if name != reference}
    name = max(drops, key=drops.get)
    return name, drops[name]
