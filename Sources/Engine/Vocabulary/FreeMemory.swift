// Memory that was freed and that the allocator keeps for later.

/// Declared by <malloc.h>, which Glibc's module leaves out.
@_silgen_name("malloc_trim")
private func malloc_trim(_ pad: Int) -> Int32

enum FreeMemory {
  /// Gives the system back what large temporary lists took: they are made seldom, and nobody else needs as much.
  static func giveBack() { _ = malloc_trim(0) }
}
