// Reads what Swift encodes: LEB128 numbers, strings with their length before them, little-endian doubles. Never reads past the end.
#pragma once

#include "Guard.hpp"

#include <xapian.h>

#include <cstring>
#include <limits>

namespace cxapian {

class Decoder {
 public:
  Decoder(const uint8_t *bytes, size_t length) : next_(bytes), rest_(length) {}

  bool at_end() const { return rest_ == 0; }

  uint8_t byte() {
    if (rest_ == 0) throw Xapian::InvalidArgumentError("code ends early");
    rest_ -= 1;
    return *next_++;
  }

  uint64_t number() {
    uint64_t number = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
      const uint8_t part = byte();
      number |= static_cast<uint64_t>(part & 0x7f) << shift;
      if ((part & 0x80) == 0) return number;
    }
    throw Xapian::InvalidArgumentError("number in code is too long");
  }

  uint32_t number32() {
    const uint64_t wide = number();
    if (wide > std::numeric_limits<uint32_t>::max()) throw Xapian::RangeError("number does not fit in 32 bits");
    return static_cast<uint32_t>(wide);
  }

  /// The undoing of zigzag: small numbers of either sign are small codes.
  int64_t signed_number() {
    const uint64_t code = number();
    return static_cast<int64_t>(code >> 1) ^ -static_cast<int64_t>(code & 1);
  }

  std::string string() {
    const uint64_t length = number();
    if (length > rest_) throw Xapian::InvalidArgumentError("string in code ends early");
    std::string string = to_string(next_, static_cast<size_t>(length));
    next_ += length;
    rest_ -= static_cast<size_t>(length);
    return string;
  }

  double floating() {
    uint64_t bits = 0;
    for (unsigned shift = 0; shift < 64; shift += 8) bits |= static_cast<uint64_t>(byte()) << shift;
    double value = 0;
    std::memcpy(&value, &bits, sizeof value);
    return value;
  }

 private:
  const uint8_t *next_;
  size_t rest_;
};

}  // namespace cxapian
