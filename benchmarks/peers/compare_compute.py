#!/usr/bin/env python3
"""Gala's networks beside the same in PyTorch, in turn, on this machine: act, forward and update of each preset.

Builds the command once, then measures in rounds, preset by preset: Gala, PyTorch, Gala, PyTorch, ... Short turns spread
whatever else the machine does over both. Prints a Markdown table of medians over the rounds, lowest to highest behind
them, and how many times as long PyTorch took; the ratio of minima is what is left of that where other work disturbs.
Standard library only.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
COMMAND = ROOT / "src/Gala.Cli/bin/Release/net10.0/gala.dll"
PLAYED = "played"  # a network that has learnt for a while, on the rows of its last rollout
KEPT = "update-kept"  # the peer's update with the graphs of acting kept: beside Gala's only way


def run(command):
    """Runs a command and returns the rows of its "networks"; its standard error goes to ours."""
    process = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    if process.returncode != 0:
        raise SystemExit(f"{' '.join(command)}\nended with exit code {process.returncode}.")
    return json.loads(process.stdout)["networks"]


def measure_gala(preset, seconds):
    return run(["dotnet", str(COMMAND), "bench", "compute", "--network", preset, "--works", "networks",
                "--seconds", str(seconds), "--json"])


def measure_torch(preset, seconds, python):
    return run([python, str(HERE / "compute_torch.py"), "--presets", preset, "--seconds", str(seconds)])


def collect(rows, figures):
    """Files rows by what they measured."""
    for row in rows:
        figures.setdefault((row["preset"], row["observations"], row["work"], row["rows"]), []).append(row)


def microseconds(rows):
    return [row["microseconds"] for row in rows]


def spread(values):
    """Median, and lowest to highest."""
    digits = 0 if statistics.median(values) >= 100 else 1
    return f"{statistics.median(values):,.{digits}f} ({min(values):,.{digits}f}-{max(values):,.{digits}f})"


def with_played(torch):
    """PyTorch computes all of a board, whatever is on it: its time on drawn boards is that on played ones."""
    played = {(preset, PLAYED, work, rows): figures
              for (preset, observations, work, rows), figures in torch.items() if observations == "boards"}
    return torch | played


def line(key, ours, peers):
    ratio = statistics.median(microseconds(peers)) / statistics.median(microseconds(ours))
    least = min(row["minimumMicroseconds"] for row in peers) / min(row["minimumMicroseconds"] for row in ours)
    share = statistics.median(row["shareOfPeak"] for row in ours)
    cells = [*map(str, key), spread(microseconds(ours)), spread(microseconds(peers)), f"{ratio:.2f}", f"{least:.2f}", f"{share:.0%}"]
    return "| " + " | ".join(cells) + " |"


def print_table(gala, torch, rounds):
    print(f"One thread; medians of {rounds} rounds (lowest-highest); load average {os.getloadavg()[0]:.1f} "
          f"on {os.cpu_count()} processors at the end.\n")
    print("| preset | observations | work | rows | Gala, µs | PyTorch, µs | ratio | ratio of minima | Gala's share of peak |")
    print("|---|---|---|---:|---:|---:|---:|---:|---:|")
    for key, peers in with_played(torch).items():
        preset, observations, work, rows = key
        same = (preset, observations, "update" if work == KEPT else work, rows)
        if same in gala:
            print(line(key, gala[same], peers))
        elif observations != PLAYED:
            print(f"Gala has no figure for {' '.join(map(str, key))}: left out.", file=sys.stderr)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--presets", default="minatar,nature,mlp", metavar="NAMES",
                        help="names with commas between them (default minatar,nature,mlp)")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=0.3, help="seconds of each measurement in each round (default 0.3)")
    parser.add_argument("--python", default=sys.executable, help="Python that has PyTorch (default: this one)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write every row of every round here")
    arguments = parser.parse_args()
    if (status := subprocess.run([arguments.python, str(HERE / "blas.py")]).returncode) != 0:
        raise SystemExit(status)
    subprocess.run(["dotnet", "build", "src/Gala.Cli", "-c", "Release"], cwd=ROOT, check=True, stdout=sys.stderr)
    gala, torch = {}, {}
    for preset in arguments.presets.split(","):
        for turn in range(arguments.rounds):
            print(f"{preset}: round {turn + 1} of {arguments.rounds}", file=sys.stderr)
            collect(measure_gala(preset, arguments.seconds), gala)
            collect(measure_torch(preset, arguments.seconds, arguments.python), torch)
    print_table(gala, torch, arguments.rounds)
    if arguments.json:
        rows = {name: [row for rows in figures.values() for row in rows] for name, figures in (("gala", gala), ("torch", torch))}
        arguments.json.write_text(json.dumps(rows, indent=2) + "\n")


if __name__ == "__main__":
    main()
