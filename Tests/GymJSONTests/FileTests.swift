import Foundation
import GymJSON
import GymTestSupport
import Testing

@Suite struct FileTests {
  let value: JSON = ["a": [1, 2.5, "ä"], "b": nil]

  /// The names in a folder, hidden ones included.
  private func names(in folder: URL) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
  }

  @Test("A written file is read back unchanged", arguments: JSON.Style.allCases)
  func writesAndReads(_ style: JSON.Style) throws {
    try withTemporaryFolder { folder in
      let url = folder.appendingPathComponent("a.json")
      try value.write(to: url, style: style)
      #expect(try String(contentsOf: url, encoding: .utf8) == value.text(style) + "\n")
      #expect(try JSON(contentsOf: url) == value)
      try JSON.array([]).write(to: url)
      #expect(try JSON(contentsOf: url) == [])
      #expect(try names(in: folder) == ["a.json"])
    }
  }

  @Test("The system's fault behind an error of Foundation is found")
  func systemFaults() throws {
    try withTemporaryFolder { folder in
      for (path, code) in [("missing", ENOENT), ("", EISDIR)] {
        let error = #expect(throws: (any Error).self) {
          try Data(contentsOf: folder.appendingPathComponent(path), options: .alwaysMapped)
        }
        #expect(error.flatMap { SystemFault(behind: $0)?.code } == code, "\(path)")
      }
    }
  }

  @Test("Replacing a file keeps its permissions and follows links")
  func keepsPermissionsAndLinks() throws {
    try withTemporaryFolder { folder in
      let url = folder.appendingPathComponent("a.json")
      let link = folder.appendingPathComponent("link.json")
      try value.write(to: url)
      try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: url.path)
      try FileManager.default.createSymbolicLink(at: link, withDestinationURL: url)
      try JSON.bool(true).write(to: link)
      #expect(try JSON(contentsOf: url) == true)
      let attributes = try FileManager.default.attributesOfItem(atPath: url.path)
      #expect(attributes[.posixPermissions] as? Int == 0o640)
      #expect(try names(in: folder) == ["a.json", "link.json"])
    }
  }

  @Test("A failed write leaves the old file and no temporary one")
  func aFailureLeavesNothing() throws {
    try withTemporaryFolder { folder in
      let file = folder.appendingPathComponent("file")
      try value.write(to: file)
      let below = file.appendingPathComponent("a.json")
      let error = #expect(throws: JSONError.self) { try value.write(to: below) }
      #expect(error?.file == below.path)
      #expect(error?.message == "can't write it: Not a directory")
      // A folder stands where the file should go: only the rename fails.
      let taken = folder.appendingPathComponent("taken")
      try FileManager.default.createDirectory(at: taken, withIntermediateDirectories: false)
      #expect(throws: JSONError.self) { try value.write(to: taken) }
      // A value that has no text leaves the file as it was.
      #expect(throws: JSONError.self) { try JSON.number(.nan).write(to: file) }
      #expect(try JSON(contentsOf: file) == value)
      #expect(try names(in: folder) == ["file", "taken"])
    }
  }

  @Test("Errors contain the path")
  func errorsCarryThePath() throws {
    try withTemporaryFolder { folder in
      let url = folder.appendingPathComponent("a.json")
      var error = #expect(throws: JSONError.self) { try JSON(contentsOf: url) }
      #expect(error?.description == "\(url.path): can't open it: No such file or directory")
      try Data("[1,\n 2,\n x]".utf8).write(to: url)
      error = #expect(throws: JSONError.self) { try JSON(contentsOf: url) }
      #expect(error?.description == "\(url.path):3:2: unexpected x; expected a value")
      error = #expect(throws: JSONError.self) {
        try JSON(contentsOf: url, limits: .init(bytes: 10))
      }
      #expect(error?.expected == "at most 10 bytes")
      #expect(throws: JSONError.self) { try JSON(contentsOf: folder) }
      #expect(throws: JSONError.self) { try JSON(contentsOf: URL(string: "https://a.invalid")!) }
    }
  }

  @Test("Empty files and endless devices are rejected")
  func endlessAndEmptyFilesAreRefused() throws {
    let limits = JSON.Limits(bytes: 1_000_000)
    let endless = URL(fileURLWithPath: "/dev/zero")
    let error = #expect(throws: JSONError.self) { try JSON(contentsOf: endless, limits: limits) }
    #expect(error?.expected == "at most 1000000 bytes")
    #expect(throws: JSONError.self) { try JSON(contentsOf: URL(fileURLWithPath: "/dev/null")) }
  }
}
