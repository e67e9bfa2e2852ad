"""CAM++ speaker embedding network.

Wang et al. 2023, "CAM++: A Fast and Efficient Network for Speaker Verification Using
Context-Aware Masking", https://arxiv.org/abs/2303.00332. The layer names follow the published
implementation (3D-Speaker, speakerlab/models/campplus, Apache-2.0), so that its weights load.
Imported in the diarization worker only: it needs torch.
"""

from pathlib import Path

import torch
import torch.nn.functional as F  # noqa: N812 - torch's own convention
from torch import Tensor, nn

FEATURES = 80  # mel bins
DIMENSION = 192
STRIDE = 2  # feature frames per output frame
SEGMENT_FRAMES = 100  # context segment of the masking layers, output frames


class _ResidualBlock(nn.Module):
    def __init__(self, channels: int, stride: int) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(channels, channels, 3, (stride, 1), 1, bias=False)
        self.bn1 = nn.BatchNorm2d(channels)
        self.conv2 = nn.Conv2d(channels, channels, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(channels)
        self.shortcut = nn.Sequential()
        if stride != 1:
            self.shortcut = nn.Sequential(
                nn.Conv2d(channels, channels, 1, (stride, 1), bias=False),
                nn.BatchNorm2d(channels),
            )

    def forward(self, x: Tensor) -> Tensor:
        out = F.relu(self.bn1(self.conv1(x)))
        return F.relu(self.bn2(self.conv2(out)) + self.shortcut(x))


class _Head(nn.Module):
    """2-D convolutions over the spectrum: [b, 80, t] -> [b, 320, t]."""

    def __init__(self, channels: int = 32) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(1, channels, 3, 1, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(channels)
        self.layer1 = nn.Sequential(_ResidualBlock(channels, 2), _ResidualBlock(channels, 1))
        self.layer2 = nn.Sequential(_ResidualBlock(channels, 2), _ResidualBlock(channels, 1))
        self.conv2 = nn.Conv2d(channels, channels, 3, (2, 1), 1, bias=False)
        self.bn2 = nn.BatchNorm2d(channels)
        self.out_channels = channels * FEATURES // 8

    def forward(self, x: Tensor) -> Tensor:
        x = F.relu(self.bn1(self.conv1(x.unsqueeze(1))))
        x = F.relu(self.bn2(self.conv2(self.layer2(self.layer1(x)))))
        return x.flatten(1, 2)


def _nonlinear(channels: int, affine: bool = True, relu: bool = True) -> nn.Sequential:
    layers = nn.Sequential()
    layers.add_module("batchnorm", nn.BatchNorm1d(channels, affine=affine))
    if relu:
        layers.add_module("relu", nn.ReLU(inplace=True))
    return layers


class _Tdnn(nn.Module):
    def __init__(self, channels: int, out: int) -> None:
        super().__init__()
        self.linear = nn.Conv1d(channels, out, 5, STRIDE, 2, bias=False)
        self.nonlinear = _nonlinear(out)

    def forward(self, x: Tensor) -> Tensor:
        return self.nonlinear(self.linear(x))


class _Masking(nn.Module):
    """Context-aware masking: a local convolution gated by global and segment context."""

    def __init__(self, channels: int, out: int, dilation: int) -> None:
        super().__init__()
        self.linear_local = nn.Conv1d(
            channels, out, 3, padding=dilation, dilation=dilation, bias=False
        )
        self.linear1 = nn.Conv1d(channels, channels // 2, 1)
        self.linear2 = nn.Conv1d(channels // 2, out, 1)

    def forward(self, x: Tensor) -> Tensor:
        n = SEGMENT_FRAMES
        segments = F.avg_pool1d(x, n, n, ceil_mode=True).repeat_interleave(n, -1)
        context = x.mean(-1, keepdim=True) + segments[..., : x.shape[-1]]
        return self.linear_local(x) * torch.sigmoid(self.linear2(F.relu(self.linear1(context))))


class _DenseLayer(nn.Module):
    def __init__(self, channels: int, bottleneck: int, out: int, dilation: int) -> None:
        super().__init__()
        self.nonlinear1 = _nonlinear(channels)
        self.linear1 = nn.Conv1d(channels, bottleneck, 1, bias=False)
        self.nonlinear2 = _nonlinear(bottleneck)
        self.cam_layer = _Masking(bottleneck, out, dilation)

    def forward(self, x: Tensor) -> Tensor:
        return self.cam_layer(self.nonlinear2(self.linear1(self.nonlinear1(x))))


class _DenseBlock(nn.ModuleList):
    def __init__(self, layers: int, channels: int, growth: int, dilation: int) -> None:
        super().__init__()
        for i in range(layers):
            layer = _DenseLayer(channels + i * growth, 4 * growth, growth, dilation)
            self.add_module(f"tdnnd{i + 1}", layer)

    def forward(self, x: Tensor) -> Tensor:
        for layer in self:
            x = torch.cat([x, layer(x)], dim=1)
        return x


class _Transit(nn.Module):
    def __init__(self, channels: int) -> None:
        super().__init__()
        self.nonlinear = _nonlinear(channels)
        self.linear = nn.Conv1d(channels, channels // 2, 1, bias=False)

    def forward(self, x: Tensor) -> Tensor:
        return self.linear(self.nonlinear(x))


class _Dense(nn.Module):
    def __init__(self, channels: int, out: int) -> None:
        super().__init__()
        self.linear = nn.Conv1d(channels, out, 1, bias=False)
        self.nonlinear = _nonlinear(out, affine=False, relu=False)

    def forward(self, x: Tensor) -> Tensor:
        return self.nonlinear(self.linear(x.unsqueeze(-1)).squeeze(-1))


def _backbone(channels: int, growth: int = 32, width: int = 128) -> nn.Sequential:
    x = nn.Sequential()
    x.add_module("tdnn", _Tdnn(channels, width))
    for number, (layers, dilation) in enumerate(((12, 1), (24, 2), (16, 2)), 1):
        x.add_module(f"block{number}", _DenseBlock(layers, width, growth, dilation))
        width += layers * growth
        x.add_module(f"transit{number}", _Transit(width))
        width //= 2
    x.add_module("out_nonlinear", _nonlinear(width))
    x.add_module("dense", _Dense(width * 2, DIMENSION))
    return x


class CamPlusPlus(nn.Module):
    """Speaker embedding of speech, 192 numbers."""

    def __init__(self) -> None:
        super().__init__()
        self.head = _Head()
        self.xvector = _backbone(self.head.out_channels)

    @classmethod
    def load(cls, path: Path) -> "CamPlusPlus":
        """Read the published weights; raises what torch raises for a bad file."""
        model = cls()
        model.load_state_dict(torch.load(path, map_location="cpu", weights_only=True))
        return model.eval()

    def frames(self, features: Tensor) -> Tensor:
        """Frame-level representation: float32[b, t, 80] -> float32[b, c, ceil(t / 2)]."""
        x = self.head(features.transpose(1, 2))
        for name, layer in self.xvector.named_children():
            if name != "dense":
                x = layer(x)
        return x

    def pool(self, frames: Tensor) -> Tensor:
        """Embedding of some frames: float32[b, c, t] -> float32[b, 192]."""
        return self.embed(frames.mean(-1), frames.std(-1))

    def embed(self, mean: Tensor, deviation: Tensor) -> Tensor:
        """Embedding from the statistics of some frames: float32[b, c] twice -> float32[b, 192]."""
        return self.xvector.dense(torch.cat([mean, deviation], dim=-1))

    def forward(self, features: Tensor) -> Tensor:
        """Embedding: float32[b, t, 80] -> float32[b, 192]."""
        return self.pool(self.frames(features))
