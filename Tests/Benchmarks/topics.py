#!/usr/bin/env python3
"""The learning curve of trained topics, against a linear support vector machine of scikit-learn that is given the same examples.

    topics.py COLLECTION [--examples 10,50,200] [--draws 3]

COLLECTION is a folder with corpus.jsonl (_id, title, text, date) and gold.jsonl (_id, topics), where an article is about just the topics
that its gold line lists. The earlier six tenths are learnt from and the rest is scored. Examples are drawn at random, each draw in three
ways: marked yes with four times as many marked no, with as many marked no, and yes alone. A daemon that has indexed the earlier part
trains a topic of its own for each of them; another one with all of these topics indexes the rest, and F1 is that of its article tags.

The machine of scikit-learn gets the text of the article as tf-idf with sublinear tf, without English stop words, rarity counted over the
whole earlier part; C is 1 and F1 is given for equal and for balanced weights of the classes. Where nothing is marked no it is given four times
as many unmarked articles. It needs scikit-learn; nothing else of the project does.

Last comes what 46 trained topics cost: processor time of `arasd index` over the later part, by the project's own registry with and without
them, as a share of tagging, which is what indexing without any registry does without.
"""
import argparse, collections, json, os, random, statistics, subprocess, sys, tempfile
import running

WAYS = {"1:4": 4, "1:1": 1, "yes alone": 0}


def lines(path):
    with open(path, encoding="utf-8") as file:
        return [json.loads(line) for line in file if line.strip()]


def f1(truth, found):
    right = len(truth & found)
    return 2 * right / max(1, len(truth) + len(found))


def write(path, records):
    with open(path, "w", encoding="utf-8") as file:
        for record in records:
            file.write(json.dumps(record, ensure_ascii=False) + "\n")


def setting(folder):
    """A configuration whose registry is nothing but trained topics."""
    open(os.path.join(folder, "topics.yaml"), "w").write("topics:\n  - {id: none, label: None, rules: {3: [qqqqq zzzzz]}}\n")
    open(os.path.join(folder, "actors.yaml"), "w").write("actors:\n  - {id: nobody, kind: organisation, names: [Qqqqq Zzzzz]}\n")
    return {"ARAS_REGISTRY__ACTORS": os.path.join(folder, "actors.yaml"), "ARAS_REGISTRY__TOPICS": os.path.join(folder, "topics.yaml"),
            "ARAS_REGISTRY__TRAINED": os.path.join(folder, "trained")}


def work(folder, name):
    path = os.path.join(folder, name)
    os.makedirs(path)
    return path


def example(record, label):
    return {"title": record["title"] or "", "text": record["text"] or " ", "label": label}


def train(client, topic, examples):
    """Sends the examples in as many lines as they need."""
    draft = {}
    while len(examples) > 200:
        draft = {"draft": client.call("train", topic=topic, examples=examples[:200], more=True, **draft)["draft"]}
        examples = examples[200:]
    return client.call("train", topic=topic, examples=examples, **draft)


class Machine:
    def __init__(self, earlier, later):
        from sklearn.feature_extraction.text import TfidfVectorizer
        text = lambda r: (r["title"] or "") + "\n" + r["text"]
        reader = TfidfVectorizer(sublinear_tf=True, stop_words="english")
        self.earlier, self.later = reader.fit_transform(map(text, earlier)), reader.transform(map(text, later))

    def found(self, yes, no, weights):
        from sklearn.svm import LinearSVC
        machine = LinearSVC(C=1, class_weight=weights).fit(self.earlier[yes + no], [1] * len(yes) + [0] * len(no))
        return {int(i) for i in (machine.decision_function(self.later) > 0).nonzero()[0]}


def processor_time(folder, source, registry):
    """Of indexing a source anew, in seconds; the best of three."""
    config, times = os.path.join(folder, "aras.yaml"), []
    for _ in range(3):
        with tempfile.TemporaryDirectory(dir=folder) as index:
            json.dump({"registry": registry, "sources": [source], "index": {"path": index}}, open(config, "w"))
            process = subprocess.Popen([running.ARASD, "index", "--config", config], stderr=subprocess.DEVNULL, cwd=running.ROOT)
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
            if process.returncode:
                sys.exit(f"arasd index ended with {process.returncode}")
            times.append(usage.ru_utime + usage.ru_stime)
    return min(times)


def cost(folder, source, count=46):
    """Prints what so many trained topics cost: copies of those that were trained from most examples."""
    trained, copies, none = (os.path.join(folder, name) for name in ("trained", "copies", "no"))
    os.makedirs(copies)
    layers = sorted(os.listdir(trained), key=lambda name: -os.path.getsize(os.path.join(trained, name)))[:count]
    for number in range(count):
        name = layers[number % len(layers)]
        text = open(os.path.join(trained, name), encoding="utf-8").read()
        open(os.path.join(copies, f"copy-{number}.tsv"), "w", encoding="utf-8").write(
            text.replace(f"topic\t{name[:-4]}\n", f"topic\tcopy-{number}\n", 1))
    own = {kind: [os.path.join(running.ROOT, f"config/{kind}.yaml")] for kind in ("actors", "topics")}
    empty = {kind: [os.path.join(folder, f"{kind}.yaml")] for kind in ("actors", "topics")}
    nothing = os.path.join(folder, "nothing")
    os.makedirs(nothing)
    times = {}
    for name, registry in (("no registry", {**empty, "trained": none}), ("the project's", {**own, "trained": none}),
                           (f"{count} trained", {**own, "trained": copies})):
        times[name] = processor_time(folder, source, registry) - processor_time(folder, nothing, registry)
        print(f"{name:>14}: indexing {times[name]:6.2f} s", flush=True)
    bare, own, with_layers = times.values()
    print(f"{count} trained topics add {(with_layers - own) / (own - bare):.1%} to tagging, {(with_layers - own) / own:.1%} to indexing")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("collection")
    parser.add_argument("--examples", default="10,50,200")
    parser.add_argument("--draws", type=int, default=3)
    arguments = parser.parse_args()
    sizes = [int(n) for n in arguments.examples.split(",")]
    gold = {str(g["_id"]): set(g["topics"]) for g in lines(os.path.join(arguments.collection, "gold.jsonl")) if "topics" in g}
    corpus = [r for r in lines(os.path.join(arguments.collection, "corpus.jsonl")) if str(r["_id"]) in gold]
    corpus.sort(key=lambda r: (r["date"] or "", str(r["_id"])))
    cut = len(corpus) * 6 // 10
    earlier, later = corpus[:cut], corpus[cut:]
    topics = sorted(set().union(*gold.values()))
    about = lambda records, topic: {i for i, r in enumerate(records) if topic in gold[str(r["_id"])]}
    print(f"{len(earlier)} articles to learn from, {len(later)} to score; " +
          ", ".join(f"{t} {len(about(earlier, t))} + {len(about(later, t))}" for t in topics), flush=True)
    machine = Machine(earlier, later)
    figures = collections.defaultdict(lambda: collections.defaultdict(list))
    trained = {}
    with tempfile.TemporaryDirectory(prefix="aras-topics-") as folder:
        write(os.path.join(folder, "earlier.jsonl"), earlier)
        write(os.path.join(folder, "later.jsonl"), later)
        environment = setting(folder)
        with running.daemon(work(folder, "a"), os.path.join(folder, "earlier.jsonl"), environment=environment) as client:
            for topic in topics:
                is_about = about(earlier, topic)
                for size in sizes:
                    for draw in range(arguments.draws):
                        dice = random.Random(f"{topic} {size} {draw}")
                        yes = dice.sample(sorted(is_about), min(size, len(is_about)))
                        others = [i for i in range(cut) if i not in is_about]
                        for number, (way, share) in enumerate(WAYS.items()):
                            no = dice.sample(others, min(share * len(yes), len(others)))
                            name = f"{topic}-{size}-{draw}-{number}"
                            reply = train(client, name, [example(earlier[i], True) for i in yes] + [example(earlier[i], False) for i in no])
                            trained[name] = (topic, size, way)
                            given = no or dice.sample([i for i in range(cut) if i not in set(yes)], 4 * len(yes))
                            truth = about(later, topic)
                            for weights in (None, "balanced"):
                                figures[topic, size, way]["svm" if weights is None else "svm balanced"].append(
                                    f1(truth, machine.found(yes, given, weights)))
                            figures[topic, size, way]["expected"].append(reply["found"])
                    print(f"  {topic} {size}: trained", flush=True)
        with running.daemon(work(folder, "b"), os.path.join(folder, "later.jsonl"), environment=environment) as client:
            number = {str(r["_id"]): i for i, r in enumerate(later)}
            found = collections.defaultdict(set)
            offset = 0
            while True:
                hits = client.call("search", q="*", facets=[], offset=offset, limit=500, per_group=1, snippets={"count": 0})["hits"]
                if not hits:
                    break
                for hit in hits:
                    for tag in hit["article"]["topics"]:
                        found[tag["id"]].add(number[hit["article"]["key"]])
                offset += len(hits)
        cost(folder, os.path.join(folder, "later.jsonl"))
    for name, (topic, size, way) in trained.items():
        figures[topic, size, way]["aras"].append(f1(about(later, topic), found[name]))
    columns = ["svm", "svm balanced", "aras"]
    print(f"{'':28}" + "".join(f"{c:>14}" for c in columns) + f"{'to the better':>16}")
    for size in sizes:
        for way in WAYS:
            for topic in topics + ["mean"]:
                of = lambda c: statistics.mean(x for t in (topics if topic == "mean" else [topic]) for x in figures[t, size, way][c])
                values = [of(c) for c in columns]
                print(f"{topic:12}{size:5}  {way:9}" + "".join(f"{v:14.3f}" for v in values) + f"{values[2] - max(values[:2]):+16.3f}")


if __name__ == "__main__":
    main()
