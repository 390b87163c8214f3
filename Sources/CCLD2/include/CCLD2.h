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
  // The code of the most likely language, ISO 639-1 where there is one ("en", "zh-Hant"), "un" when there is none. Ends with 0.
  char code[8];
  // How much of the text is in this language, 0 to 100.
  int percent;
  // Whether the language is clearly more likely than the next one.
  bool reliable;
} ccld2_result;

// Detects the language of `length` bytes of text. `hint` is a language code that makes its language likelier, or NULL.
// Returns false, and leaves `result` alone, when the text is empty, no UTF-8, or longer than an int can say.
bool ccld2_detect(const char *text, size_t length, const char *hint, ccld2_result *result);

#ifdef __cplusplus
}
#endif

#endif
