"""The last of equal drops."""
# fails: shift_report
# hint: Of equal drops you name the last. The first in the report is asked for.


def largest_drop(report, reference):
    drops = {
        name: report[reference]["accuracy"] - found["accuracy"] for name, found in report.items() if name != reference
    }
    name = max(reversed(list(drops)), key=drops.get)
    return name, drops[name]
