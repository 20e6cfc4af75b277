"""The answering half of an end: do what the other end asks, report what it changed, and keep what it may refer to."""

from __future__ import annotations

import weakref
from abc import ABC, abstractmethod
from typing import Any

from autograder.wire import values as v
from autograder.wire.clock import Clock, Doing
from autograder.wire.decode import Decoder
from autograder.wire.devices import beside, settle
from autograder.wire.dtypes import MAX_NODES
from autograder.wire.effects import Before, Sent
from autograder.wire.encode import Encoder, pack_tensor, plain_text
from autograder.wire.frames import Buffers, Channel, Payload, TooMuch, Unsendable, WireError
from autograder.wire.graph import Node, accumulate, differentiate, reached_leaves
from autograder.wire.handle import Handle
from autograder.wire.host import Host
from autograder.wire.leaves import Leaves, differentiable
from autograder.wire.recorder import recorded
from autograder.wire.references import Held, Issued
from autograder.wire.rooms import tensor_room
from autograder.wire.snapshots import copied

MAX_NESTING = 32
MAX_INTRODUCED = 10_000
"""Elements of the parameters that a result may bring along unasked."""


class Answering(ABC):
    """Answers over one channel. Peer adds the asking: the two share references, handles and leaves."""

    def __init__(self, torch: Any, channel: Channel, host: Host) -> None:
        self.torch = torch
        self.channel = channel
        channel.room = lambda size: tensor_room(torch, size)
        self.host = host
        self.clock = Clock()
        self._nesting = 0
        self._kept_bytes = 0
        self._issued = Issued()
        self._held = Held()
        self._leaves = Leaves(torch, self._issued, self._held, self._room)
        self._handles: weakref.WeakValueDictionary[int, Handle] = weakref.WeakValueDictionary()

    @property
    def kept(self) -> int:
        """How many own objects the other end may refer to."""
        return len(self._issued)

    @abstractmethod
    def operate(self, op: str, *args: Any, **kwargs: Any) -> Any:
        """Ask the other end to do `op`: what a handle is for."""

    def forget(self, ref: int) -> None:
        """Tell the other end, with the next message, that `ref` is no longer held here."""
        self._held.drop(ref)

    def serve(self) -> None:
        """Answer requests until the other end closes (PeerGone)."""
        while True:
            message, payload = self.channel.receive()
            if not isinstance(message, v.Request):
                raise WireError("an answer where a question was due")
            self._answer(message, payload)

    def _answer(self, request: v.Request, payload: Payload) -> None:
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

    def _reply(self, request: v.Request, payload: Payload, buffers: Buffers) -> v.Return:
        sent = Sent()
        inputs: list[Any] = []
        decoder = Decoder(self.torch, payload, lambda value, decoder: self._argument(value, decoder, sent, inputs))
        self._leaves.apply(request.touched, request.written, decoder)
        self._let_go(request.release)
        args = [decoder.object(arg) for arg in request.args]
        kwargs = {key: decoder.object(arg) for key, arg in request.kwargs.items()}
        before = Before(self.torch, sent, decoder.mutable)
        doing = self.clock.turn(Doing.PERFORMING)
        try:
            with self.torch.set_grad_enabled(request.grad), recorded():
                if request.op == "accumulate":
                    self._accumulate(args)
                    result = None
                elif request.op == "backward":
                    result, inputs = self._backward(args, inputs)
                else:
                    result = self.host.perform(request.op, args, kwargs)
                settle(self.torch)
        finally:
            self.clock.turn(doing)
        return self._returned(request.id, result, _Call(sent, before, inputs, payload.size), buffers)

    def _argument(self, value: v.Value, decoder: Decoder, sent: Sent, inputs: list[Any]) -> Any:
        """A tensor of the request, as the code here is to see it; or the object behind a reference."""
        match value:
            case v.Sent():
                return sent.at(value.index)
            case v.Tensor(owned=None):
                tensor = decoder.tensor(value)
                if value.grad and not differentiable(tensor):
                    raise WireError("an integer tensor that requires grad")
                if value.device:
                    tensor = self.host.place(tensor, value.device)
            case _:
                return self._object(value)
        if value.parameter:
            tensor = self.torch.nn.Parameter(tensor, requires_grad=value.grad)
        elif value.grad:
            tensor.requires_grad_()
        if value.gradient is not None:
            tensor.grad = beside(decoder.tensor(value.gradient), tensor)
        if value.grad:
            inputs.append(tensor)
            if not value.leaf:
                # Code may write into a tensor that is no leaf, and not into one that is; the same holds here.
                with self.torch.enable_grad():
                    tensor = copied(self.torch, tensor)
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
        encoder.given = call.before.given
        value = encoder.value(result)
        encoder.given = {}  # what became of them is told in full, and so never holds itself
        fields: dict[str, Any] = {
            "value": value,
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
        allowed = self.channel.allowance
        if allowed is not None and self._kept_bytes > allowed.graph_bytes:
            raise TooMuch(f"made the check keep graphs of more than {allowed.graph_bytes >> 20} MB of tensors")
        self._room()
        return self._issued.issue(node)

    def _room(self) -> None:
        """There is room for one more object that either end may refer to.

        Raises:
            TooMuch: there is none, for the other end holds or has handed over too many.
        """
        allowed = self.channel.allowance
        if allowed is None:
            return
        count = len(self._issued) + len(self._handles) + len(self._leaves) + self._held.untold
        if count >= allowed.objects:
            raise TooMuch(f"made the check hold more than {allowed.objects:,} objects at once")

    def _let_go(self, release: list[tuple[int, int]]) -> None:
        if len(release) > MAX_NODES:
            raise WireError("more references let go than there can be")
        for ref, count in release:
            obj = self._issued.release(ref, count)
            if isinstance(obj, Node):
                self._kept_bytes -= obj.size
            elif obj is not None:
                self._leaves.returned(ref)
                self.host.dropped(obj)

    def _object(self, value: v.Value) -> Any:
        """The object behind a reference, from either end."""
        match value:
            case v.Ref(mine=True):
                self._held.receive(value.id)
                known = self._handles.get(value.id)
                if known is None:
                    self._room()
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

    def _send_object(self, obj: Any) -> v.Value:
        if issubclass(type(obj), Handle) and obj._peer is self:
            return v.Ref(obj._ref, mine=False)
        shown = self.host.expose(obj)
        if shown is not None:
            return shown
        self._room()
        return v.Ref(self._issued.issue(obj), mine=True, type=_type_name(obj), callable=callable(obj))


class _Call:
    """What is known of a request while it is answered."""

    def __init__(self, sent: Sent, before: Before, inputs: list[Any], size: int) -> None:
        self.sent = sent
        self.before = before
        self.inputs = inputs
        self.size = size


def _type_name(obj: Any) -> str:
    name = type(obj).__name__
    return plain_text(name) if issubclass(type(name), str) else "object"
