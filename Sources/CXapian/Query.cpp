// Decodes a query: a postfix code and a stack, so that this code does not recurse whatever comes in. Xapian's own does, hence the
// bound on depth.

#include "Query.hpp"

#include "Decoder.hpp"

#include <algorithm>
#include <cmath>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace cxapian {

namespace {

/// A query made so far, and how deep it nests.
struct Operand {
  Xapian::Query query;
  unsigned depth;
  /// An `or` or the like, or an AND_MAYBE, is in it: what the matcher turns into an `and` when a document needs more weight than one
  /// side can give.
  bool yielding = false;
  /// An `and` or the like with such an operand is in it: what to the right of AND_NOT reads memory that Xapian does not set.
  bool fragile = false;
};

bool is_and_like(Xapian::Query::op op) {
  return op == Xapian::Query::OP_AND || op == Xapian::Query::OP_FILTER || op == Xapian::Query::OP_NEAR || op == Xapian::Query::OP_PHRASE;
}

bool is_yielding(Xapian::Query::op op) {
  return op == Xapian::Query::OP_OR || op == Xapian::Query::OP_SYNONYM || op == Xapian::Query::OP_MAX ||
         op == Xapian::Query::OP_AND_MAYBE;
}

/// Every document, said to be no more certain than a guess: an XOR whose first operand's count is exact asks the others for their counts
/// several times over, and one XOR within another within another would take for ever.
class Everything : public Xapian::FixedWeightPostingSource {
 public:
  Everything() : Xapian::FixedWeightPostingSource(0) {}
  Xapian::doccount get_termfreq_min() const override { return 0; }
  Everything *clone() const override { return new Everything; }
  std::string get_description() const override { return "everything"; }
};

/// Documents that are known already, ascending.
class Documents : public Xapian::PostingSource {
 public:
  explicit Documents(std::shared_ptr<const std::vector<Xapian::docid>> documents) : documents_(std::move(documents)) {}

  void init(const Xapian::Database &) override {
    started_ = false;
    index_ = 0;
    set_maxweight(0);
  }

  void next(double) override {
    if (started_) ++index_;
    started_ = true;
  }

  void skip_to(Xapian::docid document, double) override {
    started_ = true;
    index_ = static_cast<size_t>(std::lower_bound(documents_->begin() + static_cast<std::ptrdiff_t>(index_), documents_->end(), document) -
                                 documents_->begin());
  }

  bool check(Xapian::docid document, double least) override {
    skip_to(document, least);
    return true;
  }

  bool at_end() const override { return started_ && index_ == documents_->size(); }
  Xapian::docid get_docid() const override { return (*documents_)[index_]; }
  Xapian::doccount get_termfreq_min() const override { return size(); }
  Xapian::doccount get_termfreq_est() const override { return size(); }
  Xapian::doccount get_termfreq_max() const override { return size(); }
  Documents *clone() const override { return new Documents(documents_); }
  std::string get_description() const override { return std::to_string(documents_->size()) + " documents"; }

 private:
  Xapian::doccount size() const { return static_cast<Xapian::doccount>(documents_->size()); }

  std::shared_ptr<const std::vector<Xapian::docid>> documents_;
  size_t index_ = 0;
  bool started_ = false;
};

/// The first of the queries without the others, said without AND_NOT. Xapian works out the greatest weights below every operator but to the
/// right of AND_NOT, where an `and` then asks its operands for weights left in the memory by others, and an `or` among them loses matches.
Xapian::Query without(const std::vector<Xapian::Query> &queries) {
  const Xapian::Query others(Xapian::Query::OP_OR, queries.begin() + 1, queries.end());
  return Xapian::Query(Xapian::Query::OP_FILTER, queries.front(),
                       Xapian::Query(Xapian::Query::OP_XOR, Xapian::Query((new Everything)->release()), others));
}

/// Xapian's wildcard. The limit to the most frequent cannot be 0: Xapian would take none of them.
Xapian::Query wildcard(const std::string &prefix, uint32_t limit) {
  const int limiting = limit == 0 ? Xapian::Query::WILDCARD_LIMIT_ERROR : Xapian::Query::WILDCARD_LIMIT_MOST_FREQUENT;
  return Xapian::Query(Xapian::Query::OP_WILDCARD, prefix, limit, limiting, Xapian::Query::OP_SYNONYM);
}

/// Any of the terms of a database that begin with a prefix, or, when there are more than `limit`, of the most frequent of them.
Xapian::Query any_term(const Xapian::Database &database, const std::string &prefix, uint32_t limit) {
  std::vector<std::pair<uint32_t, std::string>> terms;
  for (Xapian::TermIterator i = database.allterms_begin(prefix); i != database.allterms_end(prefix); ++i) {
    terms.emplace_back(i.get_termfreq(), *i);
  }
  if (limit > 0 && terms.size() > limit) {
    std::sort(terms.begin(), terms.end(), [](const auto &a, const auto &b) {
      return a.first != b.first ? a.first > b.first : a.second < b.second;
    });
    terms.resize(limit);
  }
  std::vector<Xapian::Query> queries;
  queries.reserve(terms.size());
  for (const auto &term : terms) queries.emplace_back(term.second);
  return Xapian::Query(Xapian::Query::OP_OR, queries.begin(), queries.end());
}

class QueryMachine {
 public:
  QueryMachine(Decoder decoder, const Xapian::Database *database) : decoder_(decoder), database_(database) {}

  Xapian::Query run() {
    while (!decoder_.at_end()) step(decoder_.byte());
    if (stack_.size() != 1) throw Xapian::InvalidArgumentError("code of a query leaves no single query");
    return stack_.back().query;
  }

 private:
  void step(uint8_t command) {
    switch (command) {
      case CX_QUERY_ALL: return push(Xapian::Query(std::string()));
      case CX_QUERY_NONE: return push(Xapian::Query());
      case CX_QUERY_TERM: {
        const uint32_t wqf = decoder_.number32();
        return push(Xapian::Query(decoder_.string(), wqf));
      }
      case CX_QUERY_AND: return combine(Xapian::Query::OP_AND);
      case CX_QUERY_OR: return combine(Xapian::Query::OP_OR);
      case CX_QUERY_AND_NOT: return combine(Xapian::Query::OP_AND_NOT);
      case CX_QUERY_AND_MAYBE: return combine(Xapian::Query::OP_AND_MAYBE);
      case CX_QUERY_FILTER: return combine(Xapian::Query::OP_FILTER);
      case CX_QUERY_XOR: return combine(Xapian::Query::OP_XOR);
      case CX_QUERY_NEAR: return combine(Xapian::Query::OP_NEAR, true);
      case CX_QUERY_PHRASE: return combine(Xapian::Query::OP_PHRASE, true);
      case CX_QUERY_SYNONYM: return combine(Xapian::Query::OP_SYNONYM);
      case CX_QUERY_MAX: return combine(Xapian::Query::OP_MAX);
      case CX_QUERY_SCALE: return scale();
      case CX_QUERY_VALUE_RANGE: {
        const uint32_t slot = decoder_.number32();
        const std::string lower = decoder_.string();
        return push(Xapian::Query(Xapian::Query::OP_VALUE_RANGE, slot, lower, decoder_.string()));
      }
      case CX_QUERY_VALUE_AT_LEAST: return one_sided(Xapian::Query::OP_VALUE_GE);
      case CX_QUERY_VALUE_AT_MOST: return one_sided(Xapian::Query::OP_VALUE_LE);
      case CX_QUERY_WILDCARD: {
        const uint32_t limit = decoder_.number32();
        return push(wildcard(decoder_.string(), limit), 1, true);
      }
      case CX_QUERY_TERMS: {
        const uint32_t limit = decoder_.number32();
        const std::string prefix = decoder_.string();
        return push(database_ == nullptr ? Xapian::Query(prefix + "*") : any_term(*database_, prefix, limit), 1, true);
      }
      case CX_QUERY_DOCUMENTS: return documents();
      default: throw Xapian::InvalidArgumentError("unknown command in the code of a query");
    }
  }

  void push(Xapian::Query query, unsigned depth = 1, bool yielding = false, bool fragile = false) {
    if (depth > CX_QUERY_MAX_DEPTH) throw Xapian::InvalidArgumentError("query nests too deep");
    stack_.push_back(Operand{std::move(query), depth, yielding, fragile});
  }

  void documents() {
    auto documents = std::make_shared<std::vector<Xapian::docid>>();
    Xapian::docid last = 0;
    for (uint64_t count = decoder_.number(); count > 0; --count) {
      const uint32_t step = decoder_.number32();
      if (step == 0 || step > std::numeric_limits<Xapian::docid>::max() - last) {
        throw Xapian::InvalidArgumentError("documents in the code of a query do not ascend");
      }
      last += step;
      documents->push_back(last);
    }
    if (documents->empty()) return push(Xapian::Query());
    push(Xapian::Query((new Documents(std::move(documents)))->release()));
  }

  void one_sided(Xapian::Query::op op) {
    const uint32_t slot = decoder_.number32();
    push(Xapian::Query(op, slot, decoder_.string()));
  }

  /// Takes the operands off the stack and pushes what joins them.
  void combine(Xapian::Query::op op, bool windowed = false) {
    const uint64_t count = decoder_.number();
    const uint32_t window = windowed ? decoder_.number32() : 0;
    if (count > stack_.size()) throw Xapian::InvalidArgumentError("operator in the code of a query lacks operands");
    const auto first = stack_.end() - static_cast<std::ptrdiff_t>(count);
    std::vector<Xapian::Query> queries;
    queries.reserve(static_cast<size_t>(count));
    unsigned depth = 0;
    bool yielding = false;
    bool fragile = false;
    bool fragile_right = false;
    for (auto i = first; i != stack_.end(); ++i) {
      queries.push_back(std::move(i->query));
      depth = std::max(depth, i->depth);
      yielding |= i->yielding;
      fragile |= i->fragile;
      fragile_right |= i->fragile && i != first;
    }
    stack_.erase(first, stack_.end());
    fragile |= yielding && is_and_like(op);
    if (op == Xapian::Query::OP_AND_NOT && fragile_right) return push(without(queries), depth + 2, yielding, fragile);
    yielding |= is_yielding(op);
    push(Xapian::Query(op, queries.begin(), queries.end(), window), depth + 1, yielding, fragile);
  }

  void scale() {
    const double factor = decoder_.floating();
    if (stack_.empty()) throw Xapian::InvalidArgumentError("operator in the code of a query lacks operands");
    // Xapian refuses a negative factor itself, but lets NaN and infinity pass.
    if (!(factor >= 0) || std::isinf(factor)) throw Xapian::InvalidArgumentError("a weight cannot be scaled by that");
    Operand operand = std::move(stack_.back());
    stack_.pop_back();
    push(Xapian::Query(factor, operand.query), operand.depth + 1, operand.yielding, operand.fragile);
  }

  Decoder decoder_;
  const Xapian::Database *database_;
  std::vector<Operand> stack_;
};

}  // namespace

Xapian::Query decode_query(const uint8_t *code, size_t length, const Xapian::Database *database) {
  return QueryMachine(Decoder(code, length), database).run();
}

}  // namespace cxapian

int32_t cx_query_description(const uint8_t *query, size_t query_length, CXSink sink, void *context, CXError *error) noexcept {
  return cxapian::guarded(error, [&] {
    const std::string description = cxapian::decode_query(query, query_length, nullptr).get_description();
    sink(context, cxapian::to_bytes(description), description.size());
  });
}
