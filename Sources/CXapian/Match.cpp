// Running a query: every match through a spy, or a page of the best.

#include "Database.hpp"
#include "Query.hpp"
#include "Rows.hpp"

#include <time.h>

#include <algorithm>
#include <numeric>
#include <set>
#include <string>
#include <vector>

using cxapian::decode_query;
using cxapian::guarded;

namespace {

/// Sets the scheme; Xapian copies it.
void set_weighting(Xapian::Enquire &enquire, const CXWeighting &weighting) {
  const double *p = weighting.parameters;
  switch (weighting.scheme) {
    case CX_WEIGHT_BOOLEAN: return enquire.set_weighting_scheme(Xapian::BoolWeight());
    case CX_WEIGHT_BM25: return enquire.set_weighting_scheme(Xapian::BM25Weight(p[0], p[1], p[2], p[3], p[4]));
    case CX_WEIGHT_BM25_PLUS: return enquire.set_weighting_scheme(Xapian::BM25PlusWeight(p[0], p[1], p[2], p[3], p[4], p[5]));
    case CX_WEIGHT_INEB2: return enquire.set_weighting_scheme(Xapian::IneB2Weight(p[0]));
    case CX_WEIGHT_PL2_PLUS: return enquire.set_weighting_scheme(Xapian::PL2PlusWeight(p[0], p[1]));
    case CX_WEIGHT_TFIDF: return enquire.set_weighting_scheme(Xapian::TfIdfWeight());
    default: throw Xapian::InvalidArgumentError("unknown weighting scheme");
  }
}

/// What the spy throws when the deadline has passed: nothing else stops a match of Xapian's.
struct DeadlinePassed {};

class Deadline {
 public:
  explicit Deadline(uint64_t nanoseconds) : nanoseconds_(nanoseconds) {}

  void check() const {
    if (nanoseconds_ == 0) return;
    timespec now = {};
    clock_gettime(CLOCK_MONOTONIC, &now);
    const uint64_t passed = static_cast<uint64_t>(now.tv_sec) * 1000000000u + static_cast<uint64_t>(now.tv_nsec);
    if (passed >= nanoseconds_) throw DeadlinePassed();
  }

 private:
  uint64_t nanoseconds_;
};

/// Writes down every match that the matcher shows it.
class CollectingSpy : public Xapian::MatchSpy {
 public:
  CollectingSpy(bool with_weights, Deadline deadline) : with_weights_(with_weights), deadline_(deadline) {}

  void operator()(const Xapian::Document &document, double weight) override {
    documents.push_back(document.get_docid());
    if (with_weights_) weights.push_back(static_cast<float>(weight));
    if (documents.size() % 1024 == 0) deadline_.check();
  }

  /// Puts the matches in order. The matcher goes up one database at a time, so they are, unless the database joins several.
  void sort() {
    if (std::is_sorted(documents.begin(), documents.end())) return;
    std::vector<size_t> order(documents.size());
    std::iota(order.begin(), order.end(), size_t(0));
    std::sort(order.begin(), order.end(), [&](size_t a, size_t b) { return documents[a] < documents[b]; });
    std::vector<uint32_t> sorted_documents;
    std::vector<float> sorted_weights;
    for (size_t i : order) {
      sorted_documents.push_back(documents[i]);
      if (with_weights_) sorted_weights.push_back(weights[i]);
    }
    documents.swap(sorted_documents);
    weights.swap(sorted_weights);
  }

  std::vector<uint32_t> documents;
  std::vector<float> weights;

 private:
  bool with_weights_;
  Deadline deadline_;
};

void set_order(Xapian::Enquire &enquire, const CXPageRequest &request) {
  const bool descending = request.descending != 0;
  switch (request.order) {
    case CX_ORDER_RELEVANCE: return enquire.set_sort_by_relevance();
    case CX_ORDER_VALUE: return enquire.set_sort_by_value(request.slot, descending);
    case CX_ORDER_VALUE_THEN_RELEVANCE: return enquire.set_sort_by_value_then_relevance(request.slot, descending);
    case CX_ORDER_RELEVANCE_THEN_VALUE: return enquire.set_sort_by_relevance_then_value(request.slot, descending);
    default: throw Xapian::InvalidArgumentError("unknown order");
  }
}

}  // namespace

int32_t cx_matches(CXDatabase *database, const uint8_t *query, size_t query_length, const CXWeighting *weighting, int32_t want_weights,
                   uint64_t deadline, CXMatchSink sink, void *context, int32_t *timed_out, CXError *error) noexcept {
  return guarded(error, [&] {
    const Deadline limit(deadline);
    CollectingSpy spy(want_weights != 0, limit);
    bool late = false;
    try {
      Xapian::Enquire enquire(*database->database);
      enquire.set_query(decode_query(query, query_length, database->database.get()));
      CXWeighting boolean = {};
      boolean.scheme = CX_WEIGHT_BOOLEAN;
      set_weighting(enquire, want_weights != 0 ? *weighting : boolean);
      enquire.set_docid_order(Xapian::Enquire::ASCENDING);
      enquire.add_matchspy(&spy);
      limit.check();
      // No hits are kept; looking at as many as there are documents keeps the matcher from leaving any out for its low weight.
      enquire.get_mset(0, 0, database->database->get_doccount());
    } catch (const DeadlinePassed &) {
      late = true;
    }
    spy.sort();
    *timed_out = late ? 1 : 0;
    sink(context, spy.documents.data(), want_weights != 0 ? spy.weights.data() : nullptr, spy.documents.size());
  });
}

int32_t cx_page(CXDatabase *database, const uint8_t *query, size_t query_length, const CXWeighting *weighting,
                const CXPageRequest *request, CXBounds *bounds, CXHitSink sink, void *context, CXError *error) noexcept {
  return guarded(error, [&] {
    Xapian::Enquire enquire(*database->database);
    enquire.set_query(decode_query(query, query_length, database->database.get()));
    set_weighting(enquire, *weighting);
    set_order(enquire, *request);
    const Xapian::MSet found = enquire.get_mset(request->first, request->count, request->check_at_least);
    std::vector<CXHit> hits;
    hits.reserve(found.size());
    for (Xapian::MSetIterator i = found.begin(); i != found.end(); ++i) hits.push_back(CXHit{*i, i.get_weight()});
    CXBounds numbers = {};
    numbers.lower = found.get_matches_lower_bound();
    numbers.estimated = found.get_matches_estimated();
    numbers.upper = found.get_matches_upper_bound();
    numbers.attained = found.get_max_attained();
    numbers.possible = found.get_max_possible();
    *bounds = numbers;
    sink(context, hits.data(), hits.size());
  });
}

int32_t cx_matching_terms(CXDatabase *database, const uint8_t *query, size_t query_length, uint32_t document, CXVisitor visitor,
                          void *context, CXError *error) noexcept {
  return guarded(error, [&] {
    const Xapian::Query decoded = decode_query(query, query_length, database->database.get());
    // Fails where there is no such document.
    database->database->get_doclength(document);
    std::set<std::string> seen;
    for (Xapian::TermIterator i = decoded.get_terms_begin(); i != decoded.get_terms_end(); ++i) {
      const std::string term = *i;
      if (!seen.insert(term).second) continue;
      Xapian::PostingIterator posting = database->database->postlist_begin(term);
      posting.skip_to(document);
      if (posting == database->database->postlist_end(term) || *posting != document) continue;
      const CXItem item = cxapian::row(term);
      if (visitor(context, &item) != CX_PROCEED) return;
    }
  });
}
