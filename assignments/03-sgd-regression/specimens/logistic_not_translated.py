"""The same beta for both conventions."""
# fails: logistic_loss
# says: gives beta back
# hint: You hand beta on as it is. The scores must change their sign, and so must beta.


def to_slide(beta):
    return beta.clone()
