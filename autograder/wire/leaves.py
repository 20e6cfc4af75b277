"""Leaf tensors that both ends know: parameters. One end owns the leaf, the other has a stand-in for it (a proxy).

Every message brings both up to date: content, gradient, and whether it requires one. Comparing bits finds what no
version counter tells: `p.data -= ...`, and writing through numpy.
"""

from __future__ import annotations

import weakref
from collections.abc import Callable
from functools import cache
from typing import Any

from autograder.wire import values as v
from autograder.wire.decode import Decoder
from autograder.wire.devices import beside
from autograder.wire.encode import pack_tensor
from autograder.wire.frames import LARGE, Buffers, WireError
from autograder.wire.references import Held, Issued


class _Known:
    """A leaf as the other end last saw it."""

    def __init__(self, leaf: Any) -> None:
        self.content = leaf.detach().clone()
        self.grad = None if leaf.grad is None else leaf.grad.detach().clone()
        self.requires_grad = leaf.requires_grad

    def differs(self, torch: Any, leaf: Any) -> bool:
        return (
            leaf.requires_grad != self.requires_grad
            or not same_bits(torch, leaf, self.content)
            or not same_bits(torch, leaf.grad, self.grad)
        )


class Leaves:
    """Both tables of one end: its own leaves that it has lent, and its proxies."""

    def __init__(self, torch: Any, issued: Issued, held: Held, room: Callable[[], None]) -> None:
        """`room`: raises where there is none for another proxy."""
        self._torch = torch
        self._room = room
        self._issued = issued
        self._held = held
        self._lent: dict[int, _Known] = {}
        self._proxies: weakref.WeakValueDictionary[int, Any] = weakref.WeakValueDictionary()
        self._borrowed: dict[int, _Known] = {}
        self._until_told: list[Any] = []
        """The proxies, held until the next message: one may be written to and let go before that."""
        self._refs: dict[int, int] = {}
        self.reshaped = 0
        """How often the other end gave a leaf that both know another shape."""

    def __len__(self) -> int:
        """How many proxies there are."""
        return len(self._proxies)

    def lend(self, leaf: Any, buffers: Buffers) -> v.Tensor:
        """An own leaf as it is now, for the other end to have a proxy of."""
        ref = self._issued.issue(leaf)
        self._lent[ref] = _Known(leaf)
        return self._pack(leaf, ref, buffers)

    def own(self, ref: int) -> Any:
        """The own leaf that was lent under `ref`.

        Raises:
            WireError: none was.
        """
        if ref not in self._lent:
            raise WireError("a leaf that was never issued")
        return self._issued.get(ref)

    def lent(self, leaf: Any) -> int | None:
        """The reference under which an own leaf is lent, or None."""
        ref = self._issued.number(leaf)
        return ref if ref in self._lent else None

    def returned(self, ref: int) -> None:
        """The other end has dropped its proxy."""
        self._lent.pop(ref, None)

    def borrow(self, value: v.Tensor, decoder: Decoder) -> Any:
        """The proxy for a far leaf, brought up to date."""
        ref, content, gradient = self._unpack(value, decoder)
        self._held.receive(ref)
        proxy = self._proxies.get(ref)
        if proxy is None:
            self._room()
            proxy = content.clone()
            if value.parameter:
                proxy = self._torch.nn.Parameter(proxy)
            self._proxies[ref] = proxy
            self._refs[id(proxy)] = ref
            weakref.finalize(proxy, self._drop, id(proxy), ref).atexit = False
        self._update(proxy, content, gradient, value.grad)
        self._borrowed[ref] = _Known(proxy)
        self._until_told.append(proxy)
        return proxy

    def proxy(self, ref: int) -> Any:
        """The proxy for the far leaf `ref`, or None."""
        return self._proxies.get(ref)

    def reference(self, tensor: Any) -> int | None:
        """The far leaf that `tensor` is the proxy of, or None."""
        ref = self._refs.get(id(tensor))
        return ref if ref is not None and self._proxies.get(ref) is tensor else None

    def touched(self, buffers: Buffers) -> list[v.Tensor]:
        """Own leaves that are no longer as the other end knows them."""
        changed = [ref for ref, known in self._lent.items() if known.differs(self._torch, self._issued.get(ref))]
        return [self.lend(self._issued.get(ref), buffers) for ref in changed]

    def written(self, buffers: Buffers) -> list[v.Tensor]:
        """The other end's leaves that were changed here."""
        changed = []
        for ref in list(self._proxies):
            proxy = self._proxies[ref]
            if self._borrowed[ref].differs(self._torch, proxy):
                self._borrowed[ref] = _Known(proxy)
                changed.append(self._pack(proxy, ref, buffers))
            del proxy
        self._until_told.clear()  # here those end that nobody else holds
        self._until_told.extend(self._proxies.values())
        return changed

    def apply(self, touched: list[v.Tensor], written: list[v.Tensor], decoder: Decoder) -> None:
        """Bring this end up to date.

        Raises:
            WireError: what was sent fits no leaf.
        """
        for value in touched:
            self.borrow(value, decoder)
        for value in written:
            ref, content, gradient = self._unpack(value, decoder)
            leaf = self.own(ref)
            self._update(leaf, content, gradient, value.grad)
            self._lent[ref] = _Known(leaf)

    def _pack(self, leaf: Any, ref: int, buffers: Buffers) -> v.Tensor:
        gradient = None if leaf.grad is None else pack_tensor(self._torch, leaf.grad, buffers)
        parameter = isinstance(leaf, self._torch.nn.Parameter)
        return pack_tensor(
            self._torch, leaf, buffers, grad=leaf.requires_grad, owned=ref, gradient=gradient, parameter=parameter
        )

    def _unpack(self, value: v.Tensor, decoder: Decoder) -> tuple[int, Any, Any]:
        if value.owned is None:
            raise WireError("a leaf without its reference")
        content = decoder.tensor(value)
        gradient = None if value.gradient is None else decoder.tensor(value.gradient)
        if not differentiable(content):
            raise WireError("a leaf of a dtype that has no gradient")
        if gradient is not None and (gradient.shape != content.shape or gradient.dtype != content.dtype):
            raise WireError("a gradient that does not fit its tensor")
        return value.owned, content, gradient

    def _update(self, leaf: Any, content: Any, gradient: Any, requires_grad: bool) -> None:
        if leaf.dtype != content.dtype:
            raise WireError("a leaf that changed its dtype")
        self.reshaped += leaf.shape != content.shape
        content = beside(content, leaf)
        gradient = gradient if gradient is None else beside(gradient, leaf)
        if not same_bits(self._torch, leaf, content):
            overwrite(self._torch, leaf, content)
        if leaf.requires_grad != requires_grad:
            leaf.requires_grad_(requires_grad)
        if not same_bits(self._torch, leaf.grad, gradient):
            leaf.grad = gradient

    def _drop(self, key: int, ref: int) -> None:
        self._refs.pop(key, None)
        self._borrowed.pop(ref, None)
        self._held.drop(ref)


def differentiable(tensor: Any) -> bool:
    """Whether its dtype can have a gradient."""
    return bool(tensor.is_floating_point() or tensor.is_complex())


def overwrite(torch: Any, tensor: Any, content: Any) -> None:
    """Make `tensor` what the other end made of it, in place, so that its version tells of the change."""
    with torch.no_grad():
        if tensor.shape == content.shape and tensor.dtype == content.dtype and _owns_memory(tensor):
            tensor.copy_(content)
        else:
            tensor.data = content.to(tensor.device, tensor.dtype)
            torch.autograd.graph.increment_version(tensor)


def same_bits(torch: Any, now: Any, before: Any) -> bool:
    """Whether two tensors, or None, are alike to the bit: NaN is NaN."""
    if now is None or before is None:
        return now is before
    if now.shape != before.shape or now.dtype != before.dtype or now.device != before.device:
        return False
    if now.layout is not torch.strided or before.layout is not torch.strided:
        now, before = now.to_dense(), before.to_dense()
    plain = _plain(torch, now), _plain(torch, before)
    wide = all(map(_is_wide, plain))  # eight bytes are compared as soon as one
    bits = torch.int64 if wide else _integers(torch)[plain[0].element_size()]
    return bool(torch.equal(plain[0].view(bits), plain[1].view(bits)))


def _plain(torch: Any, tensor: Any) -> Any:
    plain = tensor.detach()
    if plain.is_complex():
        plain = torch.view_as_real(plain.resolve_conj())
    return plain.resolve_neg() if plain.is_neg() else plain


def _is_wide(tensor: Any) -> bool:
    return bool(
        tensor.numel() * tensor.element_size() >= LARGE
        and tensor.is_contiguous()
        and tensor.shape[-1] * tensor.element_size() % 8 == 0
        and tensor.storage_offset() * tensor.element_size() % 8 == 0
    )


@cache
def _integers(torch: Any) -> dict[int, Any]:
    """The dtype of so many bytes in which numbers are alike only if their bits are."""
    return {1: torch.uint8, 2: torch.int16, 4: torch.int32, 8: torch.int64}


def _owns_memory(tensor: Any) -> bool:
    """No two elements share memory: an expanded tensor cannot be written to."""
    return all(stride != 0 or size <= 1 for stride, size in zip(tensor.stride(), tensor.shape, strict=True))
