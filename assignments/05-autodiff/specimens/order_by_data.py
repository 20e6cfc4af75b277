"""Sorts the nodes by their data."""
# fails: topological_order, count_paths, backward, descend, xor


def topological_order(root):
    seen, stack = {root}, [root]
    while stack:
        for parent in stack.pop().parents:
            if parent not in seen:
                seen.add(parent)
                stack.append(parent)
    return sorted(seen, key=lambda node: node.data)
