// The handle of an open database.
#pragma once

#include "CXapian.h"

#include <xapian.h>

#include <memory>
#include <utility>

/// A database of either kind; `writable` is the same object, or null for a reader.
struct CXDatabase {
  explicit CXDatabase(std::unique_ptr<Xapian::Database> opened) : database(std::move(opened)), writable(nullptr) {}

  explicit CXDatabase(std::unique_ptr<Xapian::WritableDatabase> opened) : database(nullptr), writable(opened.get()) {
    database = std::move(opened);
  }

  /// The writer; throws when the database is open for reading.
  Xapian::WritableDatabase &writer() const {
    if (writable == nullptr) throw Xapian::InvalidOperationError("database is open for reading");
    return *writable;
  }

  std::unique_ptr<Xapian::Database> database;
  Xapian::WritableDatabase *writable;
};
