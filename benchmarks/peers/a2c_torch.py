#!/usr/bin/env python3
"""A2C's arithmetic in PyTorch: the peer that Gala's frames per second are measured against.

The same work as one Gala agent: act on every simulator for a rollout, compute n-step returns, make one A2C update.
Observations, rewards and episode ends are drawn before the clock starts, so the simulators cost nothing here.
Needs PyTorch 1.13 or later and nothing else. One thread for each process.
"""

import argparse
import json
import multiprocessing
import os
import time

os.environ.setdefault("OMP_NUM_THREADS", "1")  # read once, when the libraries below are loaded
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import torch  # noqa: E402
from torch import nn  # noqa: E402

DISCOUNT = 0.99
ENTROPY_COEFFICIENT = 0.01
VALUE_COEFFICIENT = 0.5
MAX_GRADIENT_NORM = 0.5
ACTIONS = 6
OBSERVATIONS = {"minatar": (4, 10, 10), "nature": (4, 84, 84)}  # channels first, as PyTorch likes them
WARM_UP_SECONDS = 1.0


class ActorCritic(nn.Module):
    """A convolutional torso with a linear policy head and a linear value head."""

    def __init__(self, network):
        super().__init__()
        channels = OBSERVATIONS[network][0]
        if network == "minatar":
            self.torso = nn.Sequential(
                nn.Conv2d(channels, 16, 3), nn.ReLU(inplace=True), nn.Flatten(),
                nn.Linear(16 * 8 * 8, 128), nn.ReLU(inplace=True))
            features = 128
        else:
            self.torso = nn.Sequential(
                nn.Conv2d(channels, 32, 8, stride=4), nn.ReLU(inplace=True),
                nn.Conv2d(32, 64, 4, stride=2), nn.ReLU(inplace=True),
                nn.Conv2d(64, 32, 3), nn.ReLU(inplace=True), nn.Flatten(),
                nn.Linear(32 * 7 * 7, 512), nn.ReLU(inplace=True))
            features = 512
        self.policy = nn.Linear(features, ACTIONS)
        self.value = nn.Linear(features, 1)

    def forward(self, observations):
        features = self.torso(observations)
        return self.policy(features), self.value(features).squeeze(1)


def flatten(model):
    """Moves a model's parameters and gradients into one vector each, so that clipping and the optimiser make one call a
    step instead of one for each tensor: measured 4% quicker than RMSprop(foreach=True)."""
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


class Experience:
    """Rollouts drawn beforehand; the learner goes round them."""

    def __init__(self, network, rollout, simulators, count, generator):
        shape = (count, rollout + 1, simulators) + OBSERVATIONS[network]
        if network == "minatar":  # a MinAtar frame is mostly zeros
            self.observations = (torch.rand(shape, generator=generator) < 0.05).float()
        else:
            self.observations = torch.rand(shape, generator=generator)
        shape = (count, rollout, simulators)
        self.rewards = (torch.rand(shape, generator=generator) < 0.1).float()
        self.discounts = DISCOUNT * (torch.rand(shape, generator=generator) > 0.02).float()  # 0 where an episode ends


class Learner:
    """One A2C agent."""

    def __init__(self, arguments, seed):
        torch.manual_seed(seed)
        self.rollout = arguments.rollout
        self.keep_activations = arguments.keep_activations
        self.model = ActorCritic(arguments.network)
        self.parameters = flatten(self.model)
        self.optimizer = torch.optim.RMSprop([self.parameters], lr=arguments.learning_rate, alpha=0.99, eps=1e-5)
        self.noise = torch.empty(arguments.simulators, ACTIONS)
        self.returns = torch.empty(arguments.rollout, arguments.simulators)

    def sample(self, logits):
        """Draws an action for each row: the quickest of PyTorch's ways for small batches (exponential race)."""
        return (logits.softmax(1) / self.noise.exponential_()).argmax(1)

    def act(self, observations):
        """Acts through one rollout; returns the actions and, where the graph is kept, the outputs of acting."""
        if not self.keep_activations:
            with torch.no_grad():
                return torch.cat([self.sample(self.model(observations[t])[0]) for t in range(self.rollout)]), None
        outputs = [self.model(observations[t]) for t in range(self.rollout)]
        with torch.no_grad():
            return torch.cat([self.sample(logits) for logits, _ in outputs]), outputs

    def update(self, observations, rewards, discounts, actions, outputs):
        """n-step returns, the A2C loss, its gradients, clipping and one RMSProp step."""
        with torch.no_grad():
            following = self.model(observations[-1])[1]
            for t in range(self.rollout - 1, -1, -1):
                following = torch.addcmul(rewards[t], discounts[t], following, out=self.returns[t])
        if outputs is None:
            logits, values = self.model(observations[:-1].flatten(0, 1))
        else:
            logits = torch.cat([row[0] for row in outputs])
            values = torch.cat([row[1] for row in outputs])
        log_probabilities = logits.log_softmax(1)
        advantages = self.returns.flatten() - values
        chosen = log_probabilities.gather(1, actions.unsqueeze(1)).squeeze(1)
        policy_loss = -(advantages.detach() * chosen).mean()
        value_loss = advantages.square().mean()
        entropy = -(log_probabilities.exp() * log_probabilities).sum(1).mean()
        loss = policy_loss + VALUE_COEFFICIENT * value_loss - ENTROPY_COEFFICIENT * entropy
        self.parameters.grad.zero_()
        loss.backward()
        nn.utils.clip_grad_norm_(self.parameters, MAX_GRADIENT_NORM)
        self.optimizer.step()


def run(learner, experience, enough):
    """Trains until enough(updates, seconds); returns the updates and the seconds of acting and of updating."""
    rollouts = [tuple(rows) for rows in zip(experience.observations, experience.rewards, experience.discounts)]
    updates, acting, updating = 0, 0.0, 0.0
    before = time.perf_counter()
    while not enough(updates, acting + updating):
        observations, rewards, discounts = rollouts[updates % len(rollouts)]
        actions, outputs = learner.act(observations)
        between = time.perf_counter()
        learner.update(observations, rewards, discounts, actions, outputs)
        after = time.perf_counter()
        acting, updating, before = acting + between - before, updating + after - between, after
        updates += 1
    return updates, acting, updating


def measure(arguments, seed, barrier, results):
    """One process: prepares, waits for the others, measures."""
    torch.set_num_threads(1)
    torch.set_flush_denormal(True)
    count = 32 if arguments.network == "minatar" else 4
    generator = torch.Generator().manual_seed(seed)
    experience = Experience(arguments.network, arguments.rollout, arguments.simulators, count, generator)
    learner = Learner(arguments, seed)
    run(learner, experience, lambda _, seconds: seconds >= WARM_UP_SECONDS)
    if barrier is not None:
        barrier.wait()
    if arguments.updates:
        outcome = run(learner, experience, lambda updates, _: updates >= arguments.updates)
    else:
        outcome = run(learner, experience, lambda _, seconds: seconds >= arguments.seconds)
    if results is not None:
        results.put(outcome)
    return outcome


def measure_all(arguments):
    """Independent processes at the same time: A2C without any communication between agents."""
    if arguments.processes == 1:
        return [measure(arguments, arguments.seed, None, None)]
    context = multiprocessing.get_context("spawn")
    barrier, results = context.Barrier(arguments.processes), context.SimpleQueue()
    processes = [
        context.Process(target=measure, args=(arguments, arguments.seed + rank, barrier, results))
        for rank in range(arguments.processes)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
        if process.exitcode != 0:
            raise SystemExit(f"A process ended with exit code {process.exitcode}.")
    return [results.get() for _ in processes]


def summarize(arguments, outcomes):
    """Frames per second of each process and their sum, and the time of one act and of one update."""
    frames_per_update = arguments.rollout * arguments.simulators
    each = [updates * frames_per_update / (acting + updating) for updates, acting, updating in outcomes]
    updates = sum(outcome[0] for outcome in outcomes)
    return {
        "framework": "torch " + torch.__version__,
        "network": arguments.network,
        "processes": arguments.processes,
        "simulatorsPerProcess": arguments.simulators,
        "rollout": arguments.rollout,
        "keepActivations": arguments.keep_activations,
        "updates": updates,
        "framesPerSecond": sum(each),
        "framesPerSecondOfEach": each,
        "actMilliseconds": 1e3 * sum(outcome[1] for outcome in outcomes) / (updates * arguments.rollout),
        "updateMilliseconds": 1e3 * sum(outcome[2] for outcome in outcomes) / updates,
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    length = parser.add_mutually_exclusive_group()
    length.add_argument("--updates", type=int, help="updates of each process; wins over --seconds")
    length.add_argument("--seconds", type=float, default=10.0, help="seconds to measure (default 10)")
    parser.add_argument("--simulators", type=int, default=16, help="simulators of each process (default 16)")
    parser.add_argument("--rollout", type=int, default=5, help="steps between updates (default 5)")
    parser.add_argument("--network", choices=sorted(OBSERVATIONS), default="minatar")
    parser.add_argument("--processes", type=int, default=1, help="independent processes at the same time (default 1)")
    parser.add_argument("--keep-activations", action="store_true",
                        help="keep the graph of acting for the update instead of computing forward again")
    parser.add_argument("--learning-rate", type=float, default=7e-4)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    arguments = parser.parse_args()
    for name in ("simulators", "rollout", "processes"):
        if getattr(arguments, name) < 1:
            parser.error(f"--{name}: expected at least 1, got {getattr(arguments, name)}")
    summary = summarize(arguments, measure_all(arguments))
    if arguments.json:
        print(json.dumps(summary, indent=2))
    else:
        print(f"{summary['framesPerSecond']:,.0f} frames/s with {arguments.processes} process(es): "
              f"act on {arguments.simulators} rows {summary['actMilliseconds']:.3f} ms, "
              f"returns and update on {arguments.simulators * arguments.rollout} rows {summary['updateMilliseconds']:.3f} ms "
              f"({summary['framework']}, {arguments.network})")


if __name__ == "__main__":
    main()
