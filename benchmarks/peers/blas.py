#!/usr/bin/env python3
"""Whether PyTorch multiplies matrices by an optimised library: beside the reference BLAS any comparison would flatter Gala.

As a program it says nothing and exits with 0 if so; otherwise it says in one line what to install and exits with 1.
"""

import sys

OPTIMISED = ("openblas", "mkl", "blis", "atlas", "armpl", "flexiblas", "accelerate", "nvpl")


def mapped_libraries():
    """Names of the libraries that this process has loaded; empty where the system does not tell."""
    try:
        with open("/proc/self/maps") as maps:
            return {line.split("/")[-1].strip() for line in maps if "/" in line}
    except OSError:
        return set()


def is_optimised(torch):
    """Looks after a product, since libraries may be loaded late."""
    square = torch.ones(64, 64)
    _ = square @ square
    if torch.backends.mkl.is_available():
        return True
    built_with = torch.__config__.show().lower()
    names = [name.lower() for name in mapped_libraries() if "blas" in name.lower() or "mkl" in name.lower()]
    if names:
        return any(part in name for name in names for part in OPTIMISED)
    return any(part in built_with for part in OPTIMISED)


def problem():
    """What is wrong, in one line; None if nothing is."""
    try:
        import torch
    except ImportError:
        return f"{sys.executable} has no PyTorch: install it, such as Debian's python3-torch with libopenblas0-pthread, or name another by --python"
    if not is_optimised(torch):
        return ("PyTorch has no optimised BLAS here, so a comparison would say nothing: install one, such as Debian's libopenblas0-pthread, "
                "or a build of PyTorch that brings its own")
    return None


def require():
    """Ends the program in one line unless PyTorch multiplies by an optimised library."""
    if found := problem():
        raise SystemExit(found)


if __name__ == "__main__":
    require()
