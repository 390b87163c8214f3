// Changing a database.

#include "Database.hpp"
#include "Document.hpp"
#include "Guard.hpp"

#include <limits>

using cxapian::apply_to_document;
using cxapian::decode_document;
using cxapian::guarded;
using cxapian::to_string;

int32_t cx_add_document(CXDatabase *database, const uint8_t *code, size_t length, int32_t placed, uint32_t *added,
                        CXError *error) noexcept {
  return guarded(error, [&] { *added = database->writer().add_document(decode_document(code, length, placed != 0)); });
}

int32_t cx_replace_document(CXDatabase *database, uint32_t document, const uint8_t *code, size_t length, int32_t placed,
                            CXError *error) noexcept {
  return guarded(error, [&] { database->writer().replace_document(document, decode_document(code, length, placed != 0)); });
}

int32_t cx_edit_document(CXDatabase *database, uint32_t document, const uint8_t *code, size_t length, CXError *error) noexcept {
  return guarded(error, [&] {
    Xapian::Document edited = database->writer().get_document(document);
    apply_to_document(edited, code, length);
    database->writer().replace_document(document, edited);
  });
}

int32_t cx_replace_by_term(CXDatabase *database, const uint8_t *term, size_t term_length, const uint8_t *code, size_t length,
                           uint32_t *replaced, CXError *error) noexcept {
  return guarded(error, [&] {
    *replaced = database->writer().replace_document(to_string(term, term_length), decode_document(code, length));
  });
}

int32_t cx_delete_document(CXDatabase *database, uint32_t document, CXError *error) noexcept {
  return guarded(error, [&] { database->writer().delete_document(document); });
}

int32_t cx_delete_by_term(CXDatabase *database, const uint8_t *term, size_t term_length, CXError *error) noexcept {
  return guarded(error, [&] { database->writer().delete_document(to_string(term, term_length)); });
}

int32_t cx_set_metadata(CXDatabase *database, const uint8_t *key, size_t key_length, const uint8_t *value, size_t value_length,
                        CXError *error) noexcept {
  return guarded(error, [&] { database->writer().set_metadata(to_string(key, key_length), to_string(value, value_length)); });
}

int32_t cx_change_spelling(CXDatabase *database, const uint8_t *word, size_t word_length, int64_t frequency, CXError *error) noexcept {
  return guarded(error, [&] {
    constexpr int64_t most = std::numeric_limits<Xapian::termcount>::max();
    if (frequency > most || frequency < -most) throw Xapian::RangeError("spelling frequency does not fit in 32 bits");
    const std::string spelling = to_string(word, word_length);
    if (frequency > 0) database->writer().add_spelling(spelling, static_cast<Xapian::termcount>(frequency));
    if (frequency < 0) database->writer().remove_spelling(spelling, static_cast<Xapian::termcount>(-frequency));
  });
}

int32_t cx_change_synonym(CXDatabase *database, const uint8_t *term, size_t term_length, const uint8_t *synonym, size_t synonym_length,
                          int32_t add, CXError *error) noexcept {
  return guarded(error, [&] {
    const std::string name = to_string(term, term_length);
    const std::string other = to_string(synonym, synonym_length);
    if (add != 0) {
      database->writer().add_synonym(name, other);
    } else {
      database->writer().remove_synonym(name, other);
    }
  });
}

int32_t cx_clear_synonyms(CXDatabase *database, const uint8_t *term, size_t term_length, CXError *error) noexcept {
  return guarded(error, [&] { database->writer().clear_synonyms(to_string(term, term_length)); });
}

int32_t cx_commit(CXDatabase *database, CXError *error) noexcept {
  return guarded(error, [&] { database->writer().commit(); });
}

int32_t cx_transaction(CXDatabase *database, int32_t step, CXError *error) noexcept {
  return guarded(error, [&] {
    switch (step) {
      case CX_TRANSACTION_BEGIN: database->writer().begin_transaction(true); break;
      case CX_TRANSACTION_BEGIN_UNFLUSHED: database->writer().begin_transaction(false); break;
      case CX_TRANSACTION_COMMIT: database->writer().commit_transaction(); break;
      case CX_TRANSACTION_CANCEL: database->writer().cancel_transaction(); break;
      default: throw Xapian::InvalidArgumentError("unknown step of a transaction");
    }
  });
}
