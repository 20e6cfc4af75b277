"""Again and again goes through all nodes for one that is ready."""
# fails: topological_order, count_paths, backward
# hint: For each place in the list you look through all nodes again, and at their parents. Work with a stack:
#     every node is opened once.


def topological_order(root):
    nodes, stack = {root}, [root]
    while stack:
        for parent in stack.pop().parents:
            if parent not in nodes:
                nodes.add(parent)
                stack.append(parent)
    order, waiting = [], list(nodes)
    while waiting:
        for node in waiting:
            if all(parent in order for parent in node.parents):
                order.append(node)
                waiting.remove(node)
                break
    return order
