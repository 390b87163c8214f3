#!/usr/bin/env python3
"""What 1,000 standing queries cost a commit, in an index of about 100,000 passages: standing.py [PASSAGES [QUERIES [SAVES]]].

Measured over the socket, first without standing queries and then with them, on the same saves:
  found     from the end of a save to the answer of a search that shows it
  CPU       processor time of the daemon for each save, reading, tagging and committing included (mean over all saves)
  told      from the end of a save to the notification of the query that is asked last, when all of them have been asked
and once for a file of 1,000 passages: how long it takes to be found and told, and what another client's searches take meanwhile.
Standard library only; texts and queries are made from seeds/ by a fixed seed.
"""
import json, os, select, statistics, sys, tempfile, time

from running import Client, daemon
from texts import RANDOM, WORDS, article, paragraph

PASSAGES, QUERIES, SAVES = (int(sys.argv[n]) if len(sys.argv) > n else standard for n, standard in ((1, 100_000), (2, 1_000), (3, 100)))
GOAL = 0.050


class Listener(Client):
    def lines(self):
        """What has come, as bytes, without waiting: piece by piece, since much of it may have."""
        while select.select([self.socket], [], [], 0)[0]:
            data = self.socket.recv(1 << 20)
            if not data:
                sys.exit("the daemon closed the connection")
            *lines, self.buffer = (self.buffer + data).split(b"\n")
            yield from lines

    def told(self, subscription):
        """Waits for a match of a subscription; returns how many matches of others came before it."""
        others = 0
        while True:
            message = self.notifications.pop(0) if self.notifications else self.line(60)
            if message is None:
                sys.exit("no notification within a minute")
            if message.get("method") == "lagged":
                sys.exit("matches were left out: " + message["params"]["message"])
            if message["params"]["subscription"] == subscription:
                return others
            others += 1


def query():
    a, b = (RANDOM.choice(WORDS[: RANDOM.choice((60, 400, len(WORDS)))]) for _ in range(2))
    term = "term%d" % RANDOM.randrange(5_000)
    actor = RANDOM.choice(("iran", "armenia", "azerbaijan", "russia", "turkey", "georgia", "eu"))
    kind = RANDOM.random()
    if kind < 0.15: return {"q": term}
    if kind < 0.30: return {"q": a}
    if kind < 0.50: return {"q": f"{a} {b}"}
    if kind < 0.60: return {"q": f'"{a} {b}"'}
    if kind < 0.70: return {"q": f"actor:{actor} {a}"}
    if kind < 0.75: return {"q": f"actor:{actor} NEAR/10 {a}"}
    if kind < 0.80: return {"q": f"({a} OR {term}) -{b}"}
    if kind < 0.85: return {"q": a[:5] + "*"}
    if kind < 0.88: return {"q": f"{a}~1"}
    if kind < 0.92: return {"q": f"{a} NEAR/5 {b}"}
    return {"q": a, "filters": {"actor": [actor], "date": ["2019..2023"]}}


def cpu(process):
    fields = open(f"/proc/{process.pid}/stat").read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def until_found(client, word):
    began = time.monotonic()
    while client.call("count", q="=" + word)["total"]["passages"] == 0:
        if time.monotonic() - began > 120:
            sys.exit(f"{word} was not found within two minutes")
        time.sleep(0.002)


def saves(client, folder, process, last, label):
    """Saves files of one article one after the other. Returns medians of found and told, and processor time a save."""
    found, told, matches = [], [], 0
    client.notifications.clear()
    began_cpu = cpu(process)
    for number in range(SAVES):
        word = f"sentinelword{label}{number}"
        with open(os.path.join(folder, "saved.txt"), "w") as file:
            file.write(f"Saved {number}\n\nThe word {word} stands beside the sentinelword in this article, and ministers spoke of it. "
                       + "\n\n".join(paragraph() + " " + paragraph() for _ in range(5)) + "\n")
        began = time.monotonic()
        until_found(client, word)
        found.append(time.monotonic() - began)
        if last:
            matches += client.told(last)
            told.append(time.monotonic() - began)
    return statistics.median(found), statistics.median(told) if told else None, (cpu(process) - began_cpu) / SAVES, matches / SAVES


def bulk(client, folder, last, label):
    """Saves one file of 1,000 passages, and searches while it is taken in."""
    word = f"sentinelbulk{label}"
    records = [article(10_000_000 + number, 4) for number in range(249)] + [
        {"id": f"last{label}", "title": "Last", "text": f"The word {word} stands beside the sentinelword in this article, and ministers spoke of it. " + paragraph()}]
    with open(os.path.join(folder, "bulk.part"), "w") as file:
        file.writelines(json.dumps(record) + "\n" for record in records)
    os.rename(os.path.join(folder, "bulk.part"), os.path.join(folder, f"bulk{label}.jsonl"))
    began, searches, found, matches = time.monotonic(), [], None, 0
    other = Client(client.path)
    mark = b'"subscription":"%s"' % last.encode() if last else None
    while True:
        start = time.monotonic()
        other.call("search", q="corridor border", facets=[])
        searches.append(time.monotonic() - start)
        if not found and other.call("count", q="=" + word)["total"]["passages"]:
            found = time.monotonic() - began
        for line in client.lines() if last else []:
            if mark in line[:200]:
                return found or time.monotonic() - began, time.monotonic() - began, max(searches), matches
            matches += 1
        if found and not last:
            return found, None, max(searches), 0


def settle(client):
    while client.call("status")["state"] != "ready":
        time.sleep(0.05)


def measure(client, folder):
    process = client.process
    print(f"{client.call('status')['passages']} passages, {SAVES} saves of a file of about 5 passages each time")
    saves(client, folder, process, None, "warm")
    bare = saves(client, folder, process, None, "bare")
    bare_bulk = bulk(client, folder, None, "bare")
    settle(client)
    for _ in range(QUERIES - 1):
        client.call("subscribe", **query())
    last = client.call("subscribe", q="sentinelword")["subscription"]
    saves(client, folder, process, last, "first")
    full = saves(client, folder, process, last, "full")
    full_bulk = bulk(client, folder, last, "full")
    print(f"{'':28}{'0 queries':>12}{f'{QUERIES} queries':>16}")
    def row(name, a, b): print(f"{name:28}{a * 1000 if a is not None else float('nan'):9.1f} ms{b * 1000:13.1f} ms")
    row("found after a save", bare[0], full[0])
    row("processor time a save", bare[2], full[2])
    row("told after a save", None, full[1])
    row("1,000 passages: found", bare_bulk[0], full_bulk[0])
    row("1,000 passages: all told", None, full_bulk[1])
    row("slowest search meanwhile", bare_bulk[2], full_bulk[2])
    print(f"matches told: {full[3]:.1f} a save, {full_bulk[3]} of the 1,000 passages")
    if full[2] - bare[2] > GOAL:
        sys.exit(f"{QUERIES} standing queries cost more than the goal of {GOAL * 1000:.0f} ms a commit")


def main():
    limits = {"NOTIFICATIONS": "1000000", "SUBSCRIPTIONS_PER_CONNECTION": "100000", "SUBSCRIPTIONS": "100000", "WRITE_BUFFER": "1GiB"}
    with tempfile.TemporaryDirectory(prefix="aras-standing-") as work:
        folder = os.path.join(work, "articles")
        os.mkdir(folder)
        articles = PASSAGES // 10
        for first in range(0, articles, 500):
            with open(os.path.join(folder, f"records-{first}.jsonl"), "w") as file:
                for number in range(first, min(first + 500, articles)):
                    file.write(json.dumps(article(number, 10)) + "\n")
        with daemon(work, folder, listener=Listener, environment={f"ARAS_LIMITS__{name}": value for name, value in limits.items()}) as client:
            measure(client, folder)


main()
