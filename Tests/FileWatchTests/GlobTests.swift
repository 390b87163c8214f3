import FileWatch
import Testing

@Suite struct GlobTests {
  @Test(arguments: [
    ("*.md", "a.md", true), ("*.md", "deep/er/a.md", true), ("*.md", "a.mdx", false),
    ("**/*.md", "a.md", true), ("**/*.md", "x/y/a.md", true), ("notes/*.md", "notes/a.md", true),
    ("notes/*.md", "notes/x/a.md", false), ("notes/**", "notes/x/a.md", true), ("notes/**/a.md", "notes/a.md", true),
    ("a/**/b/**/c", "a/x/b/y/z/c", true), ("a/**/b/**/c", "a/x/y/c", false), ("?.txt", "ж.txt", true),
    ("?.txt", "ab.txt", false), ("*.{md,txt}", "a.txt", true), ("*.{md,txt}", "a.html", false),
    ("a*b*c", "aXXbYYbc", true), ("a*b*c", "aXXbYY", false), ("drafts/", "drafts", true), ("/top.md", "top.md", true),
    ("/top.md", "x/top.md", false), ("**", "x/y", true), ("{unclosed", "{unclosed", true),
  ])
  func aPatternMatches(pattern: String, path: String, expected: Bool) {
    #expect(Glob(pattern).matches(BytePath(path)) == expected)
  }

  @Test func manyStarsTakeNoLongTime() {
    let pattern = String(repeating: "*a", count: 40) + "b"
    #expect(!Glob(pattern).matches(BytePath(String(repeating: "a", count: 5000))))
    let deep = Array(repeating: "**", count: 40).joined(separator: "/") + "/x"
    #expect(!Glob(deep).matches(BytePath(Array(repeating: "a", count: 500).joined(separator: "/"))))
  }
}

@Suite struct TreeFilterTests {
  @Test(arguments: [
    (".hidden.txt", false), ("a/.git/config", false), ("a/b.txt", true), ("a.txt~", false), ("CVS/Entries", false),
    ("load.part", false), (".config/a.md", false),
  ])
  func byDefaultWhatNobodyMeansIsLeftOut(path: String, expected: Bool) {
    #expect(TreeFilter().takesFromRoot(file: BytePath(path)) == expected)
  }

  @Test func excludeIsStrongerThanInclude() {
    let filter = TreeFilter(include: ["*.md", "reports"], exclude: ["drafts", "old/**"])
    #expect(filter.takesFromRoot(file: BytePath("a/b.md")))
    #expect(filter.takesFromRoot(file: BytePath("reports/2020/x.txt")))
    #expect(!filter.takesFromRoot(file: BytePath("a/b.txt")))
    #expect(!filter.takesFromRoot(file: BytePath("x/drafts/b.md")))
    #expect(!filter.takesFromRoot(file: BytePath("old/b.md")))
  }

  @Test func hiddenFilesCountWhenAskedButVersionControlNever() {
    let filter = TreeFilter(hidden: true)
    #expect(filter.takesFromRoot(file: BytePath(".notes/a.md")))
    #expect(!filter.takesFromRoot(file: BytePath(".git/HEAD")))
  }
}
