"""A stack, and every path is walked; duplicates are removed at the end."""
# fails: topological_order, count_paths, backward
# hint: You open a node as often as paths lead to it, and throw the repetitions away at the end: 2^60 of them in a
#     graph of 61 nodes.


def topological_order(root):
    walked, stack = [], [root]
    while stack:
        node = stack.pop()
        walked.append(node)
        stack.extend(node.parents)
    return list(dict.fromkeys(reversed(walked)))
