// Keys and values beside the documents, spellings and synonyms: the reading of them.

#include "Database.hpp"
#include "Rows.hpp"

using cxapian::guarded;
using cxapian::no_count;
using cxapian::row;
using cxapian::to_bytes;
using cxapian::to_string;
using cxapian::visit_strings;

int32_t cx_metadata(CXDatabase *database, const uint8_t *key, size_t key_length, CXSink sink, void *context, CXError *error) noexcept {
  return guarded(error, [&] {
    const std::string value = database->database->get_metadata(to_string(key, key_length));
    sink(context, to_bytes(value), value.size());
  });
}

int32_t cx_metadata_entries(CXDatabase *database, const uint8_t *prefix, size_t prefix_length, CXVisitor visitor, void *context,
                            CXError *error) noexcept {
  return guarded(error, [&] {
    const std::string start = to_string(prefix, prefix_length);
    const Xapian::TermIterator end = database->database->metadata_keys_end(start);
    for (Xapian::TermIterator i = database->database->metadata_keys_begin(start); i != end; ++i) {
      const std::string key = *i;
      const std::string value = database->database->get_metadata(key);
      CXItem item = row(key);
      item.second_bytes = to_bytes(value);
      item.second_length = value.size();
      if (visitor(context, &item) != CX_PROCEED) return;
    }
  });
}

int32_t cx_spellings(CXDatabase *database, CXVisitor visitor, void *context, CXError *error) noexcept {
  return guarded(error, [&] {
    visit_strings(database->database->spellings_begin(), database->database->spellings_end(), visitor, context,
                  [](const Xapian::TermIterator &i) { return i.get_termfreq(); });
  });
}

int32_t cx_spelling_suggestion(CXDatabase *database, const uint8_t *word, size_t word_length, uint32_t max_distance, CXSink sink,
                               void *context, CXError *error) noexcept {
  return guarded(error, [&] {
    const std::string best = database->database->get_spelling_suggestion(to_string(word, word_length), max_distance);
    sink(context, to_bytes(best), best.size());
  });
}

int32_t cx_synonyms(CXDatabase *database, const uint8_t *term, size_t term_length, CXVisitor visitor, void *context,
                    CXError *error) noexcept {
  return guarded(error, [&] {
    const std::string name = to_string(term, term_length);
    visit_strings(database->database->synonyms_begin(name), database->database->synonyms_end(name), visitor, context,
                  no_count<Xapian::TermIterator>);
  });
}

int32_t cx_synonym_keys(CXDatabase *database, const uint8_t *prefix, size_t prefix_length, CXVisitor visitor, void *context,
                        CXError *error) noexcept {
  return guarded(error, [&] {
    const std::string start = to_string(prefix, prefix_length);
    visit_strings(database->database->synonym_keys_begin(start), database->database->synonym_keys_end(start), visitor, context,
                  no_count<Xapian::TermIterator>);
  });
}
