#!/usr/bin/env python3
"""What each feature of a search costs, as a ratio to a plain search for two words, over the socket of one daemon.

    features.py [ARTICLES…]     files or folders to index; else the articles of $ARAS_SHARED/eval/articles, else seeds/

The words are drawn from the indexed text itself (seeded). Every feature is asked in turn for one pair of words before the next pair, so a
disturbance meets all of them alike; the first round is not counted. Ratios are of means; p95 is of the feature's own times, in
plain searches.
"""
import gzip, os, random, re, shutil, statistics, sys, tempfile, time

from running import ROOT, daemon

PAIRS = int(os.environ.get("PAIRS", "60"))
ROUNDS = 3


def search(**params):
    return lambda case: ("search", {"facets": [], **{k: v(case) if callable(v) else v for k, v in params.items()}})


def two(case):
    return f"{case['a']} {case['b']}"


def query(form):
    return search(q=lambda case: form.format(**case))


FEATURES = {
    "plain search, two words": search(q=two),
    "one word": query("{a}"),
    "count": lambda case: ("count", {"q": two(case)}),
    "everything, newest first": search(q="", sort="date:desc"),
    "a question of ten words (any)": query("{sentence}"),
    "+ facets of actors and topics": search(q=two, facets=["actor", "topic"]),
    "+ all ten facets": search(q=two, facets=["actor", "place", "topic", "source", "author", "keyword", "lang", "date", "kind", "quality"]),
    "+ a filter by actor": search(q=two, filters={"actor": ["united-states"]}),
    "+ a range of dates": query("{a} {b} date:{years}"),
    "+ explain": search(q=two, explain=True),
    "100 hits": search(q=two, limit=100),
    "one short snippet a passage": search(q=two, snippets={"count": 1, "length": 40}),
    "one hit per passage": search(q=two, group="passage"),
    "phrase": query('"{a} {b}"'),
    "phrase with slop": query('"{a} {b}"~3'),
    "NEAR": query("{a} NEAR/5 {b}"),
    "actor NEAR word": query("actor:united-states NEAR/10 {a}"),
    "exact form": query("={a} {b}"),
    "wildcard": query("{start}*"),
    "wildcard in a phrase": query('"{a} {bstart}*"'),
    "fuzzy, one letter": query("{a}~1 {b}"),
    "fuzzy, two letters": query("{a}~2 {b}"),
    "title field": query("title:{a} {b}"),
    "without a word": query("{a} -{b}"),
    "misspelt (corrections)": query("{wrong}"),
    "suggest, as it is typed": lambda case: ("suggest", {"q": case["start"]}),
    "similar to a passage": lambda case: ("similar", {"id": case["id"], "facets": []}),
    "similar to an article": lambda case: ("similar", {"id": case["id"].rsplit("#", 1)[0], "facets": []}),
    "get an article": lambda case: ("get", {"id": case["id"].rsplit("#", 1)[0]}),
}


def cases(client):
    """Pairs of neighbouring words out of passages drawn at random, with what the features need beside them."""
    dice = random.Random(7)
    total = client.call("count", q="")["total"]["passages"]
    while True:
        found = client.call("search", q="", group="passage", limit=1, offset=dice.randrange(total), facets=[], snippets={"count": 1, "length": 1000})
        passage = found["hits"][0]["passages"][0]
        words = re.findall(r"[^\W\d_]{5,}", " ".join(snippet["text"] for snippet in passage["snippets"]))
        if len(words) < 12:
            continue
        at = dice.randrange(len(words) - 10)
        # A range that the passage is in: one that nothing is in would be asked a second time, as any of its words.
        date = found["hits"][0]["article"].get("date")
        years = f"{int(date[:4]) - 2}..{int(date[:4]) + 2}" if date else "..2100"
        a, b = words[at].lower(), words[at + 1].lower()
        cut = dice.randrange(1, len(a) - 1)
        yield {
            "a": a, "b": b, "id": passage["id"], "years": years, "sentence": " ".join(words[at : at + 10]).lower(),
            "start": a[: max(3, len(a) // 2)], "bstart": b[:4], "wrong": a[:cut] + a[cut + 1] + a[cut] + a[cut + 2 :] + "q",
        }


def unpacked(sources, work):
    """Gzipped files are unpacked into the work folder; the rest is taken as it lies."""
    folder = os.path.join(work, "articles")
    os.mkdir(folder)
    taken = []
    for source in sources:
        if source.endswith(".gz"):
            with gzip.open(source, "rb") as packed, open(os.path.join(folder, os.path.basename(source)[:-3]), "wb") as out:
                shutil.copyfileobj(packed, out)
        else:
            taken.append(source)
    return taken + ([folder] if os.listdir(folder) else [])


def main():
    shared = os.path.join(os.environ.get("ARAS_SHARED", ""), "eval/articles")
    sources = sys.argv[1:] or ([os.path.join(shared, name) for name in sorted(os.listdir(shared)) if name.endswith(".gz")]
                               if os.path.isdir(shared) else [os.path.join(ROOT, "seeds")])
    times = {name: [] for name in FEATURES}
    with tempfile.TemporaryDirectory(prefix="aras-features-") as work, daemon(work, *unpacked(sources, work)) as client:
        total = client.call("count", q="")["total"]
        drawn = [case for case, _ in zip(cases(client), range(PAIRS))]
        for round in range(ROUNDS + 1):
            for case in drawn:
                for name, make in FEATURES.items():
                    method, params = make(case)
                    began = time.perf_counter()
                    client.call(method, **params)
                    if round > 0:
                        times[name].append(time.perf_counter() - began)
    plain = statistics.mean(next(iter(times.values())))
    print(f"{total['articles']} articles, {total['passages']} passages, {PAIRS} pairs of words, {ROUNDS} rounds\n")
    print("| feature | of a plain search | p95 |\n|---|---|---|")
    for name, measured in times.items():
        print(f"| {name} | {statistics.mean(measured) / plain:.2f} | {sorted(measured)[int(len(measured) * 0.95)] / plain:.2f} |")


main()
