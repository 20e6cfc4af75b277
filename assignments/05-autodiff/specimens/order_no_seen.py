"""Recursion without a set of what was seen."""
# fails: topological_order, count_paths, backward
# hint: You come to a node once for every path that leads to it. Note in a set which nodes were seen, and leave at
#     once.


def topological_order(root):
    order = []

    def visit(node):
        for parent in node.parents:
            visit(parent)
        if node not in order:
            order.append(node)

    visit(root)
    return order
