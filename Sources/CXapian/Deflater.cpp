// Deflating the entries of a table, as Xapian does it, with one stream for many.

#include "CXapian.h"

#include <zlib.h>

#include <limits>
#include <new>

struct CXDeflater {
  z_stream stream = {};
};

namespace {

// The term list of a passage has some 1,400 bytes: more effort and a greater memory find nothing more in it (0.5 % at three times the time).
constexpr int effort = 1;
constexpr int memory = 4;
// Raw deflate, without a header: what Xapian writes and expects.
constexpr int window_bits = -15;

}  // namespace

CXDeflater *cx_deflater_new(void) noexcept {
  CXDeflater *deflater = new (std::nothrow) CXDeflater;
  if (deflater == nullptr) return nullptr;
  if (deflateInit2(&deflater->stream, effort, Z_DEFLATED, window_bits, memory, Z_DEFAULT_STRATEGY) != Z_OK) {
    delete deflater;
    return nullptr;
  }
  return deflater;
}

void cx_deflater_free(CXDeflater *deflater) noexcept {
  if (deflater == nullptr) return;
  deflateEnd(&deflater->stream);
  delete deflater;
}

size_t cx_deflate(CXDeflater *deflater, const uint8_t *bytes, size_t count, uint8_t *deflated, size_t room) noexcept {
  constexpr size_t most = std::numeric_limits<uInt>::max();
  if (count > most || room > most || deflateReset(&deflater->stream) != Z_OK) return 0;
  deflater->stream.next_in = const_cast<Bytef *>(bytes);
  deflater->stream.avail_in = static_cast<uInt>(count);
  deflater->stream.next_out = deflated;
  deflater->stream.avail_out = static_cast<uInt>(room);
  return deflate(&deflater->stream, Z_FINISH) == Z_STREAM_END ? room - deflater->stream.avail_out : 0;
}
