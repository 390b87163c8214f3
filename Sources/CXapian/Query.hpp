// From the code of a query to Xapian's tree.
#pragma once

#include "CXapian.h"

#include <xapian.h>

namespace cxapian {

/// Decodes a query; throws Xapian::InvalidArgumentError for bytes that are no query or one that nests too deep.
/// Terms that the query leaves open (CX_QUERY_TERMS) are looked up in `database`; without one a term with a star stands for them, to be
/// read.
Xapian::Query decode_query(const uint8_t *code, size_t length, const Xapian::Database *database);

}  // namespace cxapian
