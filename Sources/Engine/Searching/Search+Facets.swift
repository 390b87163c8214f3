// The facets of a search: counted beside the ranking of its hits where a core is spare, then named and put in order.
import ArasAPI
import Tagging
import TextAnalysis

/// Facets while they are counted.
struct FacetCounting {
  typealias Job = @Sendable () -> FacetCounts

  /// By facet that is asked for: what counts it; nil where there is nothing to count.
  let jobs: [Job?]
  /// The jobs, where others help with them.
  var work: PartedWork<FacetCounts?>?

  /// By facet.
  func counts() -> [FacetCounts?] { work?.parts() ?? jobs.map { $0?() } }
}

extension Search {
  /// Begins to count what the facets ask for.
  func beginCounting(_ found: Found) -> FacetCounting {
    let jobs = request.facets.map { countingJob($0, found) }
    guard let cores, cores.areWorth(found.groups.documents.count), jobs.contains(where: { $0 != nil }) else {
      return FacetCounting(jobs: jobs)
    }
    return FacetCounting(jobs: jobs, work: cores.begin(jobs.count) { jobs[$0]?() })
  }

  func facets(_ found: Found, _ counting: FacetCounting) -> FacetList {
    var list = FacetList()
    let answer = FacetAnswer(snapshot: snapshot, unit: request.facetUnit)
    for (spec, counts) in zip(request.facets, counting.counts()) {
      if spec.field == .date {
        list[spec.field] = answer.dates(spec, datedArticles(found, exception(spec, found)), selected: selectedDays)
      } else if let column = Field(rawValue: spec.field.rawValue).flatMap({ FacetColumn($0) }) {
        list[spec.field] = answer.values(spec, counted(column, spec, found, counts))
      }
    }
    return list
  }

  /// The filters that a facet leaves out.
  private func exception(_ spec: FacetSpec, _ found: Found) -> UInt32 {
    switch spec.mode {
    case .auto:
      found.filters.enumerated().reduce(0) { $1.element.field.rawValue == spec.field.rawValue ? $0 | 1 << UInt32($1.offset) : $0 }
    case .strict: 0
    case .max: ~Self.exclusion
    }
  }

  /// Counts the values of a facet; nil where that is done another way.
  private func countingJob(_ spec: FacetSpec, _ found: Found) -> FacetCounting.Job? {
    guard let column = Field(rawValue: spec.field.rawValue).flatMap({ FacetColumn($0) }), !spec.rollsUp || !column.hasParents else {
      return nil
    }
    let acceptance = found.acceptance(except: exception(spec, found))
    if acceptance.isWhole, found.groups.documents.count == snapshot.columns.passageCount { return nil }
    let counter = FacetCounter(
      columns: snapshot.columns, field: column, values: snapshot.dictionary.count(in: column), unit: request.facetUnit)
    let groups = found.groups
    return { counter.count(groups, acceptance) }
  }

  /// - Parameter counts: nil where they are the whole index's, or of values with all below them.
  private func counted(_ column: FacetColumn, _ spec: FacetSpec, _ found: Found, _ counts: FacetCounts?) -> FacetAnswer.Counted {
    let (selected, absent) = selection(column)
    if spec.rollsUp, let rollUp = FacetRollUp(column, snapshot) {
      let wanted = Set(selected.map { snapshot.dictionary.value($0, in: column) })
      return FacetAnswer.Counted(
        column: column, counts: rollUp.count(found.groups, found.acceptance(except: exception(spec, found))),
        whole: snapshot.wholeCounts(column, request.facetUnit, rollUp),
        id: { rollUp.ids[$0] }, selected: Set(rollUp.ids.indices.filter { wanted.contains(rollUp.ids[$0]) }.map { UInt32($0) }),
        absent: absent.filter { !rollUp.ids.contains($0) },
        withChildren: column == .topic ? [] : Set(snapshot.registry.actors.compactMap(\.parent)))
    }
    let whole = snapshot.wholeCounts(column, request.facetUnit)
    return FacetAnswer.Counted(
      column: column, counts: counts ?? whole, whole: whole, id: { snapshot.dictionary.value(UInt32($0), in: column) },
      selected: selected, absent: absent)
  }

  /// Values that a field is filtered by: the numbers of those that the index has, and those that it has not.
  private func selection(_ column: FacetColumn) -> (selected: Set<UInt32>, absent: [String]) {
    let resolver = filterResolver
    guard let field = FilterField(rawValue: column.field.rawValue), let value = request.filters[field] else { return ([], []) }
    let wanted = value.any + value.all
    let absent = Set(wanted.compactMap { resolver.absent($0, column) })
    return (wanted.reduce(into: []) { $0.formUnion(resolver.numbers($1, column)) }, absent.sorted())
  }

  private var selectedDays: [DayRange] {
    guard let value = request.filters[.date] else { return [] }
    return (value.any + value.all).compactMap { DateExpression.range($0, today: today) }
  }

  private func datedArticles(_ found: Found, _ except: UInt32) -> [(days: DayRange?, passages: Int)] {
    (0..<found.groups.count).compactMap { group in
      let passages = found.groups.range(group).count { found.accepts($0, except: except) }
      return passages == 0 ? nil : (snapshot.columns.days(ofArticle: found.groups.articles[group]), passages)
    }
  }
}
