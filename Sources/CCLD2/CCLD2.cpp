// See include/CCLD2.h. No exception leaves this file.
#include "CCLD2.h"

#include <climits>
#include <cstdio>  // The next header names FILE without it.
#include <cstring>
#include <string>

#include <cld2/public/compact_lang_det.h>
#include <cld2/public/encodings.h>

extern "C" bool ccld2_detect(const char *text, size_t length, const char *hint, ccld2_result *result) {
  if (text == nullptr || result == nullptr || length == 0 || length > INT_MAX) return false;
  try {
    // The scanner of CLD2 reads past the end of the text when that ends in the middle of what it looks at, which at the end of a page of
    // memory is a crash: it gets a copy with room behind it.
    static thread_local std::string padded;
    padded.assign(text, length);
    padded.append(64, ' ');
    CLD2::CLDHints hints = {hint, nullptr, CLD2::UNKNOWN_ENCODING, CLD2::UNKNOWN_LANGUAGE};
    CLD2::Language languages[3];
    int percents[3];
    double scores[3];
    int bytes = 0;
    int valid = 0;
    bool reliable = false;
    CLD2::ExtDetectLanguageSummaryCheckUTF8(padded.data(), static_cast<int>(length), true, &hints, CLD2::kCLDFlagBestEffort, languages,
                                            percents, scores, nullptr, &bytes, &reliable, &valid);
    if (valid != static_cast<int>(length)) return false;
    std::memset(result->codes, 0, sizeof result->codes);
    for (int i = 0; i < 3; i++) {
      std::strncpy(result->codes[i], CLD2::LanguageCode(languages[i]), sizeof result->codes[i] - 1);
      result->percents[i] = percents[i];
    }
    result->reliable = reliable;
    return true;
  } catch (...) {
    return false;
  }
}
