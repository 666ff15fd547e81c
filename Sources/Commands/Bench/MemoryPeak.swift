import Foundation
import Tensors

/// Measures how fast this machine streams memory.
enum MemoryPeak {
  /// The bytes per second that `workers` threads read and write together, adding arrays too large
  /// for any cache: the best of several tries.
  static func measure(workers: WorkerPool, tries: Int = 3) -> Double {
    let count = 1 << 24
    let devices = (0..<workers.count).map { _ in WorkerDevice(activationType: .float32) }
    let arrays = devices.map { $0.value.makeZeros([count], .float32) }
    var best = 0.0
    for _ in 0..<tries {
      let start = DispatchTime.now().uptimeNanoseconds
      workers.run { _ = devices[$0].value.add(arrays[$0], arrays[$0]) }
      let seconds = Double(DispatchTime.now().uptimeNanoseconds - start) * 1e-9
      // One array is read and one is written.
      best = max(best, Double(8 * count * workers.count) / seconds)
    }
    return best
  }
}
