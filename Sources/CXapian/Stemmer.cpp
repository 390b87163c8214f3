// Xapian's Snowball stemmers.

#include "Guard.hpp"

#include <xapian.h>

using cxapian::guarded;
using cxapian::to_bytes;
using cxapian::to_string;

/// A stemmer and its latest answer.
struct CXStemmer {
  explicit CXStemmer(const std::string &language) : stemmer(language) {}

  Xapian::Stem stemmer;
  std::string word;
  std::string stem;
};

int32_t cx_stemmer_make(const uint8_t *language, size_t length, CXStemmer **stemmer, CXError *error) noexcept {
  return guarded(error, [&] {
    const std::string name = to_string(language, length);
    // Xapian takes "" and "none" for a stemmer that leaves words alone; here it is a language that is missing.
    if (name.empty() || name == "none") throw Xapian::InvalidArgumentError("no language to stem");
    *stemmer = new CXStemmer(name);
  });
}

void cx_stemmer_free(CXStemmer *stemmer) noexcept { delete stemmer; }

int32_t cx_stem(CXStemmer *stemmer, const uint8_t *word, size_t length, const uint8_t **stem, size_t *stem_length,
                CXError *error) noexcept {
  return guarded(error, [&] {
    stemmer->word.assign(reinterpret_cast<const char *>(word), length);
    stemmer->stem = stemmer->stemmer(stemmer->word);
    *stem = to_bytes(stemmer->stem);
    *stem_length = stemmer->stem.size();
  });
}

int32_t cx_stemmer_languages(CXSink sink, void *context, CXError *error) noexcept {
  return guarded(error, [&] {
    const std::string names = Xapian::Stem::get_available_languages();
    sink(context, to_bytes(names), names.size());
  });
}
