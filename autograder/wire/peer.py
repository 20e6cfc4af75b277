"""One end of a connection on which both ends may ask: calls out, calls back, references and gradients."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from msgspec import structs

from autograder.wire import values as v
from autograder.wire.answering import Answering
from autograder.wire.clock import Doing
from autograder.wire.decode import Decoder
from autograder.wire.devices import beside, home, wanted
from autograder.wire.effects import Changed, Question, Sent, apply_change, apply_content
from autograder.wire.encode import Encoder, pack_tensor
from autograder.wire.frames import Buffers, Channel, Payload, WireError
from autograder.wire.graph import make_attach
from autograder.wire.host import Host
from autograder.wire.leaves import differentiable
from autograder.wire.recorder import aside


class Peer(Answering):
    """Asks and answers over one channel, one request at a time, nested calls back included."""

    def __init__(self, torch: Any, channel: Channel, host: Host) -> None:
        super().__init__(torch, channel, host)
        self.calls = 0
        self._waiting = 0
        self._attach = make_attach(torch)

    @property
    def in_step(self) -> bool:
        """No question waits for its answer. False for good once an exception has cut in between the two."""
        return self._waiting == 0

    @property
    def reshaped(self) -> int:
        """How often the other end gave a leaf that both know, a parameter, another shape."""
        return self._leaves.reshaped

    def operate(self, op: str, *args: Any, **kwargs: Any) -> Any:
        """Ask the other end to do `op` and return its result.

        Raises:
            what Host.raised() makes of an exception there; WireError, PeerGone, PeerLate.
        """
        return self._ask(op, args, kwargs, ())

    def misled(self, what: str) -> Exception:
        """What to raise for an answer that is one, and does not fit the question."""
        return WireError(what)

    def _ask(self, op: str, args: Sequence[Any], kwargs: dict[str, Any], behind: Sequence[Any]) -> Any:
        """`behind`: inputs of the asked node that lie on the other end already (those of a node being
        differentiated)."""
        doing = self.clock.turn(Doing.ASKING)
        try:
            with aside():
                return self._asked(op, args, kwargs, behind)
        finally:
            self.clock.turn(doing)

    def _asked(self, op: str, args: Sequence[Any], kwargs: dict[str, Any], behind: Sequence[Any]) -> Any:
        question = Question(op, args, kwargs)
        buffers = Buffers()
        encoder = Encoder(
            self.torch, buffers, lambda t: self._send_tensor(t, question.sent, buffers), self._send_object
        )
        given, named = question.encoded(encoder)
        self.calls += 1
        request = v.Request(
            id=self.calls,
            op=op,
            args=given,
            kwargs=named,
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
        return self._receive(reply, payload, question, behind)

    def _may_change(self, changed: Changed) -> bool:
        """Whether what the other end did to its copy of an argument is to be done to this end's own."""
        del changed
        return True

    def _await(self, request: int) -> tuple[v.Reply, Payload]:
        while True:
            message, payload = self.channel.receive()
            if isinstance(message, v.Request):
                self._answer(message, payload)
            elif message.id == request:
                return message, payload
            else:
                raise WireError("an answer to a question that was not asked")

    def _receive(self, reply: v.Return, payload: Payload, question: Question, behind: Sequence[Any]) -> Any:
        sent = question.sent
        outputs: list[Any] = []
        instead: dict[int, Any] = {}
        given: dict[int, Any] = {}  # once it is known what became of them

        def on_reference(value: v.Value, decoder: Decoder) -> Any:
            if isinstance(value, v.Sent) and value.index in instead:
                return instead[value.index]
            if isinstance(value, v.Given):
                if value.index not in given:
                    raise WireError("an argument that does not exist, or is twice in one answer")
                return given.pop(value.index)
            return self._reference(value, decoder, sent, outputs)

        decoder = Decoder(self.torch, payload, on_reference)
        self._leaves.apply(reply.touched, reply.written, decoder)
        self._let_go(reply.release)
        if reply.outputs:
            outputs += self._outputs(reply, decoder, sent, behind)
        for change in reply.changes:
            if change.content is not None and not self._may_change(question.changed_tensor(change.index)):
                instead[change.index] = self._changed_copy(change.content, decoder, sent, outputs)
                change = structs.replace(change, content=None)  # what is left to apply
            apply_change(self.torch, sent.at(change.index), change, decoder, outputs)
        copies: dict[int, Any] = {}
        for index, content in reply.contents:
            changed, became = question.changed_content(index), decoder.object(content)
            if self._may_change(changed):
                apply_content(changed.value, became)
            else:
                copies[index] = became
        given |= dict(enumerate(question.mutable)) | copies
        return decoder.object(reply.value)

    def _changed_copy(self, content: v.Tensor | v.Out, decoder: Decoder, sent: Sent, outputs: list[Any]) -> Any:
        """What stands for an argument in the reply where this end's own was not changed as its copy was."""
        if isinstance(content, v.Tensor):
            return _at_home(decoder.tensor(content), sent)
        return self._reference(content, decoder, sent, outputs)

    def _outputs(self, reply: v.Return, decoder: Decoder, sent: Sent, behind: Sequence[Any]) -> list[Any]:
        """The differentiable tensors of a reply, hung on a node of this end's graph."""
        raw = [_at_home(decoder.tensor(out), sent) for out in reply.outputs]
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
                return _at_home(decoder.tensor(value), sent)
            case v.Tensor():
                return self._leaves.borrow(value, decoder)
            case _:
                return self._object(value)

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
            device=wanted(tensor),
        )


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
            raise self._peer.misled("gradients that are not as many as the inputs")
        found = found + [None] * (len(inputs) - len(found))  # the sink, where there is one
        return [None if grad is None else self._fitting(grad, given) for grad, given in zip(found, inputs, strict=True)]

    def accumulate(self) -> None:
        self._peer.operate("accumulate", self._node)

    def _fitting(self, grad: Any, given: Any) -> Any:
        if not isinstance(grad, self._peer.torch.Tensor) or grad.shape != given.shape or grad.dtype != given.dtype:
            raise self._peer.misled("a gradient that does not fit its input")
        return beside(grad, given)


def _at_home(tensor: Any, sent: Sent) -> Any:
    device = home(sent.tensors)
    return tensor if device is None else tensor.to(device)


def _alias(torch: Any, tensor: Any) -> Any:
    with torch.enable_grad():
        return tensor.clone()
