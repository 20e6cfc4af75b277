"""By which operations of torch's a ready-made function gives itself away, whatever name it is called by.

Only what is unmistakable stands here: an operation that nobody gets who builds the same thing from simpler ones. Read
from what PyTorch 2.15 dispatches for each function on the CPU, and the CUDA names in native_functions.yaml.
"""

from __future__ import annotations

_PRODUCTS = frozenset({"mm", "bmm", "mv", "dot", "vdot", "addmm", "addmv", "baddbmm", "addbmm", "_addmm_activation"})
_PRODUCTS |= {"linear", "_scaled_mm", "_cdist_forward", "_euclidean_dist"}
_SOFTMAX = frozenset({"_softmax", "_safe_softmax"})
_LOG_SOFTMAX = frozenset({"_log_softmax"})
_NEGATIVE_LOG_LIKELIHOOD = frozenset({"nll_loss_forward", "nll_loss2d_forward", "nll_loss_nd", "nll_loss"})
_ATTENTION = frozenset(
    {
        "_scaled_dot_product_flash_attention_for_cpu",
        "_scaled_dot_product_flash_attention",
        "_scaled_dot_product_efficient_attention",
        "_scaled_dot_product_cudnn_attention",
        "_scaled_dot_product_fused_attention_overrideable",
        "_native_multi_head_attention",
    }
)
_CONVOLUTION = frozenset({"convolution", "_convolution", "convolution_overrideable", "cudnn_convolution"})
_CONVOLUTION |= {"mkldnn_convolution", "_slow_conv2d_forward", "slow_conv3d_forward"}
_BATCH_NORM = frozenset({"native_batch_norm", "cudnn_batch_norm", "_native_batch_norm_legit"})
_BATCH_NORM |= {"_native_batch_norm_legit_no_training", "_batch_norm_with_update", "_batch_norm_no_update"}
_MAX_POOL = frozenset({"max_pool2d_with_indices", "max_pool3d_with_indices", "mkldnn_max_pool2d"})
_AVERAGE_POOL = frozenset({"avg_pool2d", "avg_pool3d", "_adaptive_avg_pool2d", "_adaptive_avg_pool3d"})

_TABLE: dict[str, frozenset[str]] = {
    "@": _PRODUCTS,
    "matmul": _PRODUCTS,
    "linear": frozenset({"linear", "addmm", "_addmm_activation"}),
    "softmax": _SOFTMAX | _LOG_SOFTMAX | _ATTENTION,
    "logsoftmax": _LOG_SOFTMAX,
    "crossentropy": _NEGATIVE_LOG_LIKELIHOOD,
    "nllloss": _NEGATIVE_LOG_LIKELIHOOD,
    "mseloss": frozenset({"mse_loss"}),
    "huberloss": frozenset({"huber_loss"}),
    "smoothl1loss": frozenset({"smooth_l1_loss"}),
    "binarycrossentropy": frozenset({"binary_cross_entropy", "binary_cross_entropy_with_logits"}),
    "binarycrossentropywithlogits": frozenset({"binary_cross_entropy", "binary_cross_entropy_with_logits"}),
    "logsumexp": frozenset({"logsumexp"}) | _LOG_SOFTMAX,
    "cdist": frozenset({"_cdist_forward", "_euclidean_dist"}),
    "layernorm": frozenset({"native_layer_norm"}),
    "batchnorm": _BATCH_NORM,
    "instancenorm": _BATCH_NORM,
    "groupnorm": frozenset({"native_group_norm"}),
    "dropout": frozenset({"native_dropout"}),
    "conv": _CONVOLUTION,
    "scaleddotproductattention": _ATTENTION,
    "multiheadattention": _ATTENTION,
    "lstm": frozenset({"mkldnn_rnn_layer", "_cudnn_rnn", "_thnn_fused_lstm_cell", "lstm"}),
    "gru": frozenset({"_cudnn_rnn", "_thnn_fused_gru_cell", "gru"}),
    "embedding": frozenset({"embedding"}),
    "maxpool": _MAX_POOL,
    "avgpool": _AVERAGE_POOL,
    "adaptiveavgpool": _AVERAGE_POOL,
    "gelu": frozenset({"gelu"}),
    "silu": frozenset({"silu"}),
    "softplus": frozenset({"softplus"}),
    "fold": frozenset({"col2im"}),
    "unfold": frozenset({"im2col"}),
}


def operations_of(api: str) -> frozenset[str]:
    """The operations, without "aten.", that give the use of `api` away; none where it leaves no sure trace."""
    name = api.rpartition(".")[2].replace("_", "").lower() if api != "@" else api
    for known in (name, name.removesuffix("loss"), name.rstrip("123d")):
        if known in _TABLE:
            return _TABLE[known]
    return frozenset()
