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
