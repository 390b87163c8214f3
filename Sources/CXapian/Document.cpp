// Decodes a document: commands that each add or remove a term, or set a value or the stored data.

#include "Document.hpp"

#include "Decoder.hpp"

namespace cxapian {

namespace {

Xapian::termpos position_from(int64_t position) {
  if (position < 0 || position > std::numeric_limits<Xapian::termpos>::max()) throw Xapian::RangeError("position does not fit");
  return static_cast<Xapian::termpos>(position);
}

void add_postings(Xapian::Document &document, Decoder &decoder, bool placed) {
  const uint32_t wdf = decoder.number32();
  const std::string term = decoder.string();
  uint64_t count = decoder.number();
  if (!placed) {
    for (; count > 0; --count) decoder.number();
  }
  if (count == 0) return document.add_term(term, wdf);
  int64_t position = 0;
  // The wdf goes with the first position: each call looks the term up again.
  for (uint32_t increment = wdf; count > 0; --count, increment = 0) {
    // A sum of numbers from the code could overflow: unsigned numbers may.
    position = static_cast<int64_t>(static_cast<uint64_t>(position) + static_cast<uint64_t>(decoder.signed_number()));
    document.add_posting(term, position_from(position), increment);
  }
}

void remove_term(Xapian::Document &document, const std::string &term) {
  // Looking whether it is there would read the terms of a stored document once more.
  try {
    document.remove_term(term);
  } catch (const Xapian::InvalidArgumentError &) {
  }
}

}  // namespace

void apply_to_document(Xapian::Document &document, const uint8_t *code, size_t length, bool placed) {
  Decoder decoder(code, length);
  while (!decoder.at_end()) {
    switch (decoder.byte()) {
      case CX_DOCUMENT_TERM: {
        const uint32_t wdf = decoder.number32();
        document.add_term(decoder.string(), wdf);
        break;
      }
      case CX_DOCUMENT_POSTINGS:
        add_postings(document, decoder, placed);
        break;
      case CX_DOCUMENT_VALUE: {
        const uint32_t slot = decoder.number32();
        document.add_value(slot, decoder.string());
        break;
      }
      case CX_DOCUMENT_DATA:
        document.set_data(decoder.string());
        break;
      case CX_DOCUMENT_REMOVE:
        remove_term(document, decoder.string());
        break;
      default:
        throw Xapian::InvalidArgumentError("unknown command in the code of a document");
    }
  }
}

Xapian::Document decode_document(const uint8_t *code, size_t length, bool placed) {
  Xapian::Document document;
  apply_to_document(document, code, length, placed);
  return document;
}

}  // namespace cxapian
