#!/usr/bin/env python3
"""How long a saved file takes to be found, and a deleted one to be gone: 100 of each, one after the other, over the socket.

The time runs from the end of the save to the answer that shows it. Prints medians and the 99th percentile, and beside them what an
unchanged search takes, as the scale they are to be read on. Standard library only.
"""
import os, shutil, statistics, sys, tempfile, time

from running import ROOT, daemon

SAVES = int(sys.argv[1]) if len(sys.argv) > 1 else 100


def count(client, word):
    return client.call("count", q="=" + word)["total"]["articles"]


def until(client, word, wanted):
    began = time.monotonic()
    while count(client, word) != wanted:
        if time.monotonic() - began > 30:
            sys.exit(f"{word} was not {'found' if wanted else 'gone'} within 30 s")
        time.sleep(0.0005)


def line(name, times):
    times = sorted(times)
    print(f"{name:28} median {statistics.median(times) * 1000:7.1f} ms   p99 {times[max(0, int(len(times) * 0.99) - 1)] * 1000:7.1f} ms")


def measure(client, folder):
    saved, gone, plain = [], [], []
    for number in range(SAVES):
        word = f"watchword{number}x"
        name = os.path.join(folder, f"new-{number}.txt")
        with open(name, "w") as file:
            file.write(f"A new article\n\nThe word {word} stands in an article that Iran and Armenia were named in on that very day.\n")
        began = time.monotonic()
        until(client, word, 1)
        saved.append(time.monotonic() - began)
        os.unlink(name)
        began = time.monotonic()
        until(client, word, 0)
        gone.append(time.monotonic() - began)
        began = time.monotonic()
        count(client, "corridor")
        plain.append(time.monotonic() - began)
    return saved, gone, plain


def main():
    with tempfile.TemporaryDirectory(prefix="aras-watch-") as work:
        folder = os.path.join(work, "articles")
        shutil.copytree(os.path.join(ROOT, "seeds"), folder)
        with daemon(work, folder) as client:
            saved, gone, plain = measure(client, folder)
    line("saved file found after", saved)
    line("deleted file gone after", gone)
    line("(an unchanged count takes)", plain)
    if statistics.median(saved) > 0.3 or statistics.median(gone) > 0.3:
        sys.exit("slower than the goal of 300 ms")


main()
