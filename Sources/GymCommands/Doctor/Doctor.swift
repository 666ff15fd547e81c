import ArgumentParser
import Foundation
import Gym
import GymJSON
import GymReports
import GymTensors

#if canImport(Darwin)
  import Darwin
#endif

/// `reasongym doctor`: checks whether this machine is suitable, and says what to do if it is not.
struct DoctorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Check libraries, processor, threads, memory and disk, and say what to do.",
    discussion: Help.flowing(
      """
      The exit code is 1 if something is missing that the program needs.

      Examples:
        reasongym doctor
        reasongym doctor --json
      """))

  @Flag(help: "Print JSON.")
  var json = false

  func run() throws {
    let findings = Doctor(path: FileManager.default.currentDirectoryPath).findings
    let fails = findings.contains { $0.state == .failure }
    if json {
      let value: JSON = [
        "fit": .bool(!fails), "findings": .array(findings.map(\.json)),
      ]
      print(value.text(.pretty))
    } else {
      var table = TextTable(("", .left), ("what", .left), ("found", .left))
      for finding in findings {
        let remedy = finding.remedy.map { ". \($0)." } ?? ""
        table.add(finding.state.mark, finding.name, finding.what + remedy)
      }
      print(table.text(width: Terminal.output.width))
      print(fails ? "Something is missing or does not work." : "This machine is ready.")
    }
    if fails { throw ExitCode.failure }
  }
}

extension Finding.State {
  fileprivate var mark: String {
    switch self {
    case .good: "ok"
    case .warning: "look"
    case .failure: "FAILS"
    }
  }
}

/// Examines the machine: libraries, processor, arithmetic, threads, memory and disk.
struct Doctor {
  /// The folder for datasets and runs; empty if it has been deleted.
  let path: String

  /// All findings, in the order in which one would fix them.
  var findings: [Finding] {
    [
      .good("json-c", JSON.libraryVersion), hashing, processor, arithmetic, bfloat16, threads,
      memory, disk, python,
    ]
  }

  /// The only library that is looked for when it is first needed.
  private var hashing: Finding {
    do {
      _ = try SHA256()
      return .good("hashing", "the system's library is there")
    } catch {
      let error = error as? GymError
      return .failure("hashing", error?.what ?? "it fails", remedy: error?.remedy ?? "See above")
    }
  }

  private var processor: Finding {
    let level = CPUDevice.vectorInstructions
    guard level == "baseline" else { return .good("vector instructions", level) }
    return .warning(
      "vector instructions", level,
      remedy: "Training is several times slower here: use a processor with AVX2 or NEON")
  }

  /// Compares the fast operations with the reference, in both types, with the instructions and
  /// libraries that are actually in use.
  private var arithmetic: Finding {
    let errors = ElementType.allCases.map(Self.error)
    // The limits allow for the rounding of each type.
    for (type, (error, limit)) in zip(ElementType.allCases, zip(errors, [1e-5, 2e-2]))
    where !(error <= limit) {
      return .failure(
        "arithmetic", "operations in \(type.rawValue) are off by \(error)",
        remedy: "Results of this machine cannot be trusted: tell the authors which processor it is")
    }
    return .good(
      "arithmetic",
      "agrees with the plain version to "
        + zip(ElementType.allCases, errors).map {
          "\(Figures.significant($1)) (\($0.rawValue))"
        }.joined(separator: " and "))
  }

  /// The greatest error in the result of a layer, relative to its greatest number.
  private static func error(_ type: ElementType) -> Double {
    let (rows, inputs, outputs) = (37, 64, 102)
    func tensor(_ shape: Shape, _ factor: Int) -> Tensor {
      let tensor = Tensor(zeros: shape, type: type)
      tensor.set((0..<shape.count).map { Float($0 * factor % 41) * 0.05 - 1 })
      return tensor
    }
    let (x, w) = (tensor([1, rows, inputs], 7), tensor([outputs, inputs], 11))
    let (qkv, dy) = (tensor([1, rows, 96], 13), tensor([1, rows, outputs], 17))
    func results(_ device: any Device) -> [Tensor] {
      let plain = Weight(w, packed: PackedMatrix(.plain, packing: w))
      let gated = Weight(w, packed: PackedMatrix(.gated, packing: w))
      let dw = device.makeZeros(w.shape, .float32)
      device.addLinearWeightGradient(dy, x, to: dw)
      return [
        device.linear(x, plain, result: type), device.linearInputGradient(dy, w), dw,
        device.linearSwiGLU(x, gated, keepsGateUp: false).result,
        device.attention(qkv, heads: 2, rotary: nil, keepsLogSums: false).out,
      ]
    }
    let fast = results(CPUDevice(activationType: type))
    let plain = results(ReferenceDevice(activationType: type))
    return zip(plain, fast).map { expected, found in
      let greatest = expected.values.map(abs).max() ?? 1
      let difference = zip(expected.values, found.values).map { abs($0 - $1) }
      // A result that is not a number counts as the greatest error.
      return difference.allSatisfy(\.isFinite)
        ? Double((difference.max() ?? 0) / greatest) : .infinity
    }.max() ?? .infinity
  }

  private var bfloat16: Finding {
    .good(
      "bf16",
      CPUDevice.hasNativeBFloat16
        ? "in the processor's own instructions" : "through f32: use --set dtype=f32, it is faster")
  }

  private var threads: Finding {
    let info = ProcessInfo.processInfo
    let (usable, all) = (info.activeProcessorCount, info.processorCount)
    return .good("threads", usable == all ? "\(all)" : "\(usable) of \(all) may be used")
  }

  private var memory: Finding {
    let usable = UsableMemory.here
    let text = Self.size(usable.bytes) + (usable.isLimited ? ", the limit of this container" : "")
    guard usable.bytes >= 4 * 1024 * 1024 * 1024 else {
      return .warning(
        "memory", text, remedy: "Building wants 4 GB: build with one job, swift build -j 1")
    }
    return .good("memory", text)
  }

  private var disk: Finding {
    guard FileManager.default.isWritableFile(atPath: path) else {
      return .failure(
        "disk", path.isEmpty ? "the current folder was deleted" : "\(path) cannot be written",
        remedy: "Change to a folder of your own")
    }
    guard
      let attributes = try? FileManager.default.attributesOfFileSystem(forPath: path),
      let free = attributes[.systemFreeSize] as? NSNumber
    else {
      return .warning(
        "disk", "the free space of \(path) cannot be told", remedy: "Look at it with df")
    }
    let text = "\(Self.size(free.doubleValue)) free"
    guard free.doubleValue >= 2e9 else {
      return .warning(
        "disk", text, remedy: "A dataset of a million puzzles takes 0.2 GB, a build 2 GB")
    }
    return .good("disk", text)
  }

  /// Needed only by external agents and tasks written in Python.
  private var python: Finding {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    let found = folders.map { "\($0)/python3" }.first {
      FileManager.default.isExecutableFile(atPath: $0)
    }
    return found.map { .good("python3", $0) }
      ?? .warning(
        "python3", "not found",
        remedy: "Only the Python examples of external agents and tasks want it")
  }

  private static func size(_ bytes: Double) -> String {
    bytes >= 1e9
      ? "\(Figures.fixed(1, of: bytes * 1e-9)) GB" : "\(Figures.fixed(0, of: bytes * 1e-6)) MB"
  }
}

/// One result of the doctor.
struct Finding {
  enum State: String {
    case good, warning, failure
  }

  let name: String
  let state: State
  /// The finding in a few words.
  let what: String
  /// The advice; nil if there is nothing to do.
  let remedy: String?

  static func good(_ name: String, _ what: String) -> Finding {
    Finding(name: name, state: .good, what: what, remedy: nil)
  }

  static func warning(_ name: String, _ what: String, remedy: String) -> Finding {
    Finding(name: name, state: .warning, what: what, remedy: remedy)
  }

  static func failure(_ name: String, _ what: String, remedy: String) -> Finding {
    Finding(name: name, state: .failure, what: what, remedy: remedy)
  }

  var json: JSON {
    [
      "name": .string(name), "state": .string(state.rawValue), "found": .string(what),
      "remedy": remedy.map { .string($0) } ?? .null,
    ]
  }
}

/// The machine's processor.
enum Processor {
  /// The name that the system gives it, with the number of its cores; nil if it gives none.
  static let name: String? = model.map { model in
    let words = model.split { $0.isWhitespace }.joined(separator: " ")
    let shown = String(words.unicodeScalars.filter { $0.value >= 0x20 && $0.value < 0x7F })
    return "\(shown.prefix(90)), \(ProcessInfo.processInfo.processorCount) cores"
  }

  private static var model: String? {
    #if canImport(Darwin)
      var size = 0
      guard sysctlbyname("machdep.cpu.brand_string", nil, &size, nil, 0) == 0, size > 1 else {
        return nil
      }
      var bytes = [UInt8](repeating: 0, count: size)
      guard sysctlbyname("machdep.cpu.brand_string", &bytes, &size, nil, 0) == 0 else { return nil }
      return String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    #else
      let text = try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)
      let line = text?.split(separator: "\n").first { $0.hasPrefix("model name") }
      return line?.split(separator: ":", maxSplits: 1).last.map(String.init)
    #endif
  }
}
