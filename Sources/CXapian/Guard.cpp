// Turns any exception into a kind and words.

#include "Guard.hpp"

#include <xapian.h>

#include <cstdlib>
#include <cstring>
#include <exception>
#include <new>

namespace {

/// Xapian's types of error, in the order of its own codes (from 0): the kind is the index plus one.
const char *const xapian_types[] = {
    "AssertionError",      "InvalidArgumentError",  "InvalidOperationError",   "UnimplementedError",
    "DatabaseError",       "DatabaseCorruptError",  "DatabaseCreateError",     "DatabaseLockError",
    "DatabaseModifiedError", "DatabaseOpeningError", "DatabaseVersionError",   "DocNotFoundError",
    "FeatureUnavailableError", "InternalError",     "NetworkError",            "NetworkTimeoutError",
    "QueryParserError",    "SerialisationError",    "RangeError",              "WildcardError",
    "DatabaseNotFoundError", "DatabaseClosedError",
};

int32_t kind_of(const char *type) noexcept {
  int32_t kind = 1;
  for (const char *known : xapian_types) {
    if (std::strcmp(known, type) == 0) return kind;
    kind += 1;
  }
  return CX_UNKNOWN_EXCEPTION;
}

/// A copy for the caller; NULL for nothing to say or no memory to say it.
char *copy_text(const char *text) noexcept {
  return text == nullptr || *text == '\0' ? nullptr : strdup(text);
}

int32_t fill(CXError &error, int32_t kind, const char *message, const char *context = nullptr,
             const char *system_reason = nullptr) noexcept {
  error.kind = kind;
  error.message = copy_text(message);
  error.context = copy_text(context);
  error.system_reason = copy_text(system_reason);
  return kind;
}

}  // namespace

namespace cxapian {

int32_t describe_exception(CXError &error) noexcept {
  try {
    throw;
  } catch (const Xapian::Error &failure) {
    const char *reason = nullptr;
    try {
      reason = failure.get_error_string();
    } catch (...) {
      // Xapian makes this text when first asked; without memory for it the rest still says enough.
    }
    return fill(error, kind_of(failure.get_type()), failure.get_msg().c_str(), failure.get_context().c_str(), reason);
  } catch (const std::bad_alloc &failure) {
    return fill(error, CX_OUT_OF_MEMORY, failure.what());
  } catch (const std::exception &failure) {
    return fill(error, CX_STANDARD_EXCEPTION, failure.what());
  } catch (...) {
    return fill(error, CX_UNKNOWN_EXCEPTION, "an exception of no known type");
  }
}

}  // namespace cxapian

void cx_error_clear(CXError *error) noexcept {
  std::free(error->message);
  std::free(error->context);
  std::free(error->system_reason);
  *error = CXError();
}

int32_t cx_version(CXSink sink, void *context, CXError *error) noexcept {
  return cxapian::guarded(error, [&] {
    const char *version = Xapian::version_string();
    sink(context, reinterpret_cast<const uint8_t *>(version), std::strlen(version));
  });
}
