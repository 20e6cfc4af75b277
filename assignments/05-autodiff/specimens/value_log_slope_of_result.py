"""The slope of log is one over the result."""
# fails: value
# hint: The derivative of log a is 1/a, with a the operand, not the result.


def wrong(self):
    result = math.log(self.data)
    return Value(result, (self,), (1 / result if result else 0.0,))


Value.log = wrong
