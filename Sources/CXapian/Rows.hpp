// Rows on their way to a visitor.
#pragma once

#include "Guard.hpp"

namespace cxapian {

/// A row of bytes and a count; the bytes stay `string`'s.
inline CXItem row(const std::string &string, uint32_t count = 0) {
  CXItem item = {};
  item.bytes = to_bytes(string);
  item.length = string.size();
  item.count = count;
  return item;
}

/// A row of numbers.
inline CXItem row(uint32_t number, uint32_t count = 0) {
  CXItem item = {};
  item.number = number;
  item.count = count;
  return item;
}

/// A row of a number and bytes; the bytes stay `string`'s.
inline CXItem row(uint32_t number, const std::string &string) {
  CXItem item = row(string);
  item.number = number;
  return item;
}

/// Shows the strings of an iteration to a visitor, with what `count` says of each.
template <typename Iterator, typename Count>
void visit_strings(Iterator i, const Iterator &end, CXVisitor visitor, void *context, Count count) {
  for (; i != end; ++i) {
    const std::string string = *i;
    const CXItem item = row(string, count(i));
    if (visitor(context, &item) != CX_PROCEED) return;
  }
}

/// A count for rows that have none.
template <typename Iterator>
uint32_t no_count(const Iterator &) {
  return 0;
}

}  // namespace cxapian
