// CXapian: Xapian as C functions, so that Swift can call it.
//
// The rules that hold for every function:
//
// - No C++ exception leaves. A function that can fail returns CX_OK (0) or the CXErrorKind of what went wrong, and then fills
//   `*error`, whose strings the caller releases with cx_error_clear. On failure every other out-parameter is left as it was.
// - Bytes cross as pointer and length; a pointer may be NULL when its length is 0. No string here ends with a NUL byte.
// - What is handed to a visitor or a sink is borrowed: it is valid until that call returns.
// - A handle belongs to one thread at a time: Xapian's reference counts are not atomic. Different handles are independent.
#ifndef CXAPIAN_H
#define CXAPIAN_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
#define CX_NOEXCEPT noexcept
extern "C" {
#else
#define CX_NOEXCEPT
#endif

#pragma clang assume_nonnull begin

// ---------------------------------------------------------------------------------------------------------------- Errors

/// The kinds of failure. Up to 22 they are one more than Xapian's own code of the exception, in Xapian's order.
enum {
  CX_OK = 0,
  CX_ASSERTION = 1,
  CX_INVALID_ARGUMENT = 2,
  CX_INVALID_OPERATION = 3,
  CX_UNIMPLEMENTED = 4,
  CX_DATABASE = 5,
  CX_DATABASE_CORRUPT = 6,
  CX_DATABASE_CREATE = 7,
  CX_DATABASE_LOCK = 8,
  CX_DATABASE_MODIFIED = 9,
  CX_DATABASE_OPENING = 10,
  CX_DATABASE_VERSION = 11,
  CX_DOC_NOT_FOUND = 12,
  CX_FEATURE_UNAVAILABLE = 13,
  CX_INTERNAL = 14,
  CX_NETWORK = 15,
  CX_NETWORK_TIMEOUT = 16,
  CX_QUERY_PARSER = 17,
  CX_SERIALISATION = 18,
  CX_RANGE = 19,
  CX_WILDCARD = 20,
  CX_DATABASE_NOT_FOUND = 21,
  CX_DATABASE_CLOSED = 22,
  /// std::bad_alloc.
  CX_OUT_OF_MEMORY = 100,
  /// Another std::exception.
  CX_STANDARD_EXCEPTION = 101,
  /// Something that is no std::exception, or a Xapian error of a type this header does not know.
  CX_UNKNOWN_EXCEPTION = 102,
};

/// What went wrong. Zero it before a call; release what a failed call put in with cx_error_clear.
typedef struct CXError {
  int32_t kind;
  /// Malloc'ed, NUL-terminated text, or NULL when there is none.
  char *_Nullable message;
  /// Where in Xapian's world: a file, a host. As above.
  char *_Nullable context;
  /// The system's reason (errno) in words. As above.
  char *_Nullable system_reason;
} CXError;

/// Frees the strings of `error` and zeroes it. Clearing a zeroed error does nothing.
void cx_error_clear(CXError *error) CX_NOEXCEPT;

// ------------------------------------------------------------------------------------------------------------- Callbacks

enum { CX_PROCEED = 0, CX_STOP = 1 };

/// One row of an iteration; each function says which fields it fills, the others are zero.
typedef struct CXItem {
  const uint8_t *_Nullable bytes;
  size_t length;
  const uint8_t *_Nullable second_bytes;
  size_t second_length;
  uint32_t number;
  uint32_t count;
} CXItem;

/// Sees one row; returns CX_PROCEED or CX_STOP. Must not call into the same handle.
typedef int32_t (*CXVisitor)(void *_Nullable context, const CXItem *item);

/// Takes a run of bytes; called exactly once by a function that succeeds.
typedef void (*CXSink)(void *_Nullable context, const uint8_t *_Nullable bytes, size_t length);

// --------------------------------------------------------------------------------------------------- Databases: handles

/// An open database, read-only or writable.
typedef struct CXDatabase CXDatabase;

enum {
  CX_CREATE_OR_OPEN = 0,
  CX_CREATE_OR_OVERWRITE = 1,
  CX_CREATE = 2,
  CX_OPEN = 3,
};

/// Opens the database at `path` for reading and puts it in `*database`. Release with cx_database_free.
int32_t cx_database_open(const uint8_t *_Nullable path, size_t path_length, CXDatabase *_Nullable *_Nonnull database,
                         CXError *error) CX_NOEXCEPT;

/// Opens the database at `path` for writing, takes its lock (else CX_DATABASE_LOCK) and puts it in `*database`.
/// `mode` is one of CX_CREATE_OR_OPEN …; `unsynced` not 0: commits do not wait for the disk. Release with cx_database_free.
int32_t cx_database_open_writable(const uint8_t *_Nullable path, size_t path_length, int32_t mode, int32_t unsynced,
                                  CXDatabase *_Nullable *_Nonnull database, CXError *error) CX_NOEXCEPT;

/// Makes an empty database in memory, open for writing, and puts it in `*database`. It has no revision and no UUID, and nobody else can
/// open it. Release with cx_database_free.
int32_t cx_database_open_memory(CXDatabase *_Nullable *_Nonnull database, CXError *error) CX_NOEXCEPT;

/// Frees the handle. A writable database outside a transaction commits what is not yet committed and tells nobody when that fails:
/// call cx_commit or cx_database_close first. NULL does nothing.
void cx_database_free(CXDatabase *_Nullable database) CX_NOEXCEPT;

/// Closes the files (a writer commits first and gives the lock back). Later calls fail with CX_DATABASE_CLOSED; the handle must still be
/// freed.
int32_t cx_database_close(CXDatabase *database, CXError *error) CX_NOEXCEPT;

/// Moves a reader to the newest commit; `*changed` is 1 when it moved.
int32_t cx_database_reopen(CXDatabase *database, int32_t *changed, CXError *error) CX_NOEXCEPT;

// -------------------------------------------------------------------------------------------------- Databases: numbers

typedef struct CXStatistics {
  uint32_t document_count;
  uint32_t last_document;
  double average_length;
  uint64_t total_length;
  int32_t has_positions;
} CXStatistics;

/// Fills `*statistics`.
int32_t cx_statistics(CXDatabase *database, CXStatistics *statistics, CXError *error) CX_NOEXCEPT;

/// Puts the number of the commit that this handle sees in `*revision`.
int32_t cx_revision(CXDatabase *database, uint64_t *revision, CXError *error) CX_NOEXCEPT;

/// Gives the database's UUID (36 ASCII characters) to `sink`.
int32_t cx_uuid(CXDatabase *database, CXSink sink, void *_Nullable context, CXError *error) CX_NOEXCEPT;

/// Document frequency and collection frequency of a term; both 0 for a term that is not there.
int32_t cx_term_frequencies(CXDatabase *database, const uint8_t *_Nullable term, size_t term_length, uint32_t *document_frequency,
                            uint32_t *collection_frequency, CXError *error) CX_NOEXCEPT;

/// Length of a document: the sum of its wdfs. CX_DOC_NOT_FOUND.
int32_t cx_document_length(CXDatabase *database, uint32_t document, uint32_t *length, CXError *error) CX_NOEXCEPT;

// ------------------------------------------------------------------------------------------------ Databases: documents

/// Stored data of a document. CX_DOC_NOT_FOUND.
int32_t cx_document_data(CXDatabase *database, uint32_t document, CXSink sink, void *_Nullable context, CXError *error) CX_NOEXCEPT;

/// Stored data of many documents, in the order given: number = index into `documents`, bytes = data. CX_DOC_NOT_FOUND ends it.
int32_t cx_documents_data(CXDatabase *database, const uint32_t *_Nullable documents, size_t count, CXVisitor visitor,
                          void *_Nullable context, CXError *error) CX_NOEXCEPT;

/// A value of a document; empty when it has none in that slot. CX_DOC_NOT_FOUND.
int32_t cx_document_value(CXDatabase *database, uint32_t document, uint32_t slot, CXSink sink, void *_Nullable context,
                          CXError *error) CX_NOEXCEPT;

/// Terms of a document, ascending: bytes = term, count = wdf. CX_DOC_NOT_FOUND.
int32_t cx_document_terms(CXDatabase *database, uint32_t document, CXVisitor visitor, void *_Nullable context, CXError *error) CX_NOEXCEPT;

/// Positions of a term in a document, ascending: number = position. None for a term without positions there.
int32_t cx_positions(CXDatabase *database, uint32_t document, const uint8_t *_Nullable term, size_t term_length, CXVisitor visitor,
                     void *_Nullable context, CXError *error) CX_NOEXCEPT;

// ------------------------------------------------------------------------------------------------ Databases: iteration

/// Terms that begin with `prefix`, ascending: bytes = term, count = document frequency.
int32_t cx_terms(CXDatabase *database, const uint8_t *_Nullable prefix, size_t prefix_length, CXVisitor visitor, void *_Nullable context,
                 CXError *error) CX_NOEXCEPT;

/// A walk over terms that is under way.
typedef struct CXTermWalk CXTermWalk;

/// Sees one term of a walk; returns CX_PROCEED or CX_STOP. May call cx_term_walk_seek, but not into the same handle.
typedef int32_t (*CXTermVisitor)(void *_Nullable context, const CXItem *item, CXTermWalk *walk);

/// Terms that begin with `prefix`, ascending, from the first that is not before `from` on: bytes = term. Their frequencies are not read,
/// which makes looking at a term that is not wanted cheap.
int32_t cx_terms_walk(CXDatabase *database, const uint8_t *_Nullable prefix, size_t prefix_length, const uint8_t *_Nullable from,
                      size_t from_length, CXTermVisitor visitor, void *_Nullable context, CXError *error) CX_NOEXCEPT;

/// Lets the walk go on at the first term that is not before `term`. The bytes are copied; a term that is behind the walk is ignored.
/// Must be called by the visitor only.
void cx_term_walk_seek(CXTermWalk *walk, const uint8_t *_Nullable term, size_t term_length) CX_NOEXCEPT;

/// Postings of a term, ascending: number = document, count = wdf. The empty term: every document, count = 1.
int32_t cx_postings(CXDatabase *database, const uint8_t *_Nullable term, size_t term_length, CXVisitor visitor, void *_Nullable context,
                    CXError *error) CX_NOEXCEPT;

/// Like cx_postings, only for those among `documents`, which must ascend: number = index into `documents`, count = wdf.
int32_t cx_postings_among(CXDatabase *database, const uint8_t *_Nullable term, size_t term_length, const uint32_t *_Nullable documents,
                          size_t count, CXVisitor visitor, void *_Nullable context, CXError *error) CX_NOEXCEPT;

/// Receives numbers of documents and one number for each; called exactly once by a function that succeeds.
typedef void (*CXPostingSink)(void *_Nullable context, const uint32_t *_Nullable documents, const uint32_t *_Nullable numbers, size_t count);

/// All postings of a term in one go, ascending: documents and wdfs.
int32_t cx_posting_list(CXDatabase *database, const uint8_t *_Nullable term, size_t term_length, CXPostingSink sink,
                        void *_Nullable context, CXError *error) CX_NOEXCEPT;

/// All documents in one go, ascending, and their lengths (sums of wdfs).
int32_t cx_document_lengths(CXDatabase *database, CXPostingSink sink, void *_Nullable context, CXError *error) CX_NOEXCEPT;

/// Values of a slot, ascending by document, documents without a value left out: number = document, bytes = value.
int32_t cx_values(CXDatabase *database, uint32_t slot, CXVisitor visitor, void *_Nullable context, CXError *error) CX_NOEXCEPT;

/// Like cx_values, only for those among `documents`, which must ascend: number = index into `documents`, bytes = value.
int32_t cx_values_among(CXDatabase *database, uint32_t slot, const uint32_t *_Nullable documents, size_t count, CXVisitor visitor,
                        void *_Nullable context, CXError *error) CX_NOEXCEPT;

/// Metadata of a key; empty when there is none.
int32_t cx_metadata(CXDatabase *database, const uint8_t *_Nullable key, size_t key_length, CXSink sink, void *_Nullable context,
                    CXError *error) CX_NOEXCEPT;

/// Metadata whose key begins with `prefix`, ascending: bytes = key, second_bytes = value.
int32_t cx_metadata_entries(CXDatabase *database, const uint8_t *_Nullable prefix, size_t prefix_length, CXVisitor visitor,
                            void *_Nullable context, CXError *error) CX_NOEXCEPT;

/// Words of the spelling dictionary, ascending: bytes = word, count = frequency.
int32_t cx_spellings(CXDatabase *database, CXVisitor visitor, void *_Nullable context, CXError *error) CX_NOEXCEPT;

/// The best word of the spelling dictionary for `word`; empty when there is none within `max_distance` edits, or when `word` itself is
/// best.
int32_t cx_spelling_suggestion(CXDatabase *database, const uint8_t *_Nullable word, size_t word_length, uint32_t max_distance, CXSink sink,
                               void *_Nullable context, CXError *error) CX_NOEXCEPT;

/// Synonyms of a term, ascending: bytes = synonym.
int32_t cx_synonyms(CXDatabase *database, const uint8_t *_Nullable term, size_t term_length, CXVisitor visitor, void *_Nullable context,
                    CXError *error) CX_NOEXCEPT;

/// Terms that have synonyms and begin with `prefix`, ascending: bytes = term.
int32_t cx_synonym_keys(CXDatabase *database, const uint8_t *_Nullable prefix, size_t prefix_length, CXVisitor visitor,
                        void *_Nullable context, CXError *error) CX_NOEXCEPT;

// --------------------------------------------------------------------------------------------------------------- Writing

/// A document crosses as one run of bytes, a sequence of commands. Numbers are LEB128 (7 bits a byte, low bits first).
enum {
  /// wdf, length, term: add_term (wdf 0: a boolean term).
  CX_DOCUMENT_TERM = 1,
  /// wdf, length, term, count, positions (each as the difference from the one before, zigzag): a term with positions.
  CX_DOCUMENT_POSTINGS = 2,
  /// slot, length, value.
  CX_DOCUMENT_VALUE = 3,
  /// length, data.
  CX_DOCUMENT_DATA = 4,
  /// length, term: the term goes, if it is there.
  CX_DOCUMENT_REMOVE = 5,
};

/// The functions of this section need a database opened with cx_database_open_writable, else CX_INVALID_OPERATION.

/// Adds a document and puts its number in `*added`. With `placed` 0 its terms lose their positions.
int32_t cx_add_document(CXDatabase *database, const uint8_t *_Nullable code, size_t length, int32_t placed, uint32_t *added,
                        CXError *error) CX_NOEXCEPT;

/// Puts a document in the place of `document`, which need not exist (nor be below the last document). `placed` as above.
int32_t cx_replace_document(CXDatabase *database, uint32_t document, const uint8_t *_Nullable code, size_t length, int32_t placed,
                            CXError *error) CX_NOEXCEPT;

/// Changes a document that is there, else CX_DOC_NOT_FOUND: the commands are done to it, in their order. Terms, values and data that they
/// do not name are not written again.
int32_t cx_edit_document(CXDatabase *database, uint32_t document, const uint8_t *_Nullable code, size_t length, CXError *error) CX_NOEXCEPT;

/// Puts a document in the place of every document that has `term`; `*replaced` is its number (the lowest of theirs, else a new one).
int32_t cx_replace_by_term(CXDatabase *database, const uint8_t *_Nullable term, size_t term_length, const uint8_t *_Nullable code,
                           size_t length, uint32_t *replaced, CXError *error) CX_NOEXCEPT;

/// Deletes a document. CX_DOC_NOT_FOUND.
int32_t cx_delete_document(CXDatabase *database, uint32_t document, CXError *error) CX_NOEXCEPT;

/// Deletes every document that has `term`; none is no failure.
int32_t cx_delete_by_term(CXDatabase *database, const uint8_t *_Nullable term, size_t term_length, CXError *error) CX_NOEXCEPT;

/// Sets the metadata of a key; an empty value removes it.
int32_t cx_set_metadata(CXDatabase *database, const uint8_t *_Nullable key, size_t key_length, const uint8_t *_Nullable value,
                        size_t value_length, CXError *error) CX_NOEXCEPT;

/// Adds `frequency` to (or, when negative, takes it from) a word of the spelling dictionary.
int32_t cx_change_spelling(CXDatabase *database, const uint8_t *_Nullable word, size_t word_length, int64_t frequency,
                           CXError *error) CX_NOEXCEPT;

/// Adds (`add` not 0) or removes a synonym of a term.
int32_t cx_change_synonym(CXDatabase *database, const uint8_t *_Nullable term, size_t term_length, const uint8_t *_Nullable synonym,
                          size_t synonym_length, int32_t add, CXError *error) CX_NOEXCEPT;

/// Removes every synonym of a term.
int32_t cx_clear_synonyms(CXDatabase *database, const uint8_t *_Nullable term, size_t term_length, CXError *error) CX_NOEXCEPT;

/// Makes the changes so far durable and visible to readers that reopen. After a failure the changes are lost.
int32_t cx_commit(CXDatabase *database, CXError *error) CX_NOEXCEPT;

enum { CX_TRANSACTION_BEGIN = 0, CX_TRANSACTION_BEGIN_UNFLUSHED = 1, CX_TRANSACTION_COMMIT = 2, CX_TRANSACTION_CANCEL = 3 };

/// Begins (flushed: a commit before and after; unflushed: only grouped), commits or cancels a transaction.
int32_t cx_transaction(CXDatabase *database, int32_t step, CXError *error) CX_NOEXCEPT;

// -------------------------------------------------------------------------------------------------------------- Matching

/// A query crosses as one run of bytes in postfix order: leaves push a query, operators take theirs from the stack.
/// Numbers are LEB128, a string is length and bytes, a double is eight bytes, little-endian.
enum {
  CX_QUERY_ALL = 1,
  CX_QUERY_NONE = 2,
  /// wqf, string.
  CX_QUERY_TERM = 3,
  /// count. Takes `count` queries, the last one pushed being the last operand; so do the others with a count.
  CX_QUERY_AND = 4,
  CX_QUERY_OR = 5,
  CX_QUERY_AND_NOT = 6,
  CX_QUERY_AND_MAYBE = 7,
  CX_QUERY_FILTER = 8,
  CX_QUERY_XOR = 9,
  /// count, window. Operands: CX_QUERY_TERM, CX_QUERY_NONE, CX_QUERY_TERMS and CX_QUERY_OR of those; of anything else inside an "or"
  /// Xapian says nothing and matches the wrong documents.
  CX_QUERY_NEAR = 10,
  CX_QUERY_PHRASE = 11,
  /// count.
  CX_QUERY_SYNONYM = 12,
  CX_QUERY_MAX = 13,
  /// double. Takes one query.
  CX_QUERY_SCALE = 14,
  /// slot, string, string.
  CX_QUERY_VALUE_RANGE = 15,
  /// slot, string.
  CX_QUERY_VALUE_AT_LEAST = 16,
  CX_QUERY_VALUE_AT_MOST = 17,
  /// limit (0: none), string. The most frequent terms that begin with the string, as one synonym.
  CX_QUERY_WILDCARD = 18,
  /// limit (0: none), string. The same terms looked up in the database at hand, as an "or": the form that has positions.
  CX_QUERY_TERMS = 19,
  /// count, documents (each as the difference from the one before; they ascend, from 1): these documents, without any weight.
  CX_QUERY_DOCUMENTS = 20,
};

/// Operators may nest this deep; a deeper query is CX_INVALID_ARGUMENT, for Xapian walks queries recursively.
enum { CX_QUERY_MAX_DEPTH = 400 };

enum {
  CX_WEIGHT_BOOLEAN = 0,
  /// k1, k2, k3, b, minimal normalised length.
  CX_WEIGHT_BM25 = 1,
  /// k1, k2, k3, b, minimal normalised length, delta.
  CX_WEIGHT_BM25_PLUS = 2,
  /// c.
  CX_WEIGHT_INEB2 = 3,
  /// c, delta.
  CX_WEIGHT_PL2_PLUS = 4,
  /// No parameters: Xapian's "ntn".
  CX_WEIGHT_TFIDF = 5,
};

/// A weighting scheme and its parameters, in the order named above.
typedef struct CXWeighting {
  int32_t scheme;
  double parameters[6];
} CXWeighting;

/// Takes every match: `count` documents, ascending, and their weights (NULL when not asked for). Called once.
typedef void (*CXMatchSink)(void *_Nullable context, const uint32_t *_Nullable documents, const float *_Nullable weights, size_t count);

/// Gives every match of a query to `sink`. `deadline` is a CLOCK_MONOTONIC time in nanoseconds (0: none), looked at before the match and
/// every 1024 documents: when it has passed, `*timed_out` is 1 and the sink gets the matches found so far.
int32_t cx_matches(CXDatabase *database, const uint8_t *_Nullable query, size_t query_length, const CXWeighting *weighting,
                   int32_t want_weights, uint64_t deadline, CXMatchSink sink, void *_Nullable context, int32_t *timed_out,
                   CXError *error) CX_NOEXCEPT;

enum {
  CX_ORDER_RELEVANCE = 0,
  CX_ORDER_VALUE = 1,
  CX_ORDER_VALUE_THEN_RELEVANCE = 2,
  CX_ORDER_RELEVANCE_THEN_VALUE = 3,
};

/// What cx_page is asked for.
typedef struct CXPageRequest {
  uint32_t first;
  uint32_t count;
  /// How many matches to look at at least: the bounds are exact when there are no more.
  uint32_t check_at_least;
  /// One of CX_ORDER_RELEVANCE …
  int32_t order;
  uint32_t slot;
  /// Not 0: values descend.
  int32_t descending;
} CXPageRequest;

typedef struct CXHit {
  uint32_t document;
  double weight;
} CXHit;

/// How many match: an estimate and what it lies between; and the greatest weight any match has (attained) or could have (possible).
typedef struct CXBounds {
  uint32_t lower;
  uint32_t estimated;
  uint32_t upper;
  double attained;
  double possible;
} CXBounds;

/// Takes the hits of a page, best first. Called once.
typedef void (*CXHitSink)(void *_Nullable context, const CXHit *_Nullable hits, size_t count);

/// Gives the hits from `first` on to `sink` and fills `*bounds`. Equal hits ascend by document.
int32_t cx_page(CXDatabase *database, const uint8_t *_Nullable query, size_t query_length, const CXWeighting *weighting,
                const CXPageRequest *request, CXBounds *bounds, CXHitSink sink, void *_Nullable context, CXError *error) CX_NOEXCEPT;

/// Terms of a query that a document has, in the query's order, by their postings: no term list is read. bytes = term. CX_DOC_NOT_FOUND.
int32_t cx_matching_terms(CXDatabase *database, const uint8_t *_Nullable query, size_t query_length, uint32_t document, CXVisitor visitor,
                          void *_Nullable context, CXError *error) CX_NOEXCEPT;

/// Gives Xapian's description of a query to `sink`, as made from its code: for tests and logs.
int32_t cx_query_description(const uint8_t *_Nullable query, size_t query_length, CXSink sink, void *_Nullable context,
                             CXError *error) CX_NOEXCEPT;

// ------------------------------------------------------------------------------------------------------------ Checking

/// Reads a whole database through and puts the number of faults found in `*faults`.
int32_t cx_check(const uint8_t *_Nullable path, size_t path_length, uint64_t *faults, CXError *error) CX_NOEXCEPT;

// -------------------------------------------------------------------------------------------------------------- Stemming

typedef struct CXStemmer CXStemmer;

/// Makes a stemmer for a language (name or ISO 639 code; CX_INVALID_ARGUMENT when Xapian has none). Release with cx_stemmer_free.
int32_t cx_stemmer_make(const uint8_t *_Nullable language, size_t length, CXStemmer *_Nullable *_Nonnull stemmer,
                  CXError *error) CX_NOEXCEPT;

void cx_stemmer_free(CXStemmer *_Nullable stemmer) CX_NOEXCEPT;

/// Stems a word. `*stem` is borrowed until the next call on this stemmer.
int32_t cx_stem(CXStemmer *stemmer, const uint8_t *_Nullable word, size_t length, const uint8_t *_Nullable *_Nonnull stem,
                size_t *stem_length, CXError *error) CX_NOEXCEPT;

/// Gives the names of the languages with a stemmer to `sink`, separated by spaces.
int32_t cx_stemmer_languages(CXSink sink, void *_Nullable context, CXError *error) CX_NOEXCEPT;

/// Gives the system back what the allocator keeps of the memory that was freed, by this library or others.
void cx_give_back_memory(void) CX_NOEXCEPT;

/// Gives the version of the library that runs to `sink`.
int32_t cx_version(CXSink sink, void *_Nullable context, CXError *error) CX_NOEXCEPT;

#pragma clang assume_nonnull end

#ifdef __cplusplus
}
#endif

#endif
