/// A worker's own device, for measurements.
///
/// Unchecked: a device is used by one worker at a time, and by the caller between rounds of work;
/// the worker pool's barrier separates the two.
public final class WorkerDevice: @unchecked Sendable {
  /// The device.
  public let value: CPUDevice

  /// A device that computes in `activationType`.
  public init(activationType: ElementType) {
    value = CPUDevice(activationType: activationType)
  }
}
