"""Recursion with a memory: right, but not for deep graphs."""
# fails: count_paths
# hint: With its memory your function does each node once, and still recursion fails where the graph is deep. Go
#     through topological_order in a loop.


def count_paths(root, leaf):
    memory = {}

    def ways(node):
        if node is leaf:
            return 1
        if node not in memory:
            memory[node] = sum(ways(parent) for parent in node.parents)
        return memory[node]

    return ways(root)
