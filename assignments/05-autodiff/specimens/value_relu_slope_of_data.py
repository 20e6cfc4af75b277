"""The result as the slope."""
# fails: value
# hint: The slope of relu is 1 where the operand is positive: you gave the result itself.


def wrong(self):
    result = max(0.0, self.data)
    return Value(result, (self,), (result,))


Value.relu = wrong
