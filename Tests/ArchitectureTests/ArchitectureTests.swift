import Foundation
import Testing

@Suite struct ArchitectureTests {
  @Test("The targets in Package.swift have the imports that the plan allows")
  func theManifestIsThePlan() throws {
    let manifest = try Manifest()
    #expect(Set(manifest.rooms.keys) == Set(Rooms.imports.keys))
    for (room, imports) in manifest.rooms {
      #expect(imports == Rooms.imports[room], "the target \(room)")
    }
    #expect(manifest.taskImports == Rooms.taskImports)
    #expect(manifest.taskKernels == Rooms.taskKernels)
  }

  @Test("Package.swift lists every folder under Tasks")
  func theManifestListsTheTaskFolders() throws {
    #expect(try Set(Manifest().tasks) == Set(House.tasks()))
  }

  @Test("The program's catalogue lists every task")
  func theProgramKnowsEveryTask() throws {
    let catalogue = try #require(
      House.sources().first { $0.path == "Sources/reasongym/Catalogue.swift" })
    for task in try House.tasks() {
      #expect(catalogue.text.contains("\(task).self"), "Catalogue.swift lacks \(task)")
    }
  }

  @Test("Every import line is allowed by the plan")
  func everyImportIsInThePlan() throws {
    let tasks = Set(try House.tasks())
    let files = try House.sources()
    #expect(files.count > 50)
    for file in files {
      let allowed =
        file.module == "reasongym"
        ? tasks.union(Rooms.imports["reasongym"] ?? [])
        : tasks.contains(file.module) ? Rooms.taskImports : Rooms.imports[file.module]
      let known = try #require(allowed, "\(file.path) lies in no room of the plan")
      for name in file.imports where !Rooms.system.contains(name) && name != file.module {
        #expect(
          known.contains(name) || Rooms.taskKernels[name] == file.module,
          "\(file.path) imports \(name)")
      }
    }
  }

  @Test("Import lines are recognized, comments and strings are not")
  func importLinesAreRead() {
    let text = """
      import A
      @preconcurrency import B
      public import struct C.Part
      package import D // import E
      // import F
      let text = "import G"
        import H.Inner;
      let template = \"""
      import I
      \"""
      import J
      """
    #expect(House.File(module: "", path: "", text: text).imports == ["A", "B", "C", "D", "H", "J"])
  }

  @Test("Every C library is imported by one module only")
  func everyCLibraryHasOneRoom() throws {
    for file in try House.sources() where file.path.hasSuffix(".swift") {
      for name in file.imports {
        if let owner = Rooms.cLibraries[name] {
          #expect(file.module == owner, "\(file.path) imports \(name)")
        }
      }
    }
    // The module maps are the only files to name the libraries' headers.
    for (header, owner) in [("json-c/", "CJSONC"), ("zlib", "CZlib")] {
      for file in try House.sources() where file.module != owner {
        #expect(!file.text.contains("#include <\(header)"), "\(file.path) includes \(header)")
      }
    }
  }

  @Test("No file has more than 450 lines, and the median is below 150")
  func noFileIsTooLong() throws {
    var lengths: [Int] = []
    for file in try House.sources() + House.tests() {
      let lines = file.text.split(separator: "\n", omittingEmptySubsequences: false).count - 1
      #expect(lines <= 450, "\(file.path) has \(lines) lines")
      if file.path.hasPrefix("Sources") { lengths.append(lines) }
    }
    let median = lengths.sorted()[lengths.count / 2]
    #expect(median < 150)
  }

  @Test("No test uses @testable")
  func noTestLooksBehindTheRooms() throws {
    for file in try House.tests() where !file.path.contains("ArchitectureTests") {
      #expect(!file.text.contains("@testable import"), "\(file.path)")
    }
  }

  @Test("The package uses no unsafe flags")
  func thePackageUsesNoUnsafeFlags() throws {
    #expect(try !Manifest().text.contains("unsafeFlags"))
  }
}
