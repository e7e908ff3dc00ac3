"""Gala's networks in PyTorch, by the names of their presets: what the scripts beside this file measure."""

import ctypes
import os
import platform
from pathlib import Path

# Read once, when the libraries below are loaded.
os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
PROCESSOR = Path("/proc/cpuinfo")
if PROCESSOR.exists() and "AuthenticAMD" in PROCESSOR.read_text():  # OpenBLAS would take AVX-512 kernels, slower for 16 rows
    os.environ.setdefault("OPENBLAS_CORETYPE", "Zen")

import torch  # noqa: E402
from torch import nn  # noqa: E402

ACTIONS = 6
M_TRIM_THRESHOLD, M_MMAP_MAX = -1, -4  # of mallopt(3)
BOARD, SCREEN, VECTOR = (4, 10, 10), (4, 84, 84), (4,)  # channels first, as PyTorch likes them
OBSERVATIONS = {  # by preset
    "minatar": BOARD, "nature": SCREEN, "mlp": VECTOR,
    "minatar-lstm": BOARD, "nature-lstm": SCREEN, "mlp-lstm": VECTOR,
    "impala-shallow": SCREEN, "impala-deep": SCREEN}
MEMORY = {"minatar-lstm": 128, "nature-lstm": 256, "mlp-lstm": 64, "impala-shallow": 256, "impala-deep": 256}  # LSTM units


def convolution(inputs, filters, kernel, stride=1):
    return nn.Sequential(nn.Conv2d(inputs, filters, kernel, stride), nn.ReLU(inplace=True))


def dense(inputs, units):
    return nn.Sequential(nn.Flatten(), nn.Linear(inputs, units), nn.ReLU(inplace=True))


class Residual(nn.Module):
    """x + conv(relu(conv(relu(x)))), 3 x 3 throughout."""

    def __init__(self, filters):
        super().__init__()
        self.first = nn.Conv2d(filters, filters, 3, padding=1)
        self.second = nn.Conv2d(filters, filters, 3, padding=1)

    def forward(self, images):
        inner = self.second(torch.relu_(self.first(torch.relu(images))))
        return inner.add_(images)


def section(inputs, filters):
    """A third of IMPALA's deep torso."""
    return nn.Sequential(
        nn.Conv2d(inputs, filters, 3, padding=1), nn.MaxPool2d(3, 2, padding=1), Residual(filters), Residual(filters))


def make_torso(preset):
    """The layers before the memory and the heads, and how many features they give."""
    name = preset.removesuffix("-lstm")
    channels = OBSERVATIONS[preset][0]
    if name == "minatar":
        return nn.Sequential(convolution(channels, 16, 3), dense(16 * 8 * 8, 128)), 128
    if name == "nature":
        return nn.Sequential(
            convolution(channels, 32, 8, 4), convolution(32, 64, 4, 2), convolution(64, 32, 3), dense(32 * 7 * 7, 512)), 512
    if name == "mlp":
        return nn.Sequential(nn.Linear(channels, 64), nn.Tanh(), nn.Linear(64, 64), nn.Tanh()), 64
    if name == "impala-shallow":
        return nn.Sequential(convolution(channels, 16, 8, 4), convolution(16, 32, 4, 2), dense(32 * 9 * 9, 256)), 256
    return nn.Sequential(
        section(channels, 16), section(16, 32), section(32, 32), nn.ReLU(inplace=True), dense(32 * 11 * 11, 256)), 256


class Memory(nn.Module):
    """An LSTM with one bias, the gates in the order i, f, o, g so that one sigmoid serves three."""

    def __init__(self, inputs, units):
        super().__init__()
        self.units = units
        self.input = nn.Linear(inputs, 4 * units)
        self.recurrent = nn.Linear(units, 4 * units, bias=False)

    def step(self, projected, state):
        """One step of every simulator from x Wx + b, shape [N, 4 units]."""
        hidden, cell = state
        gates = torch.addmm(projected, hidden, self.recurrent.weight.t())
        opened, candidate = gates.split((3 * self.units, self.units), 1)
        entered, kept, shown = opened.sigmoid().chunk(3, 1)
        cell = torch.addcmul(kept * cell, entered, candidate.tanh())
        return shown * cell.tanh(), cell


class ActorCritic(nn.Module):
    """A torso, an LSTM where the preset has one, a linear policy head and a linear value head."""

    def __init__(self, preset):
        super().__init__()
        self.torso, features = make_torso(preset)
        self.memory = Memory(features, MEMORY[preset]) if preset in MEMORY else None
        features = MEMORY.get(preset, features)
        self.policy = nn.Linear(features, ACTIONS)
        self.value = nn.Linear(features, 1)

    def forward(self, observations):
        """Logits and values of rows that do not depend on each other."""
        return self.heads(self.torso(observations))

    def step(self, observations, state):
        """Logits, values and the state after one step of every simulator: (h, c), or () where there is no memory."""
        features = self.torso(observations)
        if self.memory is not None:
            state = self.memory.step(self.memory.input(features), state)
            features = state[0]
        return *self.heads(features), state

    def unroll(self, observations, state, going_on):
        """Logits and values of T steps of N simulators: the torso over all rows at once, then the memory step by step.

        going_on, shape [T, N, 1], is 0 where an episode ended with step t, so that the next one starts from zeros."""
        features = self.torso(observations)
        if self.memory is None:
            return self.heads(features)
        steps, simulators, _ = going_on.shape
        hidden = []
        for projected, mask in zip(self.memory.input(features).view(steps, simulators, -1).unbind(), going_on.unbind()):
            state = self.memory.step(projected, state)
            hidden.append(state[0])
            state = (state[0] * mask, state[1] * mask)
        return self.heads(torch.cat(hidden))

    def heads(self, features):
        return self.policy(features), self.value(features).squeeze(1)

    def zero_state(self, simulators):
        if self.memory is None:
            return ()
        return torch.zeros(simulators, self.memory.units), torch.zeros(simulators, self.memory.units)


def flatten(model):
    """Moves a model's parameters and gradients into one vector each, so that clipping and the optimiser make one call a
    step instead of one for each tensor: never slower than RMSprop(foreach=True), and a fifth quicker on small networks."""
    vector = nn.utils.parameters_to_vector(model.parameters()).detach().clone()
    gradients = torch.zeros_like(vector)
    start = 0
    for parameter in model.parameters():
        end = start + parameter.numel()
        parameter.data = vector[start:end].view_as(parameter)
        parameter.grad = gradients[start:end].view_as(parameter)
        start = end
    flat = nn.Parameter(vector)
    flat.grad = gradients
    return flat


def use_one_thread(preset):
    """One thread, the library for convolutions that is quicker (oneDNN loses on the small one of boards), and kept memory."""
    torch.set_num_threads(1)
    torch.set_flush_denormal(True)
    torch._C._set_mkldnn_enabled(OBSERVATIONS[preset] is not BOARD)
    if platform.libc_ver()[0] == "glibc":  # as it comes, it hands large tensors back to the system, and each new one faults again
        library = ctypes.CDLL(None)
        library.mallopt(M_MMAP_MAX, 0)
        library.mallopt(M_TRIM_THRESHOLD, 2**31 - 1)


def draw_observations(preset, kind, rows, generator):
    """Observations of shape [*rows, channels, height, width]: dense, uniform in [0, 1), or boards, 5% ones and else zeros.

    Screens are channels last in memory and boards channels first, each as PyTorch is quickest."""
    shape = OBSERVATIONS[preset]
    if shape is SCREEN:
        channels, height, width = shape
        return torch.rand((*rows, height, width, channels), generator=generator).movedim(-1, -3)
    uniform = torch.rand((*rows, *shape), generator=generator)
    return (uniform < 0.05).float() if kind == "boards" else uniform


def sample(logits):
    """Draws an action for each row: the quickest of PyTorch's ways for small batches (Gumbel's maximum)."""
    return (logits - torch.empty_like(logits).exponential_().log_()).argmax(1)


class Acting(nn.Module):
    """One step of acting, actions drawn: what torch.jit.trace is given."""

    def __init__(self, model):
        super().__init__()
        self.model = model

    def forward(self, observations, *state):
        logits, _, state = self.model.step(observations, state)
        return sample(logits), *state
