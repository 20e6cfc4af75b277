"""Right: nodes by their depth, with a heap, as an engine with priorities does."""
# fails: nothing

import heapq


def backward(root):
    place = {node: number for number, node in enumerate(topological_order(root))}
    heap = [(-place[root], 0, root)]
    arrived = {root: 1.0}
    while heap:
        _, _, node = heapq.heappop(heap)
        total = arrived[node]
        if not node.parents:
            node.grad = node.grad + total
            continue
        node.grad = total
        for parent, piece in zip(node.parents, node.pull(total), strict=True):
            if parent in arrived:
                arrived[parent] = arrived[parent] + piece
            else:
                arrived[parent] = 0.0 + piece
                heapq.heappush(heap, (-place[parent], len(arrived), parent))
