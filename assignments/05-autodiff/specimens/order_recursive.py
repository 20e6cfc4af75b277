"""The five lines with recursion."""
# fails: topological_order, count_paths, backward
# hint: Your search is recursive: it ends with a RecursionError at some 1,000 nodes in a row. Keep a stack of your
#     own.


def topological_order(root):
    order, seen = [], set()

    def visit(node):
        if node not in seen:
            seen.add(node)
            for parent in node.parents:
                visit(parent)
            order.append(node)

    visit(root)
    return order
