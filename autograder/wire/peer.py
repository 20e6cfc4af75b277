"""One end of a connection on which both ends may ask: calls out, calls back, references and gradients."""

from __future__ import annotations

import weakref
from collections.abc import Sequence
from typing import Any, Protocol

from autograder.wire import values as v
from autograder.wire.codec import Decoder, Encoder, pack_tensor
from autograder.wire.frames import Buffers, Channel, Unsendable, WireError
from autograder.wire.graph import Node, accumulate, differentiate, make_attach, reached_leaves
from autograder.wire.handle import Handle

MAX_NESTING = 32


class Host(Protocol):
    """What differs between the two ends."""

    def perform(self, op: str, args: list[Any], kwargs: dict[str, Any]) -> Any:
        """Do an operation that the other end asked for."""

    def expose(self, obj: Any) -> v.Value:
        """How an object that is no plain value crosses without a reference, or None: by reference.

        Raises:
            Unsendable: it may not cross at all.
        """

    def named(self, path: str) -> Any:
        """The public object of torch's that the other end named."""

    def failure(self, request: int, error: BaseException) -> v.Raise:
        """`error`, raised by perform(), as the other end may see it. Raises what must end the connection."""

    def raised(self, reply: v.Raise) -> BaseException:
        """The exception to raise here for one that was raised there."""

    def handle(self, peer: Peer, ref: v.Ref) -> Handle:
        """A handle for an object that stays at the other end."""


class Peer:
    """Asks and answers over one channel, one request at a time, nested calls back included."""

    def __init__(self, torch: Any, channel: Channel, host: Host) -> None:
        self.torch = torch
        self.channel = channel
        self.host = host
        self.calls = 0
        self._attach = make_attach(torch)
        self._asked = 0
        self._nesting = 0
        self._kept: dict[int, Any] = {}
        """Own objects, nodes and leaves that the other end may refer to."""
        self._numbers: dict[int, int] = {}
        self._next = 1
        self._leaves: dict[int, tuple[Any, Any]] = {}
        """Owned leaves that the other end knows: content and gradient as last sent."""
        self._handles: weakref.WeakValueDictionary[int, Handle] = weakref.WeakValueDictionary()
        self._proxies: weakref.WeakValueDictionary[int, Any] = weakref.WeakValueDictionary()
        self._proxy_of: dict[int, tuple[int, int]] = {}
        """Near stand-ins for far leaves, by id(): reference, and version as last received."""
        self._forgotten: list[int] = []

    # Asking

    def operate(self, op: str, *args: Any, **kwargs: Any) -> Any:
        """Ask the other end to do `op` and return its result.

        Raises:
            what Host.raised() makes of an exception there; WireError, PeerGone, PeerLate.
        """
        return self._ask(op, args, kwargs, ())

    def forget(self, ref: int) -> None:
        """Tell the other end, with the next request, that `ref` is no longer held here."""
        self._forgotten.append(ref)

    def _ask(self, op: str, args: Sequence[Any], kwargs: dict[str, Any], behind: Sequence[Any]) -> Any:
        """`behind`: inputs of the asked node that lie on the other end already (those of a node being
        differentiated)."""
        sent: list[Any] = []
        buffers = Buffers()
        encoder = Encoder(self.torch, buffers, lambda t: self._send_tensor(t, sent, buffers), self._send_object)
        self._asked += 1
        self.calls += 1
        request = v.Request(
            id=self._asked,
            op=op,
            args=[encoder.value(arg) for arg in args],
            kwargs={key: encoder.value(arg) for key, arg in kwargs.items()},
            grad=self.torch.is_grad_enabled(),
            release=self._take_forgotten(),
        )
        self.channel.send(request, buffers)
        reply, payload = self._await(request.id)
        if isinstance(reply, v.Raise):
            if op == "next" and reply.type == "StopIteration":
                raise StopIteration
            raise self.host.raised(reply)
        return self._receive(reply, payload, sent, behind)

    def _await(self, request: int) -> tuple[v.Reply, bytearray]:
        while True:
            message, payload = self.channel.receive()
            if isinstance(message, v.Request):
                self._answer(message, payload)
            elif message.id == request:
                return message, payload
            else:
                raise WireError("an answer to a question that was not asked")

    def _take_forgotten(self) -> list[int]:
        taken, self._forgotten = self._forgotten[:10_000], self._forgotten[10_000:]
        return taken

    def _receive(self, reply: v.Return, payload: bytearray, sent: list[Any], behind: Sequence[Any]) -> Any:
        decoder = Decoder(self.torch, payload, lambda value: self._reference(value, decoder, sent, outputs))
        outputs = [decoder.tensor(out) for out in reply.outputs]
        for leaf in reply.touched:
            self._proxy(leaf, decoder)
        for index, content in reply.mutated:
            _overwrite(self.torch, _at(sent, index), decoder.tensor(content))
        if outputs:
            leaves = [self._proxies[ref] for ref in reply.leaves if ref in self._proxies]
            known = [ref for ref in reply.leaves if ref in self._proxies]
            given = [*behind, *(t for t in sent if t.requires_grad)]
            inputs = [*given, *leaves]
            link = _Link(self, reply.node, len(given), known)
            if any(not _differentiable(t) for t in outputs) or not (reply.sink or inputs):
                raise WireError("a differentiable answer that depends on nothing")
            outputs = self._attach(link, outputs, inputs, reply.sink)
        return decoder.object(reply.value)

    def _reference(self, value: v.Value, decoder: Decoder, sent: list[Any], outputs: list[Any]) -> Any:
        match value:
            case v.Out():
                return _at(outputs, value.index)
            case v.Sent():
                return _at(sent, value.index)
            case v.Tensor(owned=None):
                return decoder.tensor(value)
            case v.Tensor():
                return self._proxy(value, decoder)
            case _:
                return self._object(value)

    def _object(self, value: v.Value) -> Any:
        """The object behind a reference, from either end."""
        match value:
            case v.Ref(mine=True):
                known = self._handles.get(value.id)
                if known is None:
                    known = self._handles[value.id] = self.host.handle(self, value)
                return known
            case v.Ref():
                if value.id not in self._kept or isinstance(self._kept[value.id], Node):
                    raise WireError("a reference that was never issued")
                return self._kept[value.id]
            case v.Name(type="torch"):
                return self.host.named(value.name)
            case _:
                raise WireError(f"a {type(value).__name__} where none can stand")

    def _proxy(self, value: v.Tensor, decoder: Decoder) -> Any:
        """The near stand-in for a far leaf, brought up to date."""
        ref = value.owned
        if ref is None:
            raise WireError("a leaf without its reference")
        content = decoder.tensor(value)
        if not _differentiable(content):
            raise WireError("a leaf of a dtype that has no gradient")
        proxy = self._proxies.get(ref)
        if proxy is None:
            proxy = content.clone().requires_grad_()
            self._proxies[ref] = proxy
            key = id(proxy)
            weakref.finalize(proxy, self._drop_proxy, key, ref).atexit = False
        else:
            proxy.data = content.clone()
        gradient = None if value.gradient is None else decoder.tensor(value.gradient)
        if gradient is not None and (gradient.shape != proxy.shape or gradient.dtype != proxy.dtype):
            raise WireError("a gradient that does not fit its tensor")
        proxy.grad = gradient
        self._proxy_of[id(proxy)] = (ref, proxy._version)
        return proxy

    def _drop_proxy(self, key: int, ref: int) -> None:
        self._proxy_of.pop(key, None)
        self.forget(ref)

    def _send_tensor(self, tensor: Any, sent: list[Any], buffers: Buffers) -> v.Value:
        known = self._proxy_of.get(id(tensor))
        if known is not None and self._proxies.get(known[0]) is tensor:
            changed = tensor._version != known[1]
            return v.Leaf(known[0], pack_tensor(self.torch, tensor, buffers) if changed else None)
        sent.append(tensor)
        return pack_tensor(self.torch, tensor, buffers, grad=tensor.requires_grad, leaf=tensor.is_leaf)

    def _send_object(self, obj: Any) -> v.Value:
        if isinstance(obj, Handle) and obj._peer is self:
            return v.Ref(obj._ref, mine=False)
        return self.host.expose(obj) or self._keep_ref(obj)

    def _keep_ref(self, obj: Any) -> v.Ref:
        return v.Ref(self.keep(obj), mine=True, type=_type_name(obj), callable=callable(obj))

    def keep(self, obj: Any) -> int:
        """The reference under which the other end may ask for `obj`. The same object keeps the same one."""
        number = self._numbers.get(id(obj))
        if number is None:
            number = self._next
            self._next += 1
            self._kept[number] = obj
            self._numbers[id(obj)] = number
        return number

    # Answering

    def serve(self) -> None:
        """Answer requests until the other end closes (PeerGone)."""
        while True:
            message, payload = self.channel.receive()
            if not isinstance(message, v.Request):
                raise WireError("an answer where a question was due")
            self._answer(message, payload)

    def _answer(self, request: v.Request, payload: bytearray) -> None:
        if self._nesting >= MAX_NESTING:
            raise WireError("calls back and forth that never come to an end")
        self._nesting += 1
        buffers = Buffers()
        reply: v.Reply
        try:
            reply = self._reply(request, payload, buffers)
        except BaseException as error:
            buffers = Buffers()
            reply = self.host.failure(request.id, error)
        finally:
            self._nesting -= 1
        try:
            self.channel.send(reply, buffers)
        except Unsendable as error:
            self.channel.send(self.host.failure(request.id, error))

    def _reply(self, request: v.Request, payload: bytearray, buffers: Buffers) -> v.Return:
        for ref in request.release:
            self._release(ref)
        sent: list[Any] = []
        inputs: list[Any] = []
        decoder = Decoder(self.torch, payload, lambda value: self._argument(value, decoder, sent, inputs))
        args = [decoder.object(arg) for arg in request.args]
        kwargs = {key: decoder.object(arg) for key, arg in request.kwargs.items()}
        versions = [t._version for t in sent]
        if request.op == "accumulate":
            accumulate(self._node(args))
            return v.Return(id=request.id, touched=self._touched(buffers))
        with self.torch.set_grad_enabled(request.grad):
            if request.op == "backward":
                result, inputs = self._backward(args, inputs)
            else:
                result = self.host.perform(request.op, args, kwargs)
        return self._returned(request.id, result, sent, versions, inputs, buffers)

    def _argument(self, value: v.Value, decoder: Decoder, sent: list[Any], inputs: list[Any]) -> Any:
        """A tensor of the request, as the code here is to see it; or the object behind a reference."""
        match value:
            case v.Leaf():
                leaf = self._kept.get(value.id)
                if not isinstance(leaf, self.torch.Tensor):
                    raise WireError("a leaf that was never issued")
                if value.content is not None:
                    _overwrite(self.torch, leaf, decoder.tensor(value.content))
                return leaf
            case v.Tensor(grad=False):
                tensor = decoder.tensor(value)
            case v.Tensor():
                tensor = decoder.tensor(value)
                if not _differentiable(tensor):
                    raise WireError("an integer tensor that requires grad")
                inputs.append(tensor.requires_grad_())
                # Code may write into a tensor that is no leaf, and not into one that is; the same holds here.
                with self.torch.enable_grad():
                    tensor = tensor if value.leaf else tensor.clone()
            case _:
                return self._object(value)
        sent.append(tensor)
        return tensor

    def _backward(self, args: list[Any], inputs: list[Any]) -> tuple[Any, list[Any]]:
        """Differentiate a kept node: args are its reference, output gradients, create_graph, known leaves."""
        node = self._node(args)
        grads, create_graph, known = args[1], bool(args[2]), args[3]
        found, leaf_grads = differentiate(self.torch, node, grads, create_graph)
        node.pending = leaf_grads
        by_ref = {self._numbers.get(id(leaf)): grad for leaf, grad in zip(node.leaves, leaf_grads, strict=True)}
        return [*found, *(by_ref.get(ref) for ref in known)], [*node.inputs, *inputs]

    def _node(self, args: list[Any]) -> Node:
        node = self._kept.get(args[0]) if args and type(args[0]) is int else None
        if not isinstance(node, Node):
            raise WireError("a graph that was never issued")
        return node

    def _returned(
        self, request: int, result: Any, sent: list[Any], versions: list[int], inputs: list[Any], buffers: Buffers
    ) -> v.Return:
        positions = {id(t): i for i, t in enumerate(sent)}
        outputs: list[Any] = []

        def on_tensor(tensor: Any) -> v.Value:
            if id(tensor) in positions:
                return v.Sent(positions[id(tensor)])
            if not tensor.requires_grad:
                return pack_tensor(self.torch, tensor, buffers)
            if tensor.is_leaf:
                return self._own_leaf(tensor, buffers)
            index = next((i for i, out in enumerate(outputs) if out is tensor), len(outputs))
            if index == len(outputs):
                outputs.append(tensor)
            return v.Out(index)

        value = Encoder(self.torch, buffers, on_tensor, self._send_object).value(result)
        changed = [(i, t) for i, (t, old) in enumerate(zip(sent, versions, strict=True)) if t._version != old]
        mutated = [(i, pack_tensor(self.torch, t, buffers)) for i, t in changed]
        touched = self._touched(buffers)
        if not outputs:
            return v.Return(id=request, value=value, mutated=mutated, touched=touched)
        leaves = reached_leaves(outputs, inputs)
        known = [self._numbers[id(leaf)] for leaf in leaves if self._numbers.get(id(leaf)) in self._leaves]
        raw = [pack_tensor(self.torch, t, buffers, grad=True) for t in outputs]
        node = self.keep(Node(inputs, outputs, leaves))
        return v.Return(
            id=request,
            value=value,
            node=node,
            outputs=raw,
            leaves=known,
            sink=bool(leaves),
            mutated=mutated,
            touched=touched,
        )

    def _own_leaf(self, tensor: Any, buffers: Buffers) -> v.Tensor:
        ref = self.keep(tensor)
        grad = tensor.grad
        self._leaves[ref] = (tensor.detach().clone(), None if grad is None else grad.detach().clone())
        gradient = None if grad is None else pack_tensor(self.torch, grad, buffers)
        return pack_tensor(self.torch, tensor, buffers, grad=True, owned=ref, gradient=gradient)

    def _touched(self, buffers: Buffers) -> list[v.Tensor]:
        """The leaves that the other end knows and that are no longer as it knows them."""
        changed = []
        for ref, (content, grad) in self._leaves.items():
            leaf = self._kept[ref]
            if not _same(self.torch, leaf.detach(), content) or not _same(self.torch, leaf.grad, grad):
                changed.append(leaf)
        return [self._own_leaf(leaf, buffers) for leaf in changed]

    def _release(self, ref: int) -> None:
        obj = self._kept.pop(ref, None)
        self._leaves.pop(ref, None)
        if self._numbers.get(id(obj)) == ref:
            del self._numbers[id(obj)]


class _Link:
    """The near end of a graph that the other end keeps; dropped there when dropped here."""

    def __init__(self, peer: Peer, node: int, given: int, known: list[int]) -> None:
        self._peer = peer
        self._node = node
        self._given = given
        self._known = known

    def __del__(self) -> None:
        self._peer.forget(self._node)

    def backward(self, inputs: Sequence[Any], grads: Sequence[Any], create_graph: bool) -> list[Any]:
        behind = inputs[: self._given] if create_graph else ()
        found = self._peer._ask("backward", (self._node, list(grads), create_graph, self._known), {}, behind)
        if not isinstance(found, list) or len(found) != self._given + len(self._known):
            raise WireError("gradients that are not as many as the inputs")
        found = found + [None] * (len(inputs) - len(found))  # the sink, where there is one
        for grad, given in zip(found, inputs, strict=True):
            if grad is None:
                continue
            if not isinstance(grad, self._peer.torch.Tensor) or grad.shape != given.shape or grad.dtype != given.dtype:
                raise WireError("a gradient that does not fit its input")
        return found

    def accumulate(self) -> None:
        self._peer.operate("accumulate", self._node)


def _differentiable(tensor: Any) -> bool:
    return bool(tensor.is_floating_point() or tensor.is_complex())


def _at(items: list[Any], index: int) -> Any:
    if not 0 <= index < len(items):
        raise WireError("a position that does not exist")
    return items[index]


def _overwrite(torch: Any, tensor: Any, content: Any) -> None:
    """Make `tensor` what the other end made of it, in place, so that its version tells of the change."""
    with torch.no_grad():
        if tensor.shape == content.shape and tensor.dtype == content.dtype and _owns_memory(tensor):
            tensor.copy_(content)
        else:
            tensor.data = content.to(tensor.dtype)
            torch.autograd.graph.increment_version(tensor)


def _owns_memory(tensor: Any) -> bool:
    """No two elements share memory: an expanded tensor cannot be written to."""
    return all(stride != 0 or size <= 1 for stride, size in zip(tensor.stride(), tensor.shape, strict=True))


def _same(torch: Any, now: Any, before: Any) -> bool:
    if now is None or before is None:
        return now is before
    return now.shape == before.shape and bool(torch.equal(now.detach(), before))


def _type_name(obj: Any) -> str:
    name = type(obj).__name__
    return name if isinstance(name, str) else "object"
