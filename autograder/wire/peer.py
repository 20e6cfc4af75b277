"""One end of a connection on which both ends may ask: calls out, calls back, references and gradients."""

from __future__ import annotations

import weakref
from collections.abc import Sequence
from typing import Any, Protocol

from autograder.wire import values as v
from autograder.wire.codec import Decoder, Encoder, pack_tensor
from autograder.wire.effects import Before, Sent, apply_change, apply_content
from autograder.wire.frames import Buffers, Channel, Unsendable, WireError
from autograder.wire.graph import Node, accumulate, differentiate, make_attach, reached_leaves
from autograder.wire.handle import Handle
from autograder.wire.leaves import Leaves, differentiable
from autograder.wire.references import Held, Issued

MAX_NESTING = 32
MAX_KEPT_BYTES = 2 << 30
"""How much the payloads may measure of the requests whose graphs are kept."""

MAX_INTRODUCED = 10_000
"""Elements of the parameters that a result may bring along unasked."""


class Host(Protocol):
    """What differs between the two ends."""

    def perform(self, op: str, args: list[Any], kwargs: dict[str, Any]) -> Any:
        """Do an operation that the other end asked for."""

    def expose(self, obj: Any, /) -> v.Value:
        """How an object that is no plain value crosses without a reference, or None: by reference.

        Raises:
            Unsendable: it may not cross at all.
        """

    def dropped(self, obj: Any, /) -> None:
        """The other end no longer holds a reference to `obj`."""

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
        self._waiting = 0
        self._nesting = 0
        self._kept_bytes = 0
        self._issued = Issued()
        self._held = Held()
        self._leaves = Leaves(torch, self._issued, self._held)
        self._handles: weakref.WeakValueDictionary[int, Handle] = weakref.WeakValueDictionary()

    @property
    def in_step(self) -> bool:
        """No question waits for its answer. False for good once an exception has cut in between the two."""
        return self._waiting == 0

    @property
    def kept(self) -> int:
        """How many own objects the other end may refer to."""
        return len(self._issued)

    # Asking

    def operate(self, op: str, *args: Any, **kwargs: Any) -> Any:
        """Ask the other end to do `op` and return its result.

        Raises:
            what Host.raised() makes of an exception there; WireError, PeerGone, PeerLate.
        """
        return self._ask(op, args, kwargs, ())

    def forget(self, ref: int) -> None:
        """Tell the other end, with the next message, that `ref` is no longer held here."""
        self._held.drop(ref)

    def _ask(self, op: str, args: Sequence[Any], kwargs: dict[str, Any], behind: Sequence[Any]) -> Any:
        """`behind`: inputs of the asked node that lie on the other end already (those of a node being
        differentiated)."""
        sent = Sent()
        buffers = Buffers()
        encoder = Encoder(self.torch, buffers, lambda t: self._send_tensor(t, sent, buffers), self._send_object)
        self.calls += 1
        request = v.Request(
            id=self.calls,
            op=op,
            args=[encoder.value(arg) for arg in args],
            kwargs={key: encoder.value(arg) for key, arg in kwargs.items()},
            grad=self.torch.is_grad_enabled(),
            touched=self._leaves.touched(buffers),
            written=self._leaves.written(buffers),
            release=self._held.take(),
        )
        self._waiting += 1
        self.channel.send(request, buffers)
        reply, payload = self._await(request.id)
        self._waiting -= 1
        if isinstance(reply, v.Raise):
            if op == "next" and reply.type == "StopIteration":
                raise StopIteration
            raise self.host.raised(reply)
        return self._receive(reply, payload, sent, encoder.mutable, behind)

    def _await(self, request: int) -> tuple[v.Reply, bytearray]:
        while True:
            message, payload = self.channel.receive()
            if isinstance(message, v.Request):
                self._answer(message, payload)
            elif message.id == request:
                return message, payload
            else:
                raise WireError("an answer to a question that was not asked")

    def _receive(
        self, reply: v.Return, payload: bytearray, sent: Sent, mutable: list[Any], behind: Sequence[Any]
    ) -> Any:
        decoder = Decoder(self.torch, payload, lambda value: self._reference(value, decoder, sent, outputs))
        outputs: list[Any] = []
        self._leaves.apply(reply.touched, reply.written, decoder)
        self._let_go(reply.release)
        if reply.outputs:
            outputs = self._outputs(reply, decoder, sent, behind)
        for change in reply.changes:
            apply_change(self.torch, sent.at(change.index), change, decoder, outputs)
        for index, content in reply.contents:
            if not 0 <= index < len(mutable):
                raise WireError("a position that does not exist")
            apply_content(mutable[index], decoder.object(content))
        return decoder.object(reply.value)

    def _outputs(self, reply: v.Return, decoder: Decoder, sent: Sent, behind: Sequence[Any]) -> list[Any]:
        """The differentiable tensors of a reply, hung on a node of this end's graph."""
        raw = [decoder.tensor(out) for out in reply.outputs]
        self._held.receive(reply.node)
        proxies = [(ref, proxy) for ref in reply.leaves if (proxy := self._leaves.proxy(ref)) is not None]
        rewritten = {c.index for c in reply.changes if isinstance(c.content, v.Out)}
        given = list(behind)
        for index, tensor in enumerate(sent.tensors):
            if tensor.requires_grad:
                # What is about to be overwritten is an input as it was before.
                given.append(_alias(self.torch, tensor) if index in rewritten else tensor)
        link = _Link(self, reply.node, len(given), [ref for ref, _ in proxies])
        sink = reply.sink or len(proxies) < len(reply.leaves)
        if not all(map(differentiable, raw)) or not (sink or given or proxies):
            raise WireError("a differentiable answer that depends on nothing")
        return self._attach(link, raw, [*given, *(proxy for _, proxy in proxies)], sink)

    def _reference(self, value: v.Value, decoder: Decoder, sent: Sent, outputs: list[Any]) -> Any:
        match value:
            case v.Out():
                if not 0 <= value.index < len(outputs):
                    raise WireError("an output that does not exist")
                return outputs[value.index]
            case v.Sent():
                return sent.at(value.index)
            case v.Tensor(owned=None):
                return decoder.tensor(value)
            case v.Tensor():
                return self._leaves.borrow(value, decoder)
            case _:
                return self._object(value)

    def _object(self, value: v.Value) -> Any:
        """The object behind a reference, from either end."""
        match value:
            case v.Ref(mine=True):
                self._held.receive(value.id)
                known = self._handles.get(value.id)
                if known is None:
                    known = self._handles[value.id] = self.host.handle(self, value)
                return known
            case v.Ref():
                found = self._issued.get(value.id)
                if found is None or isinstance(found, Node):
                    raise WireError("a reference that was never issued")
                return found
            case v.Leaf():
                return self._leaves.own(value.id)
            case v.Name(type="torch"):
                return self.host.named(value.name)
            case _:
                raise WireError(f"a {type(value).__name__} where none can stand")

    def _send_tensor(self, tensor: Any, sent: Sent, buffers: Buffers) -> v.Value:
        ref = self._leaves.reference(tensor)
        if ref is not None:
            return v.Leaf(ref)
        place = sent.place(tensor)
        if place is not None:
            return v.Sent(place)
        sent.add(tensor)
        gradient = None
        if tensor.is_leaf and tensor.grad is not None:
            gradient = pack_tensor(self.torch, tensor.grad, buffers)
        return pack_tensor(
            self.torch,
            tensor,
            buffers,
            grad=tensor.requires_grad,
            leaf=tensor.is_leaf,
            gradient=gradient,
            parameter=isinstance(tensor, self.torch.nn.Parameter),
        )

    def _send_object(self, obj: Any) -> v.Value:
        if issubclass(type(obj), Handle) and obj._peer is self:
            return v.Ref(obj._ref, mine=False)
        return self.host.expose(obj) or v.Ref(
            self._issued.issue(obj), mine=True, type=_type_name(obj), callable=callable(obj)
        )

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
        sent = Sent()
        inputs: list[Any] = []
        decoder = Decoder(self.torch, payload, lambda value: self._argument(value, decoder, sent, inputs))
        self._leaves.apply(request.touched, request.written, decoder)
        self._let_go(request.release)
        args = [decoder.object(arg) for arg in request.args]
        kwargs = {key: decoder.object(arg) for key, arg in request.kwargs.items()}
        before = Before(self.torch, sent, decoder.mutable)
        with self.torch.set_grad_enabled(request.grad):
            if request.op == "accumulate":
                self._accumulate(args)
                result = None
            elif request.op == "backward":
                result, inputs = self._backward(args, inputs)
            else:
                result = self.host.perform(request.op, args, kwargs)
        return self._returned(request.id, result, _Call(sent, before, inputs, len(payload)), buffers)

    def _argument(self, value: v.Value, decoder: Decoder, sent: Sent, inputs: list[Any]) -> Any:
        """A tensor of the request, as the code here is to see it; or the object behind a reference."""
        match value:
            case v.Sent():
                return sent.at(value.index)
            case v.Tensor(owned=None):
                tensor = decoder.tensor(value)
                if value.grad and not differentiable(tensor):
                    raise WireError("an integer tensor that requires grad")
            case _:
                return self._object(value)
        if value.parameter:
            tensor = self.torch.nn.Parameter(tensor, requires_grad=value.grad)
        elif value.grad:
            tensor.requires_grad_()
        if value.gradient is not None:
            tensor.grad = decoder.tensor(value.gradient)
        if value.grad:
            inputs.append(tensor)
            if not value.leaf:
                # Code may write into a tensor that is no leaf, and not into one that is; the same holds here.
                with self.torch.enable_grad():
                    tensor = tensor.clone()
        sent.add(tensor)
        return tensor

    def _backward(self, args: list[Any], inputs: list[Any]) -> tuple[Any, list[Any]]:
        """Differentiate a kept node: args are its reference, output gradients, create_graph, known leaves."""
        node, known = self._node(args, 4)
        grads = args[1]
        if not isinstance(grads, list) or len(grads) != len(node.outputs):
            raise WireError("gradients that are not as many as the outputs")
        found, leaf_grads = differentiate(self.torch, node, grads, bool(args[2]))
        by_ref = {self._leaves.lent(leaf): grad for leaf, grad in zip(node.leaves, leaf_grads, strict=True)}
        # What the other end knows accumulates there, and comes back as written.
        node.pending = [
            None if self._leaves.lent(leaf) in known else grad
            for leaf, grad in zip(node.leaves, leaf_grads, strict=True)
        ]
        return [*found, *(by_ref.get(ref) for ref in known)], [*node.inputs, *inputs]

    def _accumulate(self, args: list[Any]) -> None:
        accumulate(self.torch, self._node(args, 1)[0])

    def _node(self, args: list[Any], count: int) -> tuple[Node, list[int]]:
        """The node that a request is about, and the references of leaves in it."""
        node = self._issued.get(args[0]) if len(args) == count and type(args[0]) is int else None
        known = args[-1] if count > 1 and args else []
        if not isinstance(node, Node) or not isinstance(known, list) or not all(type(ref) is int for ref in known):
            raise WireError("a graph that was never issued")
        return node, known

    def _returned(self, request: int, result: Any, call: _Call, buffers: Buffers) -> v.Return:
        outputs: list[Any] = []

        def on_output(tensor: Any) -> v.Out:
            index = next((i for i, out in enumerate(outputs) if out is tensor), len(outputs))
            if index == len(outputs):
                outputs.append(tensor)
            return v.Out(index)

        def on_tensor(tensor: Any) -> v.Value:
            place = call.sent.place(tensor)
            if place is not None:
                return v.Sent(place)
            ref = self._leaves.reference(tensor)
            if ref is not None:
                return v.Leaf(ref)
            if not tensor.requires_grad:
                return pack_tensor(self.torch, tensor, buffers)
            return self._leaves.lend(tensor, buffers) if tensor.is_leaf else on_output(tensor)

        encoder = Encoder(self.torch, buffers, on_tensor, self._send_object)
        fields: dict[str, Any] = {
            "value": encoder.value(result),
            "changes": call.before.changes(on_output, buffers),
            "contents": call.before.contents(encoder.value),
            "touched": self._leaves.touched(buffers),
            "written": self._leaves.written(buffers),
            "release": self._held.take(),
        }
        if outputs:
            leaves = reached_leaves(outputs, call.inputs)
            fields["touched"] += self._introduce(leaves, buffers)
            known = [ref for leaf in leaves if (ref := self._leaves.lent(leaf)) is not None]
            fields |= {
                "node": self._keep_node(Node(call.inputs, outputs, leaves, size=call.size)),
                "outputs": [pack_tensor(self.torch, t, buffers, grad=True) for t in outputs],
                "leaves": known,
                "sink": len(known) < len(leaves),
            }
        return v.Return(id=request, **fields)

    def _introduce(self, leaves: list[Any], buffers: Buffers) -> list[v.Tensor]:
        """Lend the leaves of a small graph before anyone asks for them, so that autograd.grad can ask afterwards."""
        new = [
            leaf
            for leaf in leaves
            if self._leaves.lent(leaf) is None
            and self._leaves.reference(leaf) is None  # the other end's own
            and not hasattr(leaf, "far_link")
        ]
        if sum(leaf.numel() for leaf in new) > MAX_INTRODUCED:
            return []
        return [self._leaves.lend(leaf, buffers) for leaf in new]

    def _keep_node(self, node: Node) -> int:
        self._kept_bytes += node.size
        if self._kept_bytes > MAX_KEPT_BYTES:
            raise WireError("graphs kept of more tensors than there is room for")
        return self._issued.issue(node)

    def _let_go(self, release: list[tuple[int, int]]) -> None:
        for ref, count in release:
            obj = self._issued.release(ref, count)
            if isinstance(obj, Node):
                self._kept_bytes -= obj.size
            elif obj is not None:
                self._leaves.returned(ref)
                self.host.dropped(obj)


class _Call:
    """What is known of a request while it is answered."""

    def __init__(self, sent: Sent, before: Before, inputs: list[Any], size: int) -> None:
        self.sent = sent
        self.before = before
        self.inputs = inputs
        self.size = size


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


def _alias(torch: Any, tensor: Any) -> Any:
    with torch.enable_grad():
        return tensor.clone()


def _type_name(obj: Any) -> str:
    name = type(obj).__name__
    return name if isinstance(name, str) else "object"
