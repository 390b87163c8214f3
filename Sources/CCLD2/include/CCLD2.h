// The language of a plain UTF-8 text, by the Compact Language Detector 2.
// Safe to call from several threads at once; nothing is allocated that the caller would have to release.
#ifndef CCLD2_H
#define CCLD2_H

#include <stdbool.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct {
  // The codes of the three likeliest languages, ISO 639-1 where there is one ("en", "zh-Hant"), "un" for none. Each ends with 0.
  char codes[3][8];
  // How much of the text is in each, 0 to 100.
  int percents[3];
  // Whether the first is clearly more likely than others.
  bool reliable;
} ccld2_result;

// Detects the language of `length` bytes of text. `hint` is a language code that makes its language likelier, or NULL.
// Returns false, and leaves `result` alone, when the text is empty, no UTF-8, or longer than an int can say.
bool ccld2_detect(const char *text, size_t length, const char *hint, ccld2_result *result);

#ifdef __cplusplus
}
#endif

#endif
