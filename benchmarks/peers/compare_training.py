#!/usr/bin/env python3
"""GALA with two agents beside two independent A2C learners in PyTorch, in turn, on this machine.

Builds the command once, then measures in rounds: gala, PyTorch, PyTorch with kept activations. Taking turns spreads
whatever else the machine does over all of them. Prints a Markdown table of medians and the ratio to the faster peer.
Gala plays the game; the peer's experience is drawn beforehand, so its simulators cost nothing. Standard library only.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
COMMAND = ROOT / "src/Gala.Cli/bin/Release/net10.0/gala.dll"


def run(command):
    """Runs a command and returns its standard output; its standard error goes to ours."""
    return subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True).stdout


def measure_gala(arguments, folder):
    run(["dotnet", str(COMMAND), "train", "--environment", arguments.environment, "--agents", str(arguments.agents),
         "--simulators", str(arguments.simulators), "--frames", arguments.frames, "--seed", "1",
         "--quiet", "--run", str(folder)])
    return json.loads((folder / "summary.json").read_text())["framesPerSecond"]


def measure_torch(arguments, *options):
    output = run([arguments.python, str(HERE / "a2c_torch.py"), "--processes", str(arguments.agents),
                  "--simulators", str(arguments.simulators), "--seconds", str(arguments.seconds), "--json", *options])
    return json.loads(output)["framesPerSecond"]


def print_table(arguments, figures):
    medians = {name: statistics.median(values) for name, values in figures.items()}
    peer = max(median for name, median in medians.items() if not name.startswith("Gala"))
    print(f"{arguments.agents} agents of {arguments.simulators} simulators, network `minatar`, rollout 5; "
          f"medians of {arguments.rounds} rounds; load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors at the end.\n")
    print("| learner | frames/s, median | lowest to highest | share of the faster peer |")
    print("|---|---:|---:|---:|")
    for name, values in figures.items():
        print(f"| {name} | {medians[name]:,.0f} | {min(values):,.0f} to {max(values):,.0f} | {medians[name] / peer:.2f} |")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--agents", type=int, default=2, help="agents of Gala, processes of the peer (default 2)")
    parser.add_argument("--simulators", type=int, default=16, help="simulators of each (default 16)")
    parser.add_argument("--environment", default="minatar/breakout")
    parser.add_argument("--frames", default="3m", help="frames of each of Gala's runs (default 3m)")
    parser.add_argument("--seconds", type=float, default=10.0, help="seconds of each of the peer's runs (default 10)")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--python", default=sys.executable, help="Python that has PyTorch (default: this one)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write every figure here")
    arguments = parser.parse_args()
    if (status := subprocess.run([arguments.python, str(HERE / "blas.py")]).returncode) != 0:
        raise SystemExit(status)
    subprocess.run(["dotnet", "build", "src/Gala.Cli", "-c", "Release"], cwd=ROOT, check=True, stdout=sys.stderr)
    figures = {"Gala, gossip on a ring": [], "PyTorch, no gossip": [], "PyTorch, no gossip, activations kept": []}
    with tempfile.TemporaryDirectory() as scratch:
        for turn in range(arguments.rounds):
            print(f"round {turn + 1} of {arguments.rounds}", file=sys.stderr)
            turns = (measure_gala(arguments, Path(scratch) / f"round-{turn}"), measure_torch(arguments),
                     measure_torch(arguments, "--keep-activations"))
            for values, figure in zip(figures.values(), turns):
                values.append(figure)
    print_table(arguments, figures)
    if arguments.json:
        arguments.json.write_text(json.dumps(figures, indent=2) + "\n")


if __name__ == "__main__":
    main()
