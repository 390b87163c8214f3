#!/usr/bin/env python3
"""What tagging costs, and what a registry of 250,000 names costs over one of 1,000: names.py [PASSAGES [NAMES]].

  ratio     of tagging by NAMES names to tagging by 1,000 of them; the texts name those 1,000. The tagger alone is timed, over texts that are
            analysed already (the package in Parts, which is built here): the median of rounds in which the registries take turns
  share     of indexing that is tagging by the project's own registry: what the tagger alone takes, of what `arasd index` takes
and for each registry the processor time and the memory that `arasd index` takes to take it up. The best of three runs each; they take
turns, so that what else the machine does meets all of them. All figures are processor time.
Names are made up by a fixed seed, in the shape of lists of persons and organisations: two to five words, of which many are shared, a
third of the entries with names in Russian, Persian, Azerbaijani or Arabic, surnames and acronyms. Standard library only.
"""
import json, os, random, subprocess, sys, tempfile, unicodedata

from running import ARASD, ROOT
from texts import WORDS, article

PASSAGES, NAMES = (int(sys.argv[n]) if len(sys.argv) > n else standard for n, standard in ((1, 10_000), (2, 250_000)))
FEW, SHARE, RATIO, RUNS, ROUNDS = 1_000, 0.25, 1.5, 3, 15
RANDOM = random.Random(250)
SCRIPTS = {
    "en": ("bcdfghjklmnprstvz", "aeiou"), "ru": ("бвгдзклмнпрстх", "аеиоуя"), "fa": ("بپتجدرزسشفکگلمن", "اوی"),
    "ar": ("بتجدرزسشفقكلمن", "اوي"), "az": ("bcdfgğhklmnprsşxz", "aeəiıoöuü")}


def word(script):
    consonants, vowels = SCRIPTS[script]
    return "".join(RANDOM.choice(consonants) + RANDOM.choice(vowels) for _ in range(RANDOM.choice((2, 2, 3, 3, 4)))) + RANDOM.choice(consonants)


#  Given names and the like, which many names share; family names are made as they are needed.
COMMON = {script: [word(script).capitalize() for _ in range(400)] for script in SCRIPTS}
GENERIC = ["Bank", "Ministry", "National", "Council", "Front", "Party", "Company", "Institute", "Union", "Group", "Agency", "Committee"]


TAKEN = set()


def person(script):
    """The words of a name that no other entry has, however it is written."""
    while True:
        name = [RANDOM.choice(COMMON[script]) for _ in range(RANDOM.choice((1, 1, 2)))] + [word(script).capitalize()]
        plain = unicodedata.normalize("NFD", " ".join(name).lower().replace("ı", "i").replace("ə", "e"))
        folded = "".join(letter for letter in plain if not unicodedata.combining(letter))
        if folded not in TAKEN:
            TAKEN.add(folded)
            return name


def entries(names):
    """Entries with that many names in all."""
    found, count = [], 0
    while count < names:
        number = len(found)
        entry = {"id": f"e{number}", "names": []}
        if RANDOM.random() < 0.7:
            name = person("en")
            entry.update(kind="person", names=[" ".join(name)], surnames=[name[-1]])
        else:
            name = [word("en").capitalize(), *RANDOM.sample(GENERIC, RANDOM.choice((1, 2))), "of", RANDOM.choice(WORDS).capitalize()]
            entry.update(kind="organisation", names=[" ".join(name)], acronyms=["".join(w[0] for w in name).upper() + f"{number}"])
        if RANDOM.random() < 0.35:
            script = RANDOM.choice(("ru", "ru", "fa", "az", "ar"))
            entry["native"] = {script: [" ".join(person(script)) for _ in range(2)]}
            count += 2
        count += 2
        found.append(entry)
    return found


def registry(folder, name, actors):
    path = os.path.join(folder, name + ".yaml")
    with open(path, "w", encoding="utf-8") as out:
        out.write("version: 1\nactors:\n" if actors else "version: 1\nactors: []\n")
        for entry in actors:
            out.write("  - " + json.dumps(entry, ensure_ascii=False)[1:-1].join("{}") + "\n")
    topics = os.path.join(folder, "no-topics.yaml")
    with open(topics, "w") as out:
        out.write("version: 1\ntopics: []\n")
    return {"actors": [path], "topics": [topics]}


def run(work, files, source):
    """Processor time in seconds and the most memory in MiB of indexing a source anew."""
    config = os.path.join(work, "aras.yaml")
    with tempfile.TemporaryDirectory(dir=work) as folder:
        json.dump({"registry": files, "sources": [source], "index": {"path": os.path.join(folder, "index")}}, open(config, "w"))
        process = subprocess.Popen([ARASD, "index", "--config", config], stderr=subprocess.PIPE, cwd=ROOT)
        errors = process.stderr.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            sys.exit(f"arasd ended with {process.returncode}: {errors.decode()}")
        return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def tagging(work, texts, topics, registries):
    """Microseconds a passage by each registry, and mentions a passage."""
    package = os.path.join(os.path.dirname(os.path.abspath(__file__)), "Parts")
    if subprocess.run(["swift", "build", "-c", "release", "-q", "--product", "timetags", "--package-path", package]).returncode:
        sys.exit("the package in Tests/Benchmarks/Parts cannot be built")
    lines = os.path.join(work, "lines")
    with open(lines, "w") as out:
        for text in texts:
            out.write(text.replace("\n\n", "\n") + "\n\n")
    measured = subprocess.run(
        [os.path.join(package, ".build/release/timetags"), lines, str(ROUNDS), topics, *registries], stdout=subprocess.PIPE, text=True)
    if measured.returncode:
        sys.exit("the tagger could not be measured: " + measured.stdout)
    return [tuple(float(figure) for figure in line.split()) for line in measured.stdout.splitlines()]


def main():
    with tempfile.TemporaryDirectory(prefix="aras-names-") as work:
        nothing, texts = os.path.join(work, "nothing"), os.path.join(work, "texts")
        os.mkdir(nothing)
        os.mkdir(texts)
        many = entries(NAMES)
        few = many[: next(n for n in range(len(many)) if sum(2 + 2 * ("native" in e) for e in many[:n]) >= FEW)]
        written = []
        with open(os.path.join(texts, "all.jsonl"), "w") as out:
            for number in range(PASSAGES // 5):
                record = article(number, 5)
                record["text"] = "\n\n".join(part + " They met " + RANDOM.choice(RANDOM.choice(few)["names"]) + "." for part in record["text"].split("\n\n"))
                out.write(json.dumps(record) + "\n")
                written.append(record["text"])
        registries = {
            f"{FEW} names": registry(work, "few", few), f"{NAMES} names": registry(work, "many", many),
            "the project's": {kind: [os.path.join(ROOT, f"config/{kind}.yaml")] for kind in ("actors", "topics")}}
        files = [registries[f"{count} names"] for count in (FEW, NAMES)]
        (little, named), (much, found) = tagging(work, written, files[0]["topics"][0], [file["actors"][0] for file in files])
        ratio = much / little
        print(f"tagging a passage takes {little:.1f} µs by {FEW} names ({named:.2f} mentions) and {much:.1f} µs by {NAMES} ({found:.2f}): "
              f"{ratio:.2f} times as long", flush=True)
        own = registries["the project's"]
        share = tagging(work, written, own["topics"][0], own["actors"])[0][0] * sum(len(text.split("\n\n")) for text in written) / 1e6
        best = {}
        for _ in range(RUNS):
            for name, files in registries.items():
                for source in (nothing, texts):
                    found = run(work, files, source)
                    best[name, source] = min(best.get((name, source), found), found)
        indexing = {}
        for name in registries:
            (load, memory), (seconds, most) = best[name, nothing], best[name, texts]
            indexing[name] = seconds - load
            print(f"{name:>14}: taken up in {load:6.2f} s with {memory:5.0f} MiB, indexing {seconds - load:6.2f} s, {most:5.0f} MiB", flush=True)
        share /= indexing["the project's"]
        print(f"tagging is {share:.0%} of indexing; indexing with {NAMES} names takes "
              f"{indexing[f'{NAMES} names'] / indexing[f'{FEW} names']:.2f} times as long as with {FEW}")
        if share > SHARE or ratio > RATIO:
            sys.exit(f"the goals are {SHARE:.0%} and {RATIO}")


main()
