// Compacting databases and checking them.

#include "Database.hpp"
#include "Guard.hpp"

using cxapian::guarded;
using cxapian::to_string;

int32_t cx_compact(CXDatabase *database, const uint8_t *path, size_t path_length, uint32_t flags, CXError *error) noexcept {
  return guarded(error, [&] { database->database->compact(to_string(path, path_length), flags); });
}

int32_t cx_compact_paths(const uint8_t *paths, const size_t *lengths, size_t count, const uint8_t *destination,
                         size_t destination_length, uint32_t flags, CXError *error) noexcept {
  return guarded(error, [&] {
    Xapian::Database all;
    for (size_t i = 0; i < count; ++i) {
      all.add_database(Xapian::Database(to_string(paths, lengths[i])));
      paths += lengths[i];
    }
    all.compact(to_string(destination, destination_length), flags);
  });
}

int32_t cx_check(const uint8_t *path, size_t path_length, uint64_t *faults, CXError *error) noexcept {
  return guarded(error, [&] { *faults = Xapian::Database::check(to_string(path, path_length)); });
}
