import Foundation
import Gym
import GymBoardPages
import GymBoards
import GymJSON
import GymTestSupport
import Testing

@Suite struct SiteTests {
  @Test("A site is written completely, and replaces an older one")
  func aSiteIsWrittenWhole() throws {
    try withTemporaryFolder { folder in
      let site = folder.appendingPathComponent("site")
      let report = try LeaderboardSite(board: Boards.small(puzzles: 60)).write(to: site)
      let files = try Self.files(site)
      #expect(report.files == files.count)
      #expect(report.bytes == files.values.reduce(0) { $0 + $1.utf8.count })
      for name in ["index.html", "pairs.html", "puzzles.html", "style.css", "puzzles/index.js"] {
        #expect(files[name] != nil, "\(name)")
      }
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["site"])
      // A second site replaces it; files that it lacks are deleted.
      try "old".write(to: site.appendingPathComponent("old.txt"), atomically: true, encoding: .utf8)
      try LeaderboardSite(board: Boards.small(puzzles: 20)).write(to: site)
      #expect(!FileManager.default.fileExists(atPath: site.appendingPathComponent("old.txt").path))
    }
  }

  @Test("A folder that is not a site is left untouched")
  func aFolderOfSomebodyElseStaysUntouched() throws {
    try withTemporaryFolder { folder in
      let file = folder.appendingPathComponent("thesis.txt")
      try "years".write(to: file, atomically: true, encoding: .utf8)
      #expect(throws: GymError.self) {
        try LeaderboardSite(board: Boards.small(puzzles: 4)).write(to: folder)
      }
      #expect(throws: GymError.self) {
        try LeaderboardSite(board: Boards.small(puzzles: 4)).write(to: file)
      }
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["thesis.txt"])
    }
  }

  @Test("Names from outside are escaped")
  func namesFromOutsideStayText() throws {
    try withTemporaryFolder { folder in
      let site = folder.appendingPathComponent("site")
      try LeaderboardSite(board: Boards.small(puzzles: 60)).write(to: site)
      // Data files hold names as they are; pages, scripts and drawings never do.
      let data = ["csv", "json", "jsonl"]
      for (name, text) in try Self.files(site)
      where !data.contains((name as NSString).pathExtension) {
        #expect(!text.contains("<script>alert"), "\(name)")
        #expect(!text.contains("</script><b>"), "\(name)")
        if name.hasSuffix(".html") {
          #expect(!text.contains("<script>"), "\(name) has a script of its own")
          #expect(!text.contains(" style="), "\(name)")
          #expect(!text.contains("http://"), "\(name)")
          #expect(!text.contains("https://"), "\(name)")
          #expect(text.contains("default-src 'none'") || text.contains("default-src &#39;none"))
        }
      }
      let index = try #require(Self.files(site)["index.html"])
      #expect(index.contains("&lt;script&gt;alert(1)&lt;/script&gt;"))
    }
  }

  @Test("A held-back benchmark shows no puzzles")
  func aHeldBackBenchmarkShowsNoPuzzles() throws {
    try withTemporaryFolder { folder in
      let site = folder.appendingPathComponent("site")
      try LeaderboardSite(board: Boards.small(puzzles: 40, isHeldBack: true)).write(to: site)
      let files = try Self.files(site)
      #expect(!files.keys.contains { $0.hasPrefix("puzzles/") || $0 == "puzzles.html" })
      #expect(files["index.html"]?.contains("held back") == true)
    }
  }

  @Test("An empty board has a page")
  func anEmptyBoardHasAPage() throws {
    try withTemporaryFolder { folder in
      let site = folder.appendingPathComponent("site")
      let report = try LeaderboardSite(board: ToyBoard([], puzzles: 3)).write(to: site)
      let page = try String(contentsOf: report.index, encoding: .utf8)
      #expect(page.contains("No entries yet"))
    }
  }

  @Test("The puzzle files of a site are bounded in size")
  func shardsAreBounded() throws {
    try withTemporaryFolder { folder in
      let site = folder.appendingPathComponent("site")
      try LeaderboardSite(board: Boards.large(entries: 40, puzzles: 130)).write(to: site)
      let files = try Self.files(site)
      #expect(files.keys.contains("puzzles/p0.js"))
      for (name, text) in files { #expect(text.utf8.count < 1 << 20, "\(name)") }
    }
  }

  @Test("Puzzle files say how many thoughts an answer had if some are omitted")
  func stepsThatAreNotThereAreTold() throws {
    let players = (0..<30).map { place in
      ToyBoard.Player(name: "thinker \(place)", skill: 0.9, steps: place == 0 ? 100 : 64)
    }
    try withTemporaryFolder { folder in
      let site = folder.appendingPathComponent("site")
      try LeaderboardSite(board: ToyBoard(players, puzzles: 2)).write(to: site)
      let text = try #require(Self.files(site)["puzzles/p0.js"])
      let json = text.drop { $0 != "{" }.dropLast(");\n".count)
      let puzzles = try #require(JSON(parsing: String(json))["puzzles"]?.array)
      #expect(puzzles.count == 2)
      for puzzle in puzzles {
        let answers = try #require(puzzle["e"]?.array)
        let steps = try #require(puzzle["t"]?.object)
        let partial = try #require(puzzle["o"]?.object)
        let thinkers = answers.indices.filter { answers[$0] != .integer(-1) }
        // One thinned answer, and those that did not fit, count their steps.
        #expect(partial.count { $0.value == .integer(100) } <= 1)
        for thinker in thinkers {
          let kept = steps["\(thinker)"]?.array?.count
          switch partial["\(thinker)"]?.integer {
          case 100: #expect(kept == 64)
          case let count: #expect((kept == 64) == (count == nil) && count ?? 64 == 64)
          }
        }
        #expect(steps.count < thinkers.count && partial.count < thinkers.count)
      }
    }
  }

  /// With REASONGYM_DEMO_SITE set to a folder, writes two small benchmarks there to look at; with
  /// REASONGYM_BIG_SITE, 200 entries on 10 000 puzzles, timed.
  @Test(
    "Example sites are written if REASONGYM_DEMO_SITE is set",
    .enabled(
      if: ProcessInfo.processInfo.environment.keys.contains {
        ["REASONGYM_DEMO_SITE", "REASONGYM_BIG_SITE"].contains($0)
      })) func sitesToLookAt() throws
  {
    let environment = ProcessInfo.processInfo.environment
    if let folder = environment["REASONGYM_DEMO_SITE"] {
      print(
        try LeaderboardSite(board: Boards.several(), title: "Toy boards")
          .write(to: URL(fileURLWithPath: folder)))
    }
    guard let folder = environment["REASONGYM_BIG_SITE"] else { return }
    let board = try Boards.large(entries: 200, puzzles: 10_000)
    let clock = ContinuousClock()
    var report: SiteReport?
    let time = try clock.measure {
      report = try LeaderboardSite(board: board).write(to: URL(fileURLWithPath: folder))
    }
    let pages = try Self.files(URL(fileURLWithPath: folder)).mapValues(\.utf8.count)
    let largest = pages.max { $0.value < $1.value }
    print("200 × 10 000: \(time), largest file \(String(describing: largest))")
    print(String(describing: report))
    #expect(pages.values.allSatisfy { $0 < 2_000_000 })
  }

  /// Every file of a folder by its path.
  static func files(_ folder: URL) throws -> [String: String] {
    let root = folder.resolvingSymlinksInPath()
    var files: [String: String] = [:]
    for path in try FileManager.default.subpathsOfDirectory(atPath: root.path) {
      var isFolder: ObjCBool = false
      let url = root.appendingPathComponent(path)
      _ = FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder)
      if !isFolder.boolValue { files[path] = try String(contentsOf: url, encoding: .utf8) }
    }
    return files
  }
}
