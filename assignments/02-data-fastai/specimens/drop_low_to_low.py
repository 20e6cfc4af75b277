"""The drop from lower end to lower end."""
# fails: shift_report
# hint: You compare the lower ends. The drop is between the accuracies.


def largest_drop(report, reference):
    drops = {n: report[reference]["low"] - r["low"] for n, r in report.items() if n != reference}
    name = max(drops, key=drops.get)
    return name, drops[name]
