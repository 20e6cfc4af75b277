"""Own minus reference."""
# fails: shift_report
# hint: The sign is the other way round: the accuracy of the reference minus that of the set.


def largest_drop(report, reference):
    drops = {
        name: found["accuracy"] - report[reference]["accuracy"] for name, found in report.items() if name != reference
    }
    name = min(drops, key=drops.get)
    return name, drops[name]
