// What is kept of one document, or of many in one crossing.

#include "Database.hpp"
#include "Rows.hpp"

using cxapian::guarded;
using cxapian::row;
using cxapian::to_bytes;
using cxapian::to_string;

int32_t cx_document_data(CXDatabase *database, uint32_t document, CXSink sink, void *context, CXError *error) noexcept {
  return guarded(error, [&] {
    const std::string data = database->database->get_document(document).get_data();
    sink(context, to_bytes(data), data.size());
  });
}

int32_t cx_documents_data(CXDatabase *database, const uint32_t *documents, size_t count, CXVisitor visitor, void *context,
                          CXError *error) noexcept {
  return guarded(error, [&] {
    for (size_t i = 0; i < count; ++i) {
      // The document is looked for when its data is read, or, were it not there, here: DocNotFoundError either way.
      const std::string data = database->database->get_document(documents[i]).get_data();
      const CXItem item = row(static_cast<uint32_t>(i), data);
      if (visitor(context, &item) != CX_PROCEED) return;
    }
  });
}

int32_t cx_document_value(CXDatabase *database, uint32_t document, uint32_t slot, CXSink sink, void *context, CXError *error) noexcept {
  return guarded(error, [&] {
    const std::string value = database->database->get_document(document).get_value(slot);
    sink(context, to_bytes(value), value.size());
  });
}

int32_t cx_document_terms(CXDatabase *database, uint32_t document, CXVisitor visitor, void *context, CXError *error) noexcept {
  return guarded(error, [&] {
    cxapian::visit_strings(database->database->termlist_begin(document), database->database->termlist_end(document), visitor, context,
                           [](const Xapian::TermIterator &i) { return i.get_wdf(); });
  });
}

int32_t cx_documents_terms(CXDatabase *database, const uint32_t *documents, size_t count, const uint8_t *wanted, CXVisitor visitor,
                           void *context, CXError *error) noexcept {
  return guarded(error, [&] {
    for (size_t i = 0; i < count; ++i) {
      CXItem head = {};
      head.number = static_cast<uint32_t>(i);
      head.count = database->database->get_doclength(documents[i]);
      if (visitor(context, &head) != CX_PROCEED) return;
      const Xapian::TermIterator end = database->database->termlist_end(documents[i]);
      Xapian::TermIterator term = database->database->termlist_begin(documents[i]);
      while (term != end) {
        const std::string name = *term;
        unsigned first = static_cast<unsigned char>(name[0]);
        if (wanted[first] == 0) {
          // On to the next first byte that is wanted; terms ascend, so those between are passed over unread.
          do { ++first; } while (first < 256 && wanted[first] == 0);
          if (first == 256) break;
          term.skip_to(std::string(1, static_cast<char>(first)));
          continue;
        }
        CXItem item = row(static_cast<uint32_t>(i), name);
        item.count = term.get_wdf();
        if (visitor(context, &item) != CX_PROCEED) return;
        ++term;
      }
    }
  });
}

int32_t cx_positions(CXDatabase *database, uint32_t document, const uint8_t *term, size_t term_length, CXVisitor visitor, void *context,
                     CXError *error) noexcept {
  return guarded(error, [&] {
    const std::string name = to_string(term, term_length);
    const Xapian::PositionIterator end = database->database->positionlist_end(document, name);
    for (Xapian::PositionIterator i = database->database->positionlist_begin(document, name); i != end; ++i) {
      const CXItem item = row(*i);
      if (visitor(context, &item) != CX_PROCEED) return;
    }
  });
}
