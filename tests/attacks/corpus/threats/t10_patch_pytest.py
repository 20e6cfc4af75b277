# /// attack
# title = "patches pytest's Function.runtest, its reports and its assertions"
# threat = 10
# [promise]
# test_increment = "failed wrong_answer"
# ///

# %%
def increment(x):
    return x

# %%
import _pytest.python
import _pytest.reports
import _pytest.runner
import pytest

_pytest.python.Function.runtest = lambda self: None
_pytest.reports.TestReport.from_item_and_call = classmethod(lambda cls, item, call: None)
_pytest.runner.call_and_report = lambda *args, **kwargs: None
pytest.fail = pytest.raises = lambda *args, **kwargs: None
