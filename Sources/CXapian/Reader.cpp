// Opening, closing and reopening databases, and the numbers about them.

#include "Database.hpp"
#include "Guard.hpp"

using cxapian::guarded;
using cxapian::to_bytes;
using cxapian::to_string;

int32_t cx_database_open(const uint8_t *path, size_t path_length, CXDatabase **database, CXError *error) noexcept {
  return guarded(error, [&] {
    auto opened = std::make_unique<Xapian::Database>(to_string(path, path_length));
    *database = new CXDatabase(std::move(opened));
  });
}

int32_t cx_database_open_writable(const uint8_t *path, size_t path_length, int32_t mode, int32_t unsynced, CXDatabase **database,
                                  CXError *error) noexcept {
  return guarded(error, [&] {
    int flags = 0;
    switch (mode) {
      case CX_CREATE_OR_OPEN: flags = Xapian::DB_CREATE_OR_OPEN; break;
      case CX_CREATE_OR_OVERWRITE: flags = Xapian::DB_CREATE_OR_OVERWRITE; break;
      case CX_CREATE: flags = Xapian::DB_CREATE; break;
      case CX_OPEN: flags = Xapian::DB_OPEN; break;
      default: throw Xapian::InvalidArgumentError("unknown mode of opening");
    }
    if (unsynced != 0) flags |= Xapian::DB_NO_SYNC;
    auto opened = std::make_unique<Xapian::WritableDatabase>(to_string(path, path_length), flags);
    *database = new CXDatabase(std::move(opened));
  });
}

int32_t cx_database_open_memory(CXDatabase **database, CXError *error) noexcept {
  return guarded(error, [&] {
    auto opened = std::make_unique<Xapian::WritableDatabase>(std::string(), Xapian::DB_BACKEND_INMEMORY);
    *database = new CXDatabase(std::move(opened));
  });
}

void cx_database_free(CXDatabase *database) noexcept {
  try {
    delete database;
  } catch (...) {
    // Xapian's destructors keep their exceptions to themselves; should one not, there is nobody to tell.
  }
}

int32_t cx_database_close(CXDatabase *database, CXError *error) noexcept {
  return guarded(error, [&] { database->database->close(); });
}

int32_t cx_database_reopen(CXDatabase *database, int32_t *changed, CXError *error) noexcept {
  return guarded(error, [&] { *changed = database->database->reopen() ? 1 : 0; });
}

int32_t cx_statistics(CXDatabase *database, CXStatistics *statistics, CXError *error) noexcept {
  return guarded(error, [&] {
    const Xapian::Database &db = *database->database;
    CXStatistics numbers = {};
    numbers.document_count = db.get_doccount();
    numbers.last_document = db.get_lastdocid();
    numbers.average_length = db.get_average_length();
    numbers.total_length = db.get_total_length();
    numbers.has_positions = db.has_positions() ? 1 : 0;
    *statistics = numbers;
  });
}

int32_t cx_revision(CXDatabase *database, uint64_t *revision, CXError *error) noexcept {
  return guarded(error, [&] { *revision = database->database->get_revision(); });
}

int32_t cx_uuid(CXDatabase *database, CXSink sink, void *context, CXError *error) noexcept {
  return guarded(error, [&] {
    const std::string uuid = database->database->get_uuid();
    sink(context, to_bytes(uuid), uuid.size());
  });
}

int32_t cx_term_frequencies(CXDatabase *database, const uint8_t *term, size_t term_length, uint32_t *document_frequency,
                            uint32_t *collection_frequency, CXError *error) noexcept {
  return guarded(error, [&] {
    const std::string name = to_string(term, term_length);
    const uint32_t documents = database->database->get_termfreq(name);
    const uint32_t occurrences = database->database->get_collection_freq(name);
    *document_frequency = documents;
    *collection_frequency = occurrences;
  });
}

int32_t cx_document_length(CXDatabase *database, uint32_t document, uint32_t *length, CXError *error) noexcept {
  return guarded(error, [&] { *length = database->database->get_doclength(document); });
}
