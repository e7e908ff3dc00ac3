"""Writes optimizers.json: ten steps of PyTorch's optimisers on gradients made by a formula.

    python3 make_optimizer_golden.py > optimizers.json

Made with PyTorch 1.13. With ((i * 7919 + s * 104729 + salt) % 2003) / 1001 - 1 =: f(i, s, salt):
parameter i starts at f(i, 0, 17); its gradient at step s = 1, 2, ... is 0.3 * f(i, s, 101) * (0.1 when i is a multiple
of 3, else 1), and 0 for i = 5, a parameter that is never used. Numbers are rounded to float32 before use.
"""

import json

import torch

LENGTH, STEPS = 19, 10


def formula(i, step, salt):
    return ((i * 7919 + step * 104729 + salt) % 2003) / 1001 - 1


def gradient(i, step):
    return 0.0 if i == 5 else 0.3 * formula(i, step, 101) * (0.1 if i % 3 == 0 else 1)


def run(name, make, clip):
    parameter = torch.nn.Parameter(torch.tensor([formula(i, 0, 17) for i in range(LENGTH)], dtype=torch.float32))
    optimizer = make([parameter])
    trace, norms = [], []
    for step in range(1, STEPS + 1):
        parameter.grad = torch.tensor([gradient(i, step) for i in range(LENGTH)], dtype=torch.float32)
        if clip:
            norms.append(float(torch.nn.utils.clip_grad_norm_([parameter], clip)))
        optimizer.step()
        trace.append([float(value) for value in parameter.detach()])
    return {"name": name, "clip": clip, "norms": norms, "parameters": trace}


OPTIMIZERS = {
    "rmsprop": lambda p: torch.optim.RMSprop(p, lr=7e-3, alpha=0.99, eps=1e-5),
    "adam": lambda p: torch.optim.Adam(p, lr=3e-3, betas=(0.9, 0.999), eps=1e-8),
    "sgd": lambda p: torch.optim.SGD(p, lr=5e-2),
}

cases = [run(name, make, clip) for name, make in OPTIMIZERS.items() for clip in (None, 0.5)]
print(json.dumps({"torch": torch.__version__, "length": LENGTH, "steps": STEPS, "cases": cases}, indent=1))
