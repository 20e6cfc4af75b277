"""The reference itself may win."""
# fails: shift_report
# hint: Where every other set is better, you name the reference itself. Leave it out.


def largest_drop(report, reference):
    drops = {name: report[reference]["accuracy"] - found["accuracy"] for name, found in report.items()}
    name = max(drops, key=drops.get)
    return name, drops[name]
