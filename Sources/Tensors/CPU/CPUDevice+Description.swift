import CTensorKernels

extension CPUDevice {
  /// The vector instructions in use: amx, avx512bf16, avx512, avx2, neon or baseline.
  public static var vectorInstructions: String { String(cString: rg_isa()) }

  /// The version of oneDNN in use, such as 2.6.3.
  public static var productLibraryVersion: String { String(cString: rg_onednn_version()) }

  /// Whether the processor has its own instructions for bf16 products, instead of going through
  /// f32.
  public static var hasNativeBFloat16: Bool { rg_native_bf16() }
}
