"""pandas' DataFrame, Series and Index as values: columns of numbers as raw bytes, of anything else as lists.

What a column cannot say so (periods, intervals, objects of other types) keeps the whole table on its side, as a
reference. pandas is used where a table crosses, and loaded only then.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from typing import Any

from autograder.wire import values as v
from autograder.wire.dtypes import ARRAY_DTYPES
from autograder.wire.exact import EXACT
from autograder.wire.frames import WireError

MAX_LEVELS = 20
MAX_HASHED = 100_000
"""Rows of an index of several levels, and categories: pandas hashes them, and a stranger may choose what collides."""
_ZONE = r"(?!dateutil)[A-Za-z][A-Za-z0-9_+\-]{0,30}(/[A-Za-z0-9_+\-]{1,30}){0,2}|UTC[+\-]\d\d:\d\d"
"""pandas opens whatever file a zone of dateutil's names."""
_MOMENTS = re.compile(rf"(?P<kind>datetime64|timedelta64)\[(?P<unit>s|ms|us|ns)(, (?P<zone>{_ZONE}))?\]")
_LISTED = frozenset(
    (
        *("object", "str", "string", "boolean", "Float32", "Float64"),
        *(f"{sign}Int{bits}" for sign in ("", "U") for bits in (8, 16, 32, 64)),
    )
)
"""dtypes whose columns cross as lists; but for object, None stands for what is missing."""
_PLAIN = (type(None), bool, int, float, complex, str, bytes, tuple, list, dict, set, frozenset)

_Encode = Callable[[Any], v.Value]
_Decode = Callable[[v.Value], Any]


def is_table(obj: Any) -> bool:
    """Whether `obj` is a table: asked of pandas where that is loaded."""
    pd = sys.modules.get("pandas")
    kinds = getattr(pd, "DataFrame", None), getattr(pd, "Series", None), getattr(pd, "Index", None)
    return any(isinstance(kind, type) and issubclass(type(obj), kind) for kind in kinds)


def pack_table(obj: Any, encode: _Encode) -> v.Table | None:
    """The table as a value; None where it cannot be one."""
    pd = _pandas()

    if isinstance(obj, pd.Index):
        index = _levels(obj, encode)
        return None if index is None else v.Table("index", index)
    index = _levels(obj.index, encode)
    if index is None:
        return None
    if isinstance(obj, pd.Series):
        column = _column(obj, encode)
        return None if column is None else v.Table("series", index, [column])
    labels = _levels(obj.columns, encode)
    columns = [_column(obj.iloc[:, place], encode) for place in range(obj.shape[1])]
    if labels is None or any(column is None for column in columns):
        return None
    return v.Table("frame", index, [column for column in columns if column is not None], labels)


def unpack_table(value: v.Table, decode: _Decode) -> Any:
    """The table that `value` stands for.

    Raises:
        WireError: its parts do not fit together.
    """
    pd = _pandas()

    try:
        index = _index(value.index, decode)
        if value.type == "index":
            return index
        contents = [pd.Series(_values(column, decode), index=index) for column in value.columns]
        if value.type == "series":
            (series,) = contents
            series.name = _label(value.columns[0], decode)
            return series
        labels = _index(value.labels, decode)
        if len(labels) != len(contents):
            raise WireError("a table with more or fewer labels than columns")
        frame = pd.DataFrame(dict(enumerate(contents)), index=index)
        frame.columns = labels
        return frame
    except (TypeError, ValueError, KeyError, OverflowError, IndexError, AssertionError) as error:
        raise WireError("a table whose parts do not fit together") from error


def copied_table(obj: Any) -> Any:
    """Something to hold a table against later. An Index never changes."""
    return obj if _is_index(obj) else obj.copy(deep=True)


def table_differs(obj: Any, old: Any) -> bool:
    """Whether `obj` is no longer as it was when `copied_table(obj)` gave `old`."""
    if _is_index(obj):
        return False
    try:
        named = obj.index.equals(old.index) and obj.index.names == old.index.names
        if obj.ndim == 1:
            return not (named and obj.name == old.name and obj.equals(old))
        return not (named and obj.columns.equals(old.columns) and obj.equals(old))
    except (TypeError, ValueError):  # cells that cannot be compared
        return True


def apply_table(obj: Any, new: Any) -> None:
    """Make the asking side's own table what its copy became.

    Raises:
        WireError: it is of another kind.
    """
    if _is_index(obj) or _is_index(new) or obj.ndim != new.ndim:
        raise WireError("a change of a table into something else")
    obj._update_inplace(new)
    if obj.ndim == 1:
        obj.name = new.name


def _pandas() -> Any:
    """Loaded here, and untyped: its stubs know no dtype that is decided at run time."""
    import pandas

    return pandas


def _is_index(obj: Any) -> bool:
    return issubclass(type(obj), sys.modules["pandas"].Index)


def _levels(index: Any, encode: _Encode) -> list[v.Column] | None:
    """One column for each level of an index."""
    pd = _pandas()

    if not isinstance(index, pd.MultiIndex):
        column = _column(index, encode)
        return None if column is None else [column]
    if not 2 <= index.nlevels <= MAX_LEVELS or len(index) > MAX_HASHED:
        return None
    columns = [_column(index.get_level_values(level), encode) for level in range(index.nlevels)]
    return [column for column in columns if column is not None] if all(columns) else None


def _index(levels: list[v.Column], decode: _Decode) -> Any:
    pd = _pandas()

    if not 1 <= len(levels) <= MAX_LEVELS:
        raise WireError("an index of too many levels, or of none")
    names = [_label(level, decode) for level in levels]
    contents = [_values(level, decode) for level in levels]
    if len(contents) > 1:
        if any(len(content) > MAX_HASHED for content in contents):
            raise WireError("an index of several levels with too many rows")
        return pd.MultiIndex.from_arrays(contents, names=names)
    if isinstance(contents[0], range):
        return pd.RangeIndex(contents[0], name=names[0])
    return pd.Index(contents[0], name=names[0])


def _column(values: Any, encode: _Encode) -> v.Column | None:
    """A Series or an Index of one level as a column."""
    import numpy as np

    pd = _pandas()

    if not _is_plain(values.name):
        return None
    name = encode(values.name)
    if isinstance(values, pd.RangeIndex):
        return v.Column("range", encode(range(values.start, values.stop, values.step)), name)
    dtype, array = values.dtype, values.array
    if isinstance(dtype, pd.CategoricalDtype):
        categories = _column(array.categories, encode) if len(array.categories) <= MAX_HASHED else None
        if categories is None:
            return None
        return v.Column("category", encode(np.asarray(array.codes)), name, categories, bool(array.ordered))
    if _MOMENTS.fullmatch(str(dtype)):
        return v.Column(str(dtype), encode(np.asarray(array.asi8)), name)
    if isinstance(dtype, np.dtype) and dtype.name in ARRAY_DTYPES:
        return v.Column(dtype.name, encode(values.to_numpy()), name)
    if str(dtype) not in _LISTED:
        return None
    cells = list(values)
    if str(dtype) != "object":
        cells = [None if missing else cell for cell, missing in zip(cells, pd.isna(values), strict=True)]
    return v.Column(str(dtype), encode(cells), name) if all(map(_is_plain, cells)) else None


def _values(column: v.Column, decode: _Decode) -> Any:
    """What a Series or an Index is made of.

    Raises:
        WireError, and what pandas raises: the data is not what the dtype says.
    """
    import numpy as np

    pd = _pandas()

    data = decode(column.data)
    if column.dtype == "range" and isinstance(data, range):
        return data
    if column.dtype in _LISTED and type(data) is list:
        if not all(map(_is_plain, data)):
            raise WireError("a column with a cell that is no plain value")
        if column.dtype == "object":
            return _objects(data)
        return pd.array(data, dtype=column.dtype)
    if not isinstance(data, np.ndarray) or data.ndim != 1:
        raise WireError("a column that is none")
    if column.dtype == "category" and column.categories is not None:
        categories = pd.Index(_values(column.categories, decode))
        if len(categories) > MAX_HASHED:
            raise WireError("too many categories")
        return pd.Categorical.from_codes(data, categories=categories, ordered=column.ordered)
    moments = _MOMENTS.fullmatch(column.dtype)
    if moments is not None and data.dtype == np.int64:
        plain = data.view(f"{moments['kind']}[{moments['unit']}]")
        zone = moments["zone"]
        return plain if zone is None else pd.DatetimeIndex(plain).tz_localize("UTC").tz_convert(zone).array
    if data.dtype.name != column.dtype:
        raise WireError("a column of another dtype than it says")
    return data


def _objects(cells: list[Any]) -> Any:
    """An array of the cells as they are: numpy would take sequences apart."""
    import numpy as np

    whole = np.empty(len(cells), dtype=object)
    for place, cell in enumerate(cells):
        whole[place] = cell
    return whole


def _label(column: v.Column, decode: _Decode) -> Any:
    name = decode(column.name)
    hash(name)
    return name


def _is_plain(cell: Any) -> bool:
    np = sys.modules["numpy"]
    kind = type(cell)
    if issubclass(kind, (tuple, list, set, frozenset)):
        return all(map(_is_plain, cell))
    if issubclass(kind, dict):
        return all(map(_is_plain, dict.keys(cell))) and all(map(_is_plain, dict.values(cell)))
    return kind in _PLAIN or kind in EXACT or (issubclass(kind, np.generic) and cell.dtype.name in ARRAY_DTYPES)
