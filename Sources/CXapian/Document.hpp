// From the code of a document to Xapian's.
#pragma once

#include "CXapian.h"

#include <xapian.h>

namespace cxapian {

/// Decodes a document; throws Xapian::InvalidArgumentError for bytes that are no document. Where it is not `placed`, its terms lose their
/// positions.
Xapian::Document decode_document(const uint8_t *code, size_t length, bool placed = true);

/// Does to a document what the commands say; throws as above.
void apply_to_document(Xapian::Document &document, const uint8_t *code, size_t length, bool placed = true);

}  // namespace cxapian
