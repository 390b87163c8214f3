// Checking a database.

#include "Database.hpp"
#include "Guard.hpp"

using cxapian::guarded;
using cxapian::to_string;

int32_t cx_check(const uint8_t *path, size_t path_length, uint64_t *faults, CXError *error) noexcept {
  return guarded(error, [&] { *faults = Xapian::Database::check(to_string(path, path_length)); });
}
