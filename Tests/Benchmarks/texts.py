"""Texts for benchmarks, made of the sentences of seeds/ by a fixed seed."""
import os, random, re

from running import ROOT

RANDOM = random.Random(20)


def vocabulary():
    """Sentences of the English seeds, and their words, the most frequent first."""
    sentences = []
    for folder, _, names in os.walk(os.path.join(ROOT, "seeds")):
        for name in sorted(names):
            if name.endswith((".txt", ".md")):
                text = open(os.path.join(folder, name), encoding="utf-8").read()
                if sum(c.isascii() for c in text) > 0.97 * len(text):
                    sentences += [s.strip() for s in re.split(r"(?<=[.!?])\s+", text) if 40 < len(s.strip()) < 300]
    counts = {}
    for word in re.findall(r"[a-z]{4,}", " ".join(sentences).lower()):
        counts[word] = counts.get(word, 0) + 1
    return sentences, sorted(counts, key=lambda w: (-counts[w], w))


SENTENCES, WORDS = vocabulary()


def paragraph():
    """About a passage: sentences of the seeds with some of their words replaced, half of those by words of a long tail."""
    text = " ".join(RANDOM.choice(SENTENCES) for _ in range(4))
    words = text.split(" ")
    for index in range(len(words)):
        if RANDOM.random() < 0.25:
            words[index] = RANDOM.choice(WORDS) if RANDOM.random() < 0.5 else "term%d" % int(RANDOM.paretovariate(0.4) % 200_000)
    return " ".join(words)


def article(number, passages):
    return {"id": str(number), "title": "Article %d on %s" % (number, RANDOM.choice(WORDS)), "date": "20%02d-%02d-11" % (number % 6 + 18, number % 12 + 1),
            "text": "\n\n".join(paragraph() + " " + paragraph() for _ in range(passages))}
