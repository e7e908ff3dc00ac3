"""Makes networks.json: what PyTorch computes, in double precision, for networks that Gala's tests build for themselves.

Nothing large is stored. Parameters, observations and returns come from a formula that both sides compute exactly:
element i of a stream is (h(i, stream) mod 2048 - 1024) / 1024 * scale, with h the 32-bit integer hash below.

    tensor t of the layout (flat, in Gala's shapes)   stream t,    scale as recorded
    observations [rows, height, width, channels]      stream 100,  scale 1
    returns R [rows]                                  stream 101,  scale 1
    action of row r                                   r mod actions
    first states h, c [simulators, 2 units]           stream 102,  scale 1

A network with a memory runs over steps x simulators rows, row t * simulators + n; a state goes on to the next step unless the
row is in "ended". Gala's LSTM has one bias; PyTorch's two are that bias and zero.

Loss, as in the design: value_coefficient mean((R - V)^2) - mean(stop(R - V) log pi(a)) - entropy_coefficient mean(H).

Of every tensor the file holds its sum, its Euclidean norm and the samples at 0, step, 2 step, ... of its flat order.
"after" holds the parameters after ten updates on the same rows, gradients clipped at a global norm of 0.5
(g * min(1, 0.5 / (norm + 1e-6))): RMSProp with eps outside the root, Adam with bias correction.

    python3 make_golden.py > networks.json       (needs torch and numpy)
"""

import json

import numpy
import torch

ENTROPY, VALUE, CLIP, UPDATES = 0.01, 0.5, 0.5, 10
RMSPROP = {"lr": 7e-4, "alpha": 0.99, "eps": 1e-5}
ADAM = {"lr": 1e-3, "betas": (0.9, 0.999), "eps": 1e-5}
NETWORKS = {
    "minatar": {"input": [10, 10, 4], "actions": 6, "rows": 5, "scale": 0.125,
                "torso": [("convolution", 16, 3, 1, "relu"), ("dense", 128, "relu")]},
    "mlp": {"input": [1, 1, 4], "actions": 2, "rows": 7, "scale": 0.5,
            "torso": [("dense", 64, "tanh"), ("dense", 64, "tanh")]},
    "strided": {"input": [13, 11, 3], "actions": 3, "rows": 3, "scale": 0.25,
                "torso": [("convolution", 5, 3, 2, "relu"), ("convolution", 18, 2, 1, "relu"), ("dense", 33, "relu")]},
    "residual": {"input": [10, 10, 4], "actions": 3, "rows": 3, "scale": 0.125,
                 "torso": [("convolution", 16, 3, 1, "none", 1), ("pooling", 3, 2, 1), ("residual",), ("residual",),
                           ("convolution", 5, 3, 2, "tanh", 1), ("residual",), ("activation", "relu"), ("dense", 20, "relu")]},
    "lstm": {"input": [5, 4, 2], "actions": 3, "rows": 15, "scale": 0.25, "memory": 21, "simulators": 3, "ended": [2, 4, 11],
             "torso": [("convolution", 6, 2, 1, "relu"), ("dense", 17, "tanh")]},
}


def stream(length, number, scale):
    i = numpy.arange(length, dtype=numpy.uint32) + numpy.uint32((number * 0x9E3779B9) % 2**32)
    i = (i ^ (i >> numpy.uint32(16))) * numpy.uint32(0x85EBCA6B)
    i = (i ^ (i >> numpy.uint32(13))) * numpy.uint32(0xC2B2AE35)
    i = i ^ (i >> numpy.uint32(16))
    return ((i % 2048).astype(numpy.float64) - 1024) / 1024 * scale


def outputs(size, kernel, stride, padding=0):
    return (size + 2 * padding - kernel) // stride + 1


def layout(network):
    height, width, channels = network["input"]
    shapes = []
    for layer in network["torso"]:
        if layer[0] == "convolution":
            _, filters, kernel, stride, _, *padding = layer
            shapes += [[kernel, kernel, channels, filters], [filters]]
            height, width, channels = outputs(height, kernel, stride, *padding), outputs(width, kernel, stride, *padding), filters
        elif layer[0] == "pooling":
            height, width = outputs(height, *layer[1:]), outputs(width, *layer[1:])
        elif layer[0] == "residual":
            shapes += 2 * [[3, 3, channels, channels], [channels]]
        elif layer[0] == "dense":
            shapes += [[height * width * channels, layer[1]], [layer[1]]]
            height, width, channels = 1, 1, layer[1]
    features = height * width * channels
    if "memory" in network:
        units = network["memory"]
        shapes += [[features, 4 * units], [units, 4 * units], [4 * units]]
        features = units
    return shapes + [[features, network["actions"]], [network["actions"]], [features, 1], [1]]


def convolve(x, weight, bias, stride=1, padding=1):
    x = torch.nn.functional.conv2d(x.permute(0, 3, 1, 2), weight.permute(3, 2, 0, 1), bias, stride=stride, padding=padding)
    return x.permute(0, 2, 3, 1)


def forward(network, tensors, observations):
    x = observations  # [rows, height, width, channels]
    following = iter(tensors)
    for layer in network["torso"]:
        kind, activation = layer[0], layer[-1]
        if kind == "convolution":
            padding = layer[5] if len(layer) > 5 else 0
            x, activation = convolve(x, next(following), next(following), layer[3], padding), layer[4]
        elif kind == "pooling":
            x = torch.nn.functional.max_pool2d(x.permute(0, 3, 1, 2), *layer[1:]).permute(0, 2, 3, 1)
        elif kind == "residual":
            inner = convolve(torch.relu(x), next(following), next(following))
            x = x + convolve(torch.relu(inner), next(following), next(following))
        elif kind == "dense":
            x = x.reshape(x.shape[0], -1) @ next(following) + next(following)
        x = torch.relu(x) if activation == "relu" else torch.tanh(x) if activation == "tanh" else x
    x = x.reshape(x.shape[0], -1)
    if "memory" in network:
        x = remember(network, tensors[-7:-4], x)
    return x @ tensors[-4] + tensors[-3], (x @ tensors[-2] + tensors[-1])[:, 0]


def remember(network, tensors, x):
    input_weight, recurrent_weight, bias = tensors
    simulators, units = network["simulators"], network["memory"]
    cell = torch.nn.LSTMCell(x.shape[1], units).double()
    parameters = {"weight_ih": input_weight.T, "weight_hh": recurrent_weight.T, "bias_ih": bias, "bias_hh": torch.zeros_like(bias)}
    states = torch.tensor(stream(simulators * 2 * units, 102, 1).reshape(simulators, 2, units))
    h, c = states[:, 0], states[:, 1]
    outputs = []
    for row in range(0, x.shape[0], simulators):
        h, c = torch.nn.utils.stateless.functional_call(cell, parameters, (x[row:row + simulators], (h, c)))
        outputs.append(h)
        goes_on = torch.tensor([[0.0 if row + i in network["ended"] else 1.0] for i in range(simulators)], dtype=torch.float64)
        h, c = h * goes_on, c * goes_on
    return torch.cat(outputs)


def losses(network, tensors, observations, returns):
    logits, values = forward(network, tensors, observations)
    log_policy = torch.log_softmax(logits, dim=1)
    rows = torch.arange(network["rows"])
    advantages = (returns - values).detach()
    policy = -(advantages * log_policy[rows, rows % network["actions"]]).mean()
    value = ((returns - values) ** 2).mean()
    entropy = -(log_policy.exp() * log_policy).sum(dim=1).mean()
    return logits, values, policy, value, entropy, policy + VALUE * value - ENTROPY * entropy


def summary(tensors):
    result = []
    for tensor in tensors:
        flat = tensor.detach().reshape(-1)
        step = max(1, len(flat) // 61)
        result.append({"sum": float(flat.sum()), "norm": float(flat.norm()), "step": step,
                       "samples": [float(f"{x:.9g}") for x in flat[::step].tolist()]})
    return result


def fresh(network):
    return [torch.tensor(stream(int(numpy.prod(shape)), t, network["scale"]).reshape(shape)).requires_grad_()
            for t, shape in enumerate(layout(network))]


def golden(name, network):
    rows = network["rows"]
    shape = [rows] + network["input"]
    observations = torch.tensor(stream(int(numpy.prod(shape)), 100, 1).reshape(shape))
    returns = torch.tensor(stream(rows, 101, 1))
    tensors = fresh(network)
    logits, values, policy, value, entropy, loss = losses(network, tensors, observations, returns)
    loss.backward()
    after = {}
    for optimizer_name, optimizer_class, settings in (("rmsprop", torch.optim.RMSprop, RMSPROP), ("adam", torch.optim.Adam, ADAM)):
        trained = fresh(network)
        optimizer = optimizer_class(trained, **settings)
        norms = []
        for _ in range(UPDATES):
            optimizer.zero_grad()
            losses(network, trained, observations, returns)[-1].backward()
            norms.append(float(torch.nn.utils.clip_grad_norm_(trained, CLIP)))
            optimizer.step()
        after[optimizer_name] = {"settings": settings, "gradientNorms": norms, "parameters": summary(trained)}
    trajectories = {key: network[key] for key in ("simulators", "ended") if key in network}
    return {"name": name, "rows": rows, "scale": network["scale"], **trajectories,
            "logits": logits.detach().reshape(-1).tolist(), "values": values.detach().tolist(),
            "losses": {"policy": float(policy), "value": float(value), "entropy": float(entropy), "total": float(loss)},
            "gradients": summary([tensor.grad for tensor in tensors]), "after": after}


print(json.dumps({"torch": torch.__version__, "entropyCoefficient": ENTROPY, "valueCoefficient": VALUE,
                  "clip": CLIP, "updates": UPDATES,
                  "networks": [golden(name, network) for name, network in NETWORKS.items()]}, separators=(",", ":")))
