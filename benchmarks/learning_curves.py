#!/usr/bin/env python3
"""Does it learn? Trains with the defaults on the five MinAtar games, over several seeds, and prints a Markdown table.

Beside the mean return of the last 100 training episodes stand a policy that acts at random (read from a file, see
--random) and the published GALA code on the same games, frames and agents. Each run keeps its folder, and a finished
one is not repeated, so an interrupted experiment goes on where it was. Standard library only.
"""

import argparse
import json
import statistics
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
COMMAND = ROOT / "src/Gala.Cli/bin/Release/net10.0/gala.dll"
GAMES = ("asterix", "breakout", "freeway", "seaquest", "space_invaders")

# Mean training returns that the published GALA code reached at 3 million frames: simulators in all, learning rate, returns.
PEERS = {
    "a2c": ("16 simulators, learning rate 2.8e-3",
            {"asterix": "18", "breakout": "14.5", "freeway": "55", "seaquest": "40", "space_invaders": "108"}),
    "gala": ("4 x 16 simulators, learning rate 5.6e-3",
             {"asterix": "15 to 20", "breakout": "12", "seaquest": "5", "space_invaders": "74 to 107"}),
}


def frame_count(text):
    """3m, 500k or a plain number."""
    factor = {"k": 1_000, "m": 1_000_000}.get(text[-1].lower())
    return float(text[:-1]) * factor if factor else float(text)


def is_finished(summary, frames):
    """Whether a run came to its end; the last round of updates may fall short of the total."""
    return summary.exists() and json.loads(summary.read_text())["frames"] >= 0.99 * frame_count(frames)


def train(arguments, game, seed):
    """Trains, or goes on with an interrupted run, unless that was done, and returns summary.json."""
    folder = arguments.runs / f"{arguments.architecture}-{game}-{seed}"
    summary = folder / "summary.json"
    if not is_finished(summary, arguments.frames):
        command = ["resume", str(folder)] if folder.exists() else [
            "train", "--architecture", arguments.architecture, "--environment", f"minatar/{game}",
            "--frames", arguments.frames, "--seed", str(seed), "--quiet", "--run", str(folder), *arguments.train_option]
        print("gala " + " ".join(command), file=sys.stderr, flush=True)
        subprocess.run(["dotnet", str(COMMAND), *command], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    return json.loads(summary.read_text())


def cell(values):
    """Mean and range of the seeds."""
    known = [value for value in values if value is not None]
    if not known:
        return "no episode"
    return f"{statistics.mean(known):.1f} ({min(known):.1f} to {max(known):.1f})"


def print_table(arguments, outcomes, random_returns):
    setting, peer = PEERS[arguments.architecture]
    agents = {(summary["agents"], summary["simulatorsPerAgent"]) for summaries in outcomes.values() for summary in summaries}
    shapes = ", ".join(f"{count} x {simulators} simulators" for count, simulators in sorted(agents))
    seeds = ", ".join(map(str, arguments.seeds))
    print(f"`{arguments.architecture}`, {shapes}, {arguments.frames} frames, seeds {seeds}: "
          "mean return of the last 100 training episodes, mean over seeds (lowest to highest). "
          f"Published GALA code: {setting}.\n")
    print("| game | random policy | Gala | Gala, best 100 episodes | published code | frames/s |")
    print("|---|---:|---:|---:|---:|---:|")
    for game, summaries in outcomes.items():
        random_return = random_returns.get(game)
        print(f"| {game} | {'' if random_return is None else f'{random_return:.2f}'} "
              f"| {cell([summary['meanReturn100'] for summary in summaries])} "
              f"| {cell([summary['bestMeanReturn100'] for summary in summaries])} "
              f"| {peer.get(game, 'not measured')} "
              f"| {statistics.median(summary['framesPerSecond'] for summary in summaries):,.0f} |")


def read_random(file):
    """Returns of a random policy by game: {"breakout": 0.5, ...}, with or without the prefix minatar/."""
    if file is None:
        return {}
    return {game.removeprefix("minatar/"): value for game, value in json.loads(file.read_text()).items()}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--architecture", choices=sorted(PEERS), default="gala")
    parser.add_argument("--frames", default="3m")
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    parser.add_argument("--games", nargs="+", choices=GAMES, default=list(GAMES))
    parser.add_argument("--random", type=Path, metavar="FILE", help='JSON of returns by game: {"minatar/breakout": 0.5}')
    parser.add_argument("--runs", type=Path, default=ROOT / "runs/learning-curves", help="folder that keeps the runs")
    parser.add_argument("--train-option", action="append", default=[], metavar="OPTION",
                        help="one more word for gala train, such as --train-option=--max-staleness --train-option=4")
    arguments = parser.parse_args()
    arguments.runs = arguments.runs.resolve()
    random_returns = read_random(arguments.random)
    subprocess.run(["dotnet", "build", "src/Gala.Cli", "-c", "Release"], cwd=ROOT, check=True, stdout=sys.stderr)
    outcomes = {game: [train(arguments, game, seed) for seed in arguments.seeds] for game in arguments.games}
    print_table(arguments, outcomes, random_returns)


if __name__ == "__main__":
    main()
