// The guard: every function of the header runs its body through it, so that no exception leaves.
#pragma once

#include "CXapian.h"

#include <string>

namespace cxapian {

/// Rethrows the exception being handled, describes it in `error` and returns its kind.
int32_t describe_exception(CXError &error) noexcept;

/// Runs `body`; returns CX_OK, or the kind of the exception it threw.
template <typename Body>
int32_t guarded(CXError *error, Body body) noexcept {
  try {
    body();
    return CX_OK;
  } catch (...) {
    return describe_exception(*error);
  }
}

/// Bytes as Xapian takes them.
inline std::string to_string(const uint8_t *bytes, size_t length) {
  return length == 0 ? std::string() : std::string(reinterpret_cast<const char *>(bytes), length);
}

/// A string as C takes it.
inline const uint8_t *to_bytes(const std::string &string) {
  return reinterpret_cast<const uint8_t *>(string.data());
}

}  // namespace cxapian
