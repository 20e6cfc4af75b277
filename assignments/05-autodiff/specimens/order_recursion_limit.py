"""Raises the recursion limit."""
# fails: topological_order
# reason: forbidden_api

import sys


def topological_order(root):
    sys.setrecursionlimit(100_000)
    order, seen = [], set()

    def visit(node):
        if node not in seen:
            seen.add(node)
            for parent in node.parents:
                visit(parent)
            order.append(node)

    visit(root)
    return order
