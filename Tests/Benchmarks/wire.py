#!/usr/bin/env python3
"""What the socket and its protocol add to a search: one daemon and the same index opened in process, asked in turn.

    wire.py CORPUS [ROUNDS]     a folder with articles.jsonl and queries.tsv, as the benchmark kit makes it

Asked are the ten best passages with snippets, and the same with exact counts of two facets. Standard library only; the program that measures
is `wire` of the package Parts.
"""
import json, os, shutil, subprocess, sys, tempfile

from running import ROOT, daemon

WIRE = os.path.join(ROOT, "Tests/Benchmarks/Parts/.build/release/wire")


def requests(path, out, facets):
    """The queries of the kit, as lines to a daemon."""
    with open(path, encoding="utf-8") as lines, open(out, "w") as asked:
        for line in lines:
            number, kind, words, actor = line.rstrip("\n").split("\t")
            text = f'"{words}"' if kind == "phrase" else words + "*" if kind == "prefix" else words
            params = {"q": text, "match": "all" if kind in ("and", "phrase", "prefix") else "any", "group": "passage", "limit": 10,
                      "snippets": {"count": 1, "length": 200}, "facets": []}
            if actor:
                params["filters"] = {"actor": [actor]}
            if facets:
                params["facets"] = {name: {"limit": 50, "mode": "strict"} for name in ("actor", "topic")}
                params["facet_unit"] = "passage"
            asked.write(json.dumps({"jsonrpc": "2.0", "id": int(number), "method": "search", "params": params}) + "\n")


def main():
    corpus, rounds = sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else "10"
    with tempfile.TemporaryDirectory(prefix="aras-wire-") as work:
        with daemon(work, os.path.join(corpus, "articles.jsonl")) as client:
            copy = os.path.join(work, "copy")
            shutil.copytree(os.path.join(work, "index"), copy)
            for name, facets in ("ten hits with snippets", False), ("the same with two facets", True):
                path = os.path.join(work, "requests")
                requests(os.path.join(corpus, "queries.tsv"), path, facets)
                print(f"\n{name}: ", end="", flush=True)
                subprocess.run([WIRE, copy, os.path.join(ROOT, "config/actors.yaml"), os.path.join(ROOT, "config/topics.yaml"),
                                client.path, str(client.process.pid), path, rounds], check=True)


main()
