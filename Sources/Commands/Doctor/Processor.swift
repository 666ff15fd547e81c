import Foundation

#if canImport(Darwin)
  import Darwin
#endif

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
