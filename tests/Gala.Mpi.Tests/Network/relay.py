"""Two machines on one: network namespaces gala-PID-1 and gala-PID-2, and a wire between them that delays and loses packets.

Each namespace has one interface, gala0, with the address 10.77.0.1 or 10.77.0.2. What leaves one is read here and written into the other. Packets of
one direction keep their order. Prints "gala-PID" when ready; then reads a word a line: "cut" drops everything, "heal" ends that, the
end of input ends all, what still runs there too, and deletes the namespaces. Needs root and /dev/net/tun.

    relay.py [--delay MS] [--jitter MS] [--loss SHARE] [--seed S]
"""

import argparse
import fcntl
import heapq
import os
import random
import select
import signal
import struct
import subprocess
import sys
import time

TUNSETIFF = 0x400454CA
TUN_WITHOUT_HEADER = 0x0001 | 0x1000
LONGEST_PACKET = 65536


NAME = f"gala-{os.getpid()}"


def machine(number):
    """A namespace with an interface whose other end is the returned file."""
    namespace = f"{NAME}-{number}"
    wire = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
    interface = fcntl.ioctl(wire, TUNSETIFF, struct.pack("16sH14x", b"galawire%d", TUN_WITHOUT_HEADER))
    device = interface[:16].rstrip(b"\0").decode()  # with a number for %d
    subprocess.run(["ip", "netns", "add", namespace], check=True)
    subprocess.run(["ip", "link", "set", device, "netns", namespace, "name", "gala0"], check=True)
    for line in ("link set lo up", f"address add 10.77.0.{number}/24 dev gala0", "link set gala0 up"):
        subprocess.run(["ip", "-n", namespace, *line.split()], check=True)
    return wire


def relay(wires, delay, jitter, loss, draw):
    other = {wires[0]: wires[1], wires[1]: wires[0]}
    last_due = dict.fromkeys(wires, 0.0)
    under_way = []  # (when due, number, wire, packet)
    count = 0
    cut = False
    while True:
        now = time.monotonic()
        while under_way and under_way[0][0] <= now:
            _, _, wire, packet = heapq.heappop(under_way)
            try:
                os.write(wire, packet)
            except BlockingIOError:
                pass  # a full queue loses packets on a real wire as well
        ready, _, _ = select.select([*wires, sys.stdin], [], [], under_way[0][0] - now if under_way else None)
        if sys.stdin in ready:
            word = sys.stdin.readline().strip()
            if word == "":
                return
            cut = word == "cut"
        for wire in ready:
            if wire is sys.stdin:
                continue
            packet = os.read(wire, LONGEST_PACKET)
            if cut or draw.random() < loss:
                continue
            count += 1
            last_due[wire] = max(last_due[wire], time.monotonic() + delay + draw.uniform(-jitter, jitter))
            heapq.heappush(under_way, (last_due[wire], count, other[wire], packet))


def end(namespace):
    left = subprocess.run(["ip", "netns", "pids", namespace], check=False, capture_output=True, text=True)
    for pid in left.stdout.split():
        os.kill(int(pid), signal.SIGKILL)
    subprocess.run(["ip", "netns", "delete", namespace], check=False, stderr=subprocess.DEVNULL)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--delay", type=float, default=0, help="one way, in milliseconds")
    parser.add_argument("--jitter", type=float, default=0, help="at most that much more or less, in milliseconds")
    parser.add_argument("--loss", type=float, default=0, help="share of packets, 0 to 1")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    try:
        wires = [machine(1), machine(2)]
        print(NAME, flush=True)
        relay(wires, options.delay / 1e3, options.jitter / 1e3, options.loss, random.Random(options.seed))
    finally:
        for number in (1, 2):
            end(f"{NAME}-{number}")


main()
