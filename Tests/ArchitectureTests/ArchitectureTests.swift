import Foundation
import Testing

@Suite struct ArchitectureTests {
  @Test("The targets in Package.swift have the imports that the plan allows")
  func theManifestIsThePlan() throws {
    let manifest = try Manifest()
    #expect(Set(manifest.modules.keys) == Set(ModulePlan.imports.keys))
    for (module, imports) in manifest.modules {
      #expect(imports == ModulePlan.imports[module], "the target \(module)")
    }
    #expect(manifest.taskImports == ModulePlan.taskImports)
    #expect(manifest.taskKernels == ModulePlan.taskKernels)
  }

  @Test("CONTRIBUTING lists every module with its imports")
  func theHandbookListsTheImports() throws {
    let text = try String(
      contentsOf: PackageFiles.root.appendingPathComponent("CONTRIBUTING.md"), encoding: .utf8)
    var table: [String: Set<String>] = [:]
    for row in text.matches(of: /\n\| `(\w+)` \| ([^|]+) \|/) {
      table[String(row.1)] = Set(row.2.matches(of: /`(\w+)`/).map { String($0.1) })
    }
    for (module, imports) in ModulePlan.imports {
      #expect(table[module] == imports, "the row of \(module)")
    }
    let rows = table.keys.filter { $0.hasPrefix("Gym") || $0.hasPrefix("CGym") }
    #expect(Set(rows).isSubset(of: ModulePlan.imports.keys), "a module that is gone is listed")
  }

  @Test("Package.swift lists every folder under Tasks")
  func theManifestListsTheTaskFolders() throws {
    #expect(try Set(Manifest().tasks) == Set(PackageFiles.tasks()))
  }

  @Test("The program's catalogue lists every task")
  func theProgramKnowsEveryTask() throws {
    let catalogue = try #require(
      PackageFiles.sources().first { $0.path == "Sources/reasongym/Catalogue.swift" })
    for task in try PackageFiles.tasks() {
      #expect(catalogue.text.contains("\(task).self"), "Catalogue.swift lacks \(task)")
    }
  }

  // SwiftPM's own check of imports accepts whatever a target's dependencies depend on in turn.
  @Test("Every import line is allowed by the plan")
  func everyImportIsInThePlan() throws {
    let tasks = Set(try PackageFiles.tasks())
    let files = try PackageFiles.sources()
    #expect(files.count > 50)
    for file in files {
      let allowed =
        file.module == "reasongym"
        ? tasks.union(ModulePlan.imports["reasongym"] ?? [])
        : tasks.contains(file.module) ? ModulePlan.taskImports : ModulePlan.imports[file.module]
      let known = try #require(allowed, "\(file.path) lies in no module of the plan")
      for name in file.imports where !ModulePlan.system.contains(name) && name != file.module {
        #expect(
          known.contains(name) || ModulePlan.taskKernels[name] == file.module,
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
    #expect(
      PackageFiles.File(module: "", path: "", text: text).imports == ["A", "B", "C", "D", "H", "J"])
  }

  @Test("Every C library is imported by one module only")
  func everyCLibraryHasOneModule() throws {
    for library in ["CGymJSONC", "CGymRanks", "CGymTensorKernels"] {
      #expect(ModulePlan.imports.values.filter { $0.contains(library) }.count == 1, "\(library)")
    }
    // Only the libraries' own modules name their headers.
    let headers = [("json-c/", "CGymJSONC"), ("mpi", "CGymRanks")]
    for (header, owner) in headers {
      for file in try PackageFiles.sources() where file.module != owner {
        #expect(!file.text.contains("#include <\(header)"), "\(file.path) includes \(header)")
      }
    }
  }

  @Test("One idea per file: few files are tiny, none has more than 450 lines")
  func filesHaveAReadableSize() throws {
    func lines(_ file: PackageFiles.File) -> Int { file.text.count { $0 == "\n" } }
    for file in try PackageFiles.sources() + PackageFiles.tests() {
      #expect(lines(file) <= 450, "\(file.path) has \(lines(file)) lines")
    }
    let sources = try PackageFiles.sources().filter { $0.path.hasSuffix(".swift") }
    let tiny = sources.filter { lines($0) < 25 }.map(\.path)
    #expect(tiny.count <= 6, "join these with what they belong to: \(tiny)")
    let median = sources.map(lines).sorted()[sources.count / 2]
    #expect((60...150).contains(median), "the median file has \(median) lines")
  }

  @Test("No test uses @testable, so that tests and program share one build")
  func noTestImportsInternals() throws {
    for file in try PackageFiles.tests() where !file.path.contains("ArchitectureTests") {
      #expect(!file.text.contains("@testable import"), "\(file.path)")
    }
  }

  @Test("The package uses no unsafe flags")
  func thePackageUsesNoUnsafeFlags() throws {
    #expect(try !Manifest().text.contains("unsafeFlags"))
  }
}
