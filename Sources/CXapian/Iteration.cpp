// Walks over a whole database: terms, posting lists and value slots, all of them or only for some documents.

#include "Database.hpp"
#include "Rows.hpp"

#include <vector>

using cxapian::guarded;
using cxapian::row;
using cxapian::to_string;

namespace {

/// Throws unless the documents ascend: an iterator that is asked to go back would silently stay.
void require_ascending(const uint32_t *documents, size_t count) {
  for (size_t i = 1; i < count; ++i) {
    if (documents[i - 1] >= documents[i]) throw Xapian::InvalidArgumentError("documents do not ascend");
  }
}

/// Gives the postings of a term to the sink, with a number read off each.
template <typename Number>
void collect(const Xapian::Database &database, const std::string &term, CXPostingSink sink, void *context, Number number) {
  std::vector<uint32_t> documents;
  std::vector<uint32_t> numbers;
  const Xapian::PostingIterator end = database.postlist_end(term);
  documents.reserve(database.get_termfreq(term));
  numbers.reserve(documents.capacity());
  for (Xapian::PostingIterator i = database.postlist_begin(term); i != end; ++i) {
    documents.push_back(*i);
    numbers.push_back(static_cast<uint32_t>(number(i)));
  }
  sink(context, documents.data(), numbers.data(), documents.size());
}

}  // namespace

int32_t cx_posting_list(CXDatabase *database, const uint8_t *term, size_t term_length, CXPostingSink sink, void *context,
                        CXError *error) noexcept {
  return guarded(error, [&] {
    collect(*database->database, to_string(term, term_length), sink, context,
            [](const Xapian::PostingIterator &i) { return i.get_wdf(); });
  });
}

int32_t cx_document_lengths(CXDatabase *database, CXPostingSink sink, void *context, CXError *error) noexcept {
  return guarded(error, [&] {
    collect(*database->database, std::string(), sink, context, [](const Xapian::PostingIterator &i) { return i.get_doclength(); });
  });
}

int32_t cx_terms(CXDatabase *database, const uint8_t *prefix, size_t prefix_length, CXVisitor visitor, void *context,
                 CXError *error) noexcept {
  return guarded(error, [&] {
    const std::string start = to_string(prefix, prefix_length);
    cxapian::visit_strings(database->database->allterms_begin(start), database->database->allterms_end(start), visitor, context,
                           [](const Xapian::TermIterator &i) { return i.get_termfreq(); });
  });
}

struct CXTermWalk {
  /// Where the visitor wants the walk to go on; empty = at the next term.
  std::string target;
};

int32_t cx_terms_walk(CXDatabase *database, const uint8_t *prefix, size_t prefix_length, const uint8_t *from, size_t from_length,
                      CXTermVisitor visitor, void *context, CXError *error) noexcept {
  return guarded(error, [&] {
    const std::string start = to_string(prefix, prefix_length);
    const std::string first = to_string(from, from_length);
    const Xapian::TermIterator end = database->database->allterms_end(start);
    Xapian::TermIterator i = database->database->allterms_begin(start);
    if (i != end && first > *i) i.skip_to(first);
    CXTermWalk walk;
    while (i != end) {
      const std::string term = *i;
      const CXItem item = row(term);
      walk.target.clear();
      if (visitor(context, &item, &walk) != CX_PROCEED) return;
      if (walk.target > term) {
        i.skip_to(walk.target);
      } else {
        ++i;
      }
    }
  });
}

void cx_term_walk_seek(CXTermWalk *walk, const uint8_t *term, size_t term_length) noexcept {
  try {
    walk->target = to_string(term, term_length);
  } catch (...) {
    // Without the memory for it the walk takes the next term, which is only slower.
    walk->target.clear();
  }
}

int32_t cx_postings(CXDatabase *database, const uint8_t *term, size_t term_length, CXVisitor visitor, void *context,
                    CXError *error) noexcept {
  return guarded(error, [&] {
    const std::string name = to_string(term, term_length);
    const Xapian::PostingIterator end = database->database->postlist_end(name);
    for (Xapian::PostingIterator i = database->database->postlist_begin(name); i != end; ++i) {
      const CXItem item = row(*i, i.get_wdf());
      if (visitor(context, &item) != CX_PROCEED) return;
    }
  });
}

int32_t cx_postings_among(CXDatabase *database, const uint8_t *term, size_t term_length, const uint32_t *documents, size_t count,
                          CXVisitor visitor, void *context, CXError *error) noexcept {
  return guarded(error, [&] {
    require_ascending(documents, count);
    const std::string name = to_string(term, term_length);
    const Xapian::PostingIterator end = database->database->postlist_end(name);
    Xapian::PostingIterator posting = database->database->postlist_begin(name);
    for (size_t i = 0; i < count; ++i) {
      if (posting == end) return;
      posting.skip_to(documents[i]);
      if (posting == end) return;
      if (*posting != documents[i]) continue;
      const CXItem item = row(static_cast<uint32_t>(i), static_cast<uint32_t>(posting.get_wdf()));
      if (visitor(context, &item) != CX_PROCEED) return;
    }
  });
}

int32_t cx_values(CXDatabase *database, uint32_t slot, CXVisitor visitor, void *context, CXError *error) noexcept {
  return guarded(error, [&] {
    const Xapian::ValueIterator end = database->database->valuestream_end(slot);
    for (Xapian::ValueIterator i = database->database->valuestream_begin(slot); i != end; ++i) {
      const std::string value = *i;
      const CXItem item = row(i.get_docid(), value);
      if (visitor(context, &item) != CX_PROCEED) return;
    }
  });
}

int32_t cx_values_among(CXDatabase *database, uint32_t slot, const uint32_t *documents, size_t count, CXVisitor visitor, void *context,
                        CXError *error) noexcept {
  return guarded(error, [&] {
    require_ascending(documents, count);
    const Xapian::ValueIterator end = database->database->valuestream_end(slot);
    Xapian::ValueIterator values = database->database->valuestream_begin(slot);
    for (size_t i = 0; i < count; ++i) {
      if (values == end) return;
      values.skip_to(documents[i]);
      if (values == end) return;
      if (values.get_docid() != documents[i]) continue;
      const std::string value = *values;
      const CXItem item = row(static_cast<uint32_t>(i), value);
      if (visitor(context, &item) != CX_PROCEED) return;
    }
  });
}
