import CXapian

/// What the allocator keeps of the memory that was freed.
public enum FreedMemory {
  /// Gives it back to the system: worth it after large lists that are made seldom.
  public static func giveBack() { cx_give_back_memory() }
}
