import Foundation
import GymCore
import GymTestSupport
import Testing

/// Files and folders that are whole or not there, and locks on them.
@Suite struct FolderTests {
  private func write(_ text: String, _ url: URL) throws {
    try FileSystem.create(url.deletingLastPathComponent())
    try Data(text.utf8).write(to: url)
  }

  @Test("A folder is replaced by the one that was written aside, and comes back if that fails")
  func replacing() throws {
    try withTemporaryFolder { folder in
      let (target, aside) = (folder.appendingPathComponent("t"), folder.appendingPathComponent("a"))
      try write("old", target.appendingPathComponent("sub/file"))
      try write("new", aside.appendingPathComponent("file"))
      try write("new", aside.appendingPathComponent("f"))
      try write("new", aside.appendingPathComponent("s/g"))
      try FileSystem.synchronize(everythingIn: aside)
      try FileSystem.replace(target, with: aside)
      #expect(Set(try FileSystem.files(under: folder)) == ["t/f", "t/file", "t/s/g"])
      #expect(throws: GymError.self) { try FileSystem.replace(target, with: aside) }
      #expect(Set(try FileSystem.files(under: folder)) == ["t/f", "t/file", "t/s/g"])
    }
  }

  @Test("What the Finder of macOS leaves in a folder is none of its files")
  func finderFiles() throws {
    try withTemporaryFolder { folder in
      try write("", folder.appendingPathComponent(".DS_Store"))
      #expect(try FileSystem.names(in: folder).isEmpty)
      try write("", folder.appendingPathComponent("a/file"))
      try write("", folder.appendingPathComponent("a/.DS_Store"))
      try write("", folder.appendingPathComponent("a/.hidden"))
      #expect(try FileSystem.files(under: folder) == ["a/.hidden", "a/file"])
      try FileSystem.remove(folder.appendingPathComponent("a"))
      #expect(!FileSystem.isOccupied(folder.appendingPathComponent("a")))
    }
  }

  @Test("Errors name the place, the reason and the remedy")
  func errors() throws {
    try withTemporaryFolder { folder in
      try FileSystem.createNew(folder.appendingPathComponent("a"))
      #expect(throws: GymError.self) {
        try FileSystem.createNew(folder.appendingPathComponent("a"))
      }
      let error = #expect(throws: GymError.self) {
        try FileSystem.createNew(folder.appendingPathComponent("b/c"))
      }
      #expect(error?.location?.hasSuffix("b/c") == true && error?.remedy != nil)
      #expect(try FileSystem.names(in: folder) == ["a"])
      #expect(try FileSystem.names(in: folder.appendingPathComponent("none")).isEmpty)
      try FileSystem.remove(folder.appendingPathComponent("a"))
      #expect(!FileSystem.isOccupied(folder.appendingPathComponent("a")))
    }
  }

  @Test("Only one holds a lock, and it ends with its holder")
  func locks() throws {
    try withTemporaryFolder { folder in
      let file = folder.appendingPathComponent("file")
      try write("", file)
      _ = try withExtendedLifetime(FileLock(file)) {
        #expect(throws: GymError.self) { try FileLock(file) }
      }
      _ = try FileLock(file)
      _ = try withExtendedLifetime(FileLock(folder: folder)) {
        #expect(throws: GymError.self) { try FileLock(folder: folder) }
      }
      _ = try FileLock(folder: folder)
    }
  }
}
