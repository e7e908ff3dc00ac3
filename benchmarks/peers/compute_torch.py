#!/usr/bin/env python3
"""The work that `gala bench compute` measures, in PyTorch on one thread: act, forward and update, for every preset.

Prints one JSON object whose "networks" have the rows of Gala's. Observations, actions and rewards are drawn before the
clock starts. An update comes in two forms: "update" computes forward again, as PyTorch's users do; "update-kept" goes
backward through the graphs of acting, which were made outside the clock, as Gala does. Needs PyTorch 1.13 or later.
"""

import argparse
import json
import statistics
import time

from a2c_torch import DISCOUNT, Learner
from actor_critic_torch import BOARD, OBSERVATIONS, Acting, draw_observations, use_one_thread
import torch

STEPS, SIMULATORS = 5, 16
ACTING_ROWS, FORWARD_ROWS = SIMULATORS, (1, 32, 256)
WARM_UP_SHARE = 0.3
MIN_SAMPLES = 5


def nothing():
    return None


def measure(work, seconds, prepare=nothing):
    """Microseconds of each call of work(prepare()): only work is on the clock."""
    def sample_for(duration, fewest):
        samples, end = [], time.perf_counter() + duration
        while time.perf_counter() < end or len(samples) < fewest:
            prepared = prepare()
            before = time.perf_counter()
            work(prepared)
            samples.append(1e6 * (time.perf_counter() - before))
        return samples

    sample_for(WARM_UP_SHARE * seconds, 2)
    return sample_for(seconds, MIN_SAMPLES)


class Work:
    """What is asked of one network, on one kind of observations."""

    def __init__(self, preset, kind):
        generator = torch.Generator().manual_seed(7)
        self.preset, self.kind, self.generator = preset, kind, generator
        self.learner = Learner(preset, STEPS, SIMULATORS, seed=7)
        self.model = self.learner.model
        self.state = self.model.zero_state(SIMULATORS)
        self.observations = self.draw(STEPS, SIMULATORS)
        ended = torch.rand(STEPS, SIMULATORS, generator=generator) < 0.02
        self.going_on = (~ended).float().unsqueeze(2)
        self.discounts = DISCOUNT * (~ended).float()
        self.rewards = (torch.rand(STEPS, SIMULATORS, generator=generator) < 0.1).float()
        self.actions = torch.randint(0, 6, (STEPS * SIMULATORS,), generator=generator)
        self.following = torch.zeros(SIMULATORS)

    def draw(self, *rows):
        return draw_observations(self.preset, self.kind, rows, self.generator)

    def act(self, seconds):
        """One step of 16 simulators, actions drawn."""
        observations = self.observations[0]
        with torch.inference_mode():
            acting = torch.jit.trace(Acting(self.model), (observations, *self.state), check_trace=False)
            return measure(lambda _: acting(observations, *self.state), seconds)

    def forward(self, rows, seconds):
        """Logits and values of some rows."""
        observations, state = self.draw(rows), self.model.zero_state(rows)
        with torch.inference_mode():
            step = torch.jit.trace_module(self.model, {"step": (observations, state)}).step
            return measure(lambda _: step(observations, state), seconds)

    def update(self, seconds):
        """Forward on all rows at once, then learning."""
        observations = self.observations.flatten(0, 1)
        return measure(lambda _: self.learn([self.model.unroll(observations, self.state, self.going_on)]), seconds)

    def update_kept(self, seconds):
        """Learning alone, from the graphs of five steps of acting."""
        return measure(self.learn, seconds, self.act_and_keep)

    def act_and_keep(self):
        outputs, state = [], self.state
        for observations, mask in zip(self.observations, self.going_on):
            logits, values, state = self.model.step(observations, state)
            state = tuple(part * mask for part in state)
            outputs.append((logits, values))
        return outputs

    def learn(self, outputs):
        self.learner.learn(outputs, self.following, self.rewards, self.discounts, self.actions)


def measure_preset(preset, seconds):
    """The rows of one preset."""
    use_one_thread(preset)
    for kind in ("dense", "boards") if OBSERVATIONS[preset] is BOARD else ("dense",):
        work = Work(preset, kind)

        def row(name, rows, microseconds):
            return {"preset": preset, "observations": kind, "work": name, "rows": rows,
                    "microseconds": statistics.median(microseconds), "minimumMicroseconds": min(microseconds)}

        yield row("act", ACTING_ROWS, work.act(seconds))
        for rows in FORWARD_ROWS:
            yield row("forward", rows, work.forward(rows, seconds))
        yield row("update", STEPS * SIMULATORS, work.update(seconds))
        yield row("update-kept", STEPS * SIMULATORS, work.update_kept(seconds))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--presets", default="minatar,nature,mlp", metavar="NAMES",
                        help=f"names with commas between them, out of {', '.join(OBSERVATIONS)} (default minatar,nature,mlp)")
    parser.add_argument("--seconds", type=float, default=0.5, help="seconds of each measurement (default 0.5)")
    parser.add_argument("--parameters", action="store_true", help="print how many parameters each preset has, and measure nothing")
    arguments = parser.parse_args()
    presets = arguments.presets.split(",")
    for preset in presets:
        if preset not in OBSERVATIONS:
            parser.error(f"--presets: '{preset}' is unknown; known are {', '.join(OBSERVATIONS)}")
    if arguments.parameters:
        print(json.dumps({preset: Learner(preset, STEPS, SIMULATORS, seed=7).parameters.numel() for preset in presets}, indent=2))
        return
    networks = [row for preset in presets for row in measure_preset(preset, arguments.seconds)]
    print(json.dumps({"framework": "torch " + torch.__version__, "networks": networks}, indent=2))


if __name__ == "__main__":
    main()
