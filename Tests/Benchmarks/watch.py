#!/usr/bin/env python3
"""How long a saved file takes to be found, and a deleted one to be gone: 100 of each, one after the other, over the socket.

The time runs from the end of the save to the answer that shows it. Prints medians and the 99th percentile, and beside them what an
unchanged search takes, as the scale they are to be read on. Standard library only.
"""
import itertools, json, os, shutil, signal, socket, statistics, subprocess, sys, tempfile, time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SAVES = int(sys.argv[1]) if len(sys.argv) > 1 else 100


class Client:
    def __init__(self, path):
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.socket.connect(path)
        self.lines = self.socket.makefile("rb")
        self.lines.readline()
        self.ids = itertools.count(1)

    def call(self, method, **params):
        number = next(self.ids)
        self.socket.sendall(json.dumps({"jsonrpc": "2.0", "id": number, "method": method, "params": params}).encode() + b"\n")
        while True:
            reply = json.loads(self.lines.readline())
            if reply.get("id") == number:
                return reply["result"]

    def count(self, word):
        return self.call("count", q="=" + word)["total"]["articles"]


def until(client, word, count):
    began = time.monotonic()
    while client.count(word) != count:
        if time.monotonic() - began > 30:
            sys.exit(f"{word} was not {'found' if count else 'gone'} within 30 s")
        time.sleep(0.0005)


def line(name, times):
    times = sorted(times)
    print(f"{name:28} median {statistics.median(times) * 1000:7.1f} ms   p99 {times[max(0, int(len(times) * 0.99) - 1)] * 1000:7.1f} ms")


def main():
    work = tempfile.mkdtemp(prefix="aras-watch-")
    folder = os.path.join(work, "articles")
    shutil.copytree(os.path.join(ROOT, "seeds"), folder)
    path = os.path.join(work, "s")
    daemon = subprocess.Popen(
        [os.path.join(ROOT, ".build/release/arasd"), "serve", "--source", folder, "--index", os.path.join(work, "index"), "--socket", path, "--no-http"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=ROOT)
    try:
        client = None
        for _ in range(2000):
            try:
                client = client or Client(path)
                if client.call("status")["state"] == "ready":
                    break
            except OSError:
                client = None
            time.sleep(0.01)
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
            client.count("corridor")
            plain.append(time.monotonic() - began)
        line("saved file found after", saved)
        line("deleted file gone after", gone)
        line("(an unchanged count takes)", plain)
        if statistics.median(saved) > 0.3 or statistics.median(gone) > 0.3:
            sys.exit("slower than the goal of 300 ms")
    finally:
        daemon.send_signal(signal.SIGTERM)
        daemon.wait(20)
        shutil.rmtree(work)


main()
