"""All ways to go wrong, the quiet ones first: what runs and gives a plausible number tells most about a check."""

from __future__ import annotations

from autograder.grading.mutants import arithmetic, axes, calls, constants, functions, logic, statements
from autograder.grading.mutants.code import Operator

OPERATORS: tuple[Operator, ...] = (
    Operator("reduction", functions.reduction),
    Operator("step-left-out", statements.step_left_out),
    Operator("statement-left-out", statements.left_out),
    Operator("term", arithmetic.term),
    Operator("axis", axes.axis),
    Operator("operator", arithmetic.operator),
    Operator("boundary", logic.boundary),
    Operator("function", functions.function),
    Operator("call-left-out", functions.left_out),
    Operator("statements-swapped", statements.swapped),
    Operator("factor", arithmetic.factor),
    Operator("sign", arithmetic.sign),
    Operator("whole-number", constants.whole_number),
    Operator("slice-bound", constants.boundary),
    Operator("rounds", constants.rounds),
    Operator("real-number", constants.real_number),
    Operator("in-place", arithmetic.in_place),
    Operator("keepdim", axes.keepdim),
    Operator("no-axis", axes.no_axis),
    Operator("fewer-axes", axes.fewer_axes),
    Operator("spread", functions.spread),
    Operator("overwritten", arithmetic.overwritten),
    Operator("guard", logic.guard),
    Operator("connective", logic.connective),
    Operator("negation", logic.negation),
    Operator("condition", logic.condition),
    Operator("choice", logic.choice),
    Operator("operands", arithmetic.operands),
    Operator("layer", functions.layer),
    Operator("twice-softmax", functions.twice_softmax),
    Operator("with-gradients", calls.with_gradients),
    Operator("returned", calls.returned),
    Operator("reduction-word", calls.reduction_word),
    Operator("switch", constants.switch),
    Operator("number-type", functions.number_type),
    Operator("reversed", logic.reversed_comparison),
    Operator("argument-left-out", calls.argument_left_out),
    Operator("arguments-swapped", calls.arguments),
)
