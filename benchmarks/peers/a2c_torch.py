#!/usr/bin/env python3
"""A2C's arithmetic in PyTorch: the peer that Gala's frames per second are measured against.

The same work as one Gala agent: act on every simulator for a rollout, compute n-step returns, make one A2C update.
Observations, rewards and episode ends are drawn before the clock starts, so the simulators cost nothing here.
Needs PyTorch 1.13 or later and nothing else. One thread for each process.
"""

import argparse
import json
import multiprocessing
import time

from actor_critic_torch import (  # before torch: it sets threads
    Acting, ActorCritic, draw_observations, flatten, sample, use_one_thread)
import torch
from torch import nn

DISCOUNT = 0.99
ENTROPY_COEFFICIENT = 0.01
VALUE_COEFFICIENT = 0.5
MAX_GRADIENT_NORM = 0.5
OBSERVATIONS = {"minatar": "boards", "nature": "dense"}  # a MinAtar frame is mostly zeros
WARM_UP_SECONDS = 1.0


class Experience:
    """Rollouts drawn beforehand; the learner goes round them."""

    def __init__(self, network, rollout, simulators, count, generator):
        shape = (count, rollout + 1, simulators)
        self.observations = draw_observations(network, OBSERVATIONS[network], shape, generator)
        shape = (count, rollout, simulators)
        self.rewards = (torch.rand(shape, generator=generator) < 0.1).float()
        self.discounts = DISCOUNT * (torch.rand(shape, generator=generator) > 0.02).float()  # 0 where an episode ends


class Learner:
    """One A2C agent."""

    def __init__(self, network, rollout, simulators, seed, learning_rate=7e-4, keep_activations=False):
        torch.manual_seed(seed)
        self.rollout = rollout
        self.keep_activations = keep_activations
        self.model = ActorCritic(network)
        self.parameters = flatten(self.model)
        self.optimizer = torch.optim.RMSprop([self.parameters], lr=learning_rate, alpha=0.99, eps=1e-5)
        self.returns = torch.empty(rollout, simulators)
        self.traced = None

    def act(self, observations):
        """Acts through one rollout; returns the actions and, where the graph is kept, the outputs of acting."""
        if not self.keep_activations:
            with torch.no_grad():
                if self.traced is None:
                    self.traced = torch.jit.trace(Acting(self.model), observations[0], check_trace=False)
                return torch.cat([self.traced(observations[t])[0] for t in range(self.rollout)]), None
        outputs = [self.model(observations[t]) for t in range(self.rollout)]
        with torch.no_grad():
            return torch.cat([sample(logits) for logits, _ in outputs]), outputs

    def update(self, observations, rewards, discounts, actions, outputs):
        """One update; computes forward again where acting kept no outputs."""
        with torch.no_grad():
            following = self.model(observations[-1])[1]
        if outputs is None:
            outputs = [self.model(observations[:-1].flatten(0, 1))]
        self.learn(outputs, following, rewards, discounts, actions)

    def learn(self, outputs, following, rewards, discounts, actions):
        """n-step returns, the A2C loss, its gradients, clipping and one RMSProp step.

        outputs: pairs of logits and values whose rows, one after the other, are the rollout's; following: the values after it."""
        with torch.no_grad():
            for t in range(self.rollout - 1, -1, -1):
                following = torch.addcmul(rewards[t], discounts[t], following, out=self.returns[t])
        logits, values = outputs[0] if len(outputs) == 1 else map(torch.cat, zip(*outputs))
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
    use_one_thread(arguments.network)
    count = 32 if arguments.network == "minatar" else 4
    generator = torch.Generator().manual_seed(seed)
    experience = Experience(arguments.network, arguments.rollout, arguments.simulators, count, generator)
    learner = Learner(arguments.network, arguments.rollout, arguments.simulators, seed, arguments.learning_rate,
                      arguments.keep_activations)
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
