// The part of libxml2 that `Articles` reads HTML with.
#include <libxml/xmlversion.h>
// Else it brings ICU's declarations along, which are not those of the ICU that Foundation brings: a module that sees both does not compile, or
// does, as the compiler divides its files. Only a handler of encodings has ICU within, and that is never looked into here.
#undef LIBXML_ICU_ENABLED
#include <libxml/HTMLparser.h>
#include <libxml/HTMLtree.h>
#include <libxml/parserInternals.h>
#include <libxml/tree.h>
#include <libxml/xmlerror.h>
