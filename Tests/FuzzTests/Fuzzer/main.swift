import Foundation

/// libFuzzer's own loop, with its options on the command line (linked by `make fuzz`).
@_silgen_name("LLVMFuzzerRunDriver")
func runFuzzer(
  _ count: UnsafeMutablePointer<Int32>,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
  _ body: @convention(c) (UnsafePointer<UInt8>?, Int) -> Int32
) -> Int32

let environment = ProcessInfo.processInfo.environment
guard let reader = Reader.all.first(where: { $0.name == environment["FUZZ_READER"] }) else {
  print(Reader.all.map(\.name).joined(separator: " "))
  exit(environment["FUZZ_READER"] == nil ? 0 : 2)
}
let chosen = reader
if let folder = environment["FUZZ_SEEDS"] {
  for (number, seed) in try chosen.seeds().enumerated() {
    try Data(seed).write(to: URL(fileURLWithPath: "\(folder)/seed-\(number)"))
  }
  exit(0)
}
var count = CommandLine.argc
var arguments = CommandLine.unsafeArgv
let code = runFuzzer(&count, &arguments) { start, count in
  do {
    _ = try chosen.isRead(Array(UnsafeBufferPointer(start: start, count: count)))
  } catch {
    fatalError("\(chosen.name): \(error)")
  }
  return 0
}
exit(code)
