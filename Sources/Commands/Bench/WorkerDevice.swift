import Tensors

/// A worker's own device.
///
/// Unchecked: each is used by one worker at a time; the pool's barrier stands between rounds.
final class WorkerDevice: @unchecked Sendable {
  let value: CPUDevice
  init(_ type: ElementType) { value = CPUDevice(activationType: type) }
}
