#!/usr/bin/env python3
"""How soon an edit of the registry is seen in searches and facets, in an index of about 100,000 passages: retag.py [PARAGRAPHS].

Each edit is made in a file of one's own behind the project's registry, and timed from the end of the save to the first answer that has it:
  alias     another name of an actor, in about 1 passage of 300 (and in one of 20)
  merge     two actors made one
  drop      an actor taken out
  topic     another rule of a topic
and an edit that touches very much (a name that is in every fourth passage), during which a search and the save of a file are timed.
In the end the counts of all facets are compared with those of an index made anew.
Standard library only; texts are made from seeds/ by a fixed seed.
"""
import json, os, random, sys, tempfile, time

from running import ROOT, daemon
from texts import article

#  Short ones are put together: of so many come about 100,000 passages.
PARAGRAPHS = int(sys.argv[1]) if len(sys.argv) > 1 else 134_600
RANDOM = random.Random(4)
#  Names made up for this, and how many paragraphs of 1,000 have each.
NAMES = {"Quorvania": 3, "Velmarrow": 50, "Zantharion": 3, "Ostrelia": 3, "Brimholt": 190, "Farnaquil": 2}
BASE = [{"id": "zantharion", "kind": "state", "names": ["Zantharion"]}, {"id": "ostrelia", "kind": "state", "names": ["Ostrelia"]},
        {"id": "farnaquil", "kind": "state", "names": ["Farnaquil"]}]


def corpus(path):
    count = 0
    with open(path, "w") as out:
        while count < PARAGRAPHS:
            record = article(count, 4)
            parts = record["text"].split("\n\n")
            for index, part in enumerate(parts):
                for name, share in NAMES.items():
                    if RANDOM.randrange(1000) < share:
                        part += f" Ministers from {name} spoke of it."
                parts[index] = part
            record["text"] = "\n\n".join(parts)
            out.write(json.dumps(record) + "\n")
            count += len(parts)


def save(folder, name, actors=(), topics=()):
    """Writes a file of the registry in one step; JSON is YAML."""
    path = os.path.join(folder, name)
    with open(path + ".part", "w") as out:
        json.dump({"version": 1, **({"topics": topics} if name == "topics.yaml" else {"actors": list(actors)})}, out)
    os.rename(path + ".part", path)
    return time.monotonic()


def counts(client):
    """Exact counts of every value of every facet."""
    fields = ["actor", "place", "topic", "source", "author", "keyword", "lang", "kind", "quality"]
    found = {}
    for unit in ("article", "passage"):
        facets = client.call("facets", q="", facet_unit=unit, facets={field: {"limit": 100_000} for field in fields}, timeout_ms=60_000)["facets"]
        found[unit] = {field: (facets[field]["missing"], {v["id"]: (v["count"], v["passages"]) for v in facets[field]["values"]}) for field in fields}
    return found


def until(client, began, is_seen):
    while not is_seen():
        if time.monotonic() - began > 300:
            sys.exit("the edit was not seen within five minutes")
        time.sleep(0.002)
    return time.monotonic() - began


def main():
    with tempfile.TemporaryDirectory() as work:
        own, texts = os.path.join(work, "own"), os.path.join(work, "texts")
        os.mkdir(own)
        os.mkdir(texts)
        corpus(os.path.join(texts, "all.jsonl"))
        save(own, "actors.yaml", BASE)
        save(own, "topics.yaml", topics=[])
        config = os.path.join(work, "aras.yaml")
        registry = {kind: [os.path.join(ROOT, f"config/{kind}.yaml"), os.path.join(own, f"{kind}.yaml")] for kind in ("actors", "topics")}
        json.dump({"registry": registry, "sources": [texts]}, open(config, "w"))
        environment = {"ARAS_CONFIG": config}
        actors, topics = list(BASE), []
        with daemon(work, texts, environment=environment) as client:
            print(f"{client.call('status')['passages']} passages")

            def passages(**query):
                return client.call("count", **query)["total"]["passages"]

            def timed(label, began, wanted, **query):
                revision = client.call("status")["revision"]
                seconds = until(client, began, lambda: passages(**query) == wanted)
                while client.call("status")["state"] != "ready":
                    time.sleep(0.01)
                print(f"{label:24} {wanted:6} passages, seen after {seconds:.2f} s", flush=True)

            for name in ("Quorvania", "Velmarrow"):
                actors.append({"id": name.lower(), "kind": "state", "names": [name]})
                timed("alias " + name, save(own, "actors.yaml", actors), passages(q="=" + name), q=f"actor:{name.lower()}")
            joined = passages(q="=Zantharion OR =Ostrelia")
            actors[0] = {"id": "zantharion", "same_as": "ostrelia", "names": ["Zantharion"]}
            timed("merge", save(own, "actors.yaml", actors), joined, q="actor:ostrelia")
            actors = [a for a in actors if a["id"] != "farnaquil"]
            began = save(own, "actors.yaml", actors)
            timed("drop", began, 0, q="", filters={"actor": ["farnaquil"]})
            topics.append({"id": "own-topic", "label": "Own topic", "threshold": 1, "rules": {"1": ["Quorvania*"]}})
            timed("topic", save(own, "topics.yaml", topics=topics), passages(q="=Quorvania"), q="topic:own-topic")

            actors.append({"id": "brimholt", "kind": "state", "names": ["Brimholt"]})
            wanted = passages(q="=Brimholt")
            began = save(own, "actors.yaml", actors)
            searches, saves, number = [], [], 0
            while passages(q="actor:brimholt") != wanted:
                start = time.monotonic()
                client.call("search", q="corridor border")
                searches.append(time.monotonic() - start)
                if passages(q="actor:brimholt") and len(saves) < 20:
                    number += 1
                    with open(os.path.join(texts, "saved.txt"), "w") as file:
                        file.write(f"Saved\n\nThe word sentinelword{number} stands here, and ministers spoke of it in the meantime.\n")
                    start = time.monotonic()
                    saves.append(until(client, start, lambda: passages(q=f"=sentinelword{number}") == 1))
                time.sleep(0.01)
            print(f"{'alias Brimholt':24} {wanted:6} passages, all seen after {time.monotonic() - began:.2f} s; meanwhile a search took "
                  f"{sorted(searches)[len(searches) // 2] * 1000:.1f} ms (at most {max(searches) * 1000:.0f}), a save was found after "
                  f"{sorted(saves)[len(saves) // 2] * 1000 if saves else 0:.0f} ms (at most {max(saves, default=0) * 1000:.0f}, {len(saves)} saves)", flush=True)
            while client.call("status")["state"] != "ready":
                time.sleep(0.05)
            edited = counts(client)
        fresh = os.path.join(work, "fresh")
        os.mkdir(fresh)
        with daemon(fresh, texts, environment=environment) as client:
            same = counts(client) == edited
        print("counts equal those of a fresh index" if same else "COUNTS DIFFER FROM A FRESH INDEX")
        sys.exit(0 if same else 1)


main()
