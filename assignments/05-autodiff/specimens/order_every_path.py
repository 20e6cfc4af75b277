"""A stack, and every path is walked; duplicates are removed at the end."""
# fails: topological_order, count_paths, backward


def topological_order(root):
    walked, stack = [], [root]
    while stack:
        node = stack.pop()
        walked.append(node)
        stack.extend(node.parents)
    return list(dict.fromkeys(reversed(walked)))
