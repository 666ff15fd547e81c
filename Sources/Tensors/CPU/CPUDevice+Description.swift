import CTensorKernels

extension CPUDevice {
  /// The vector instructions in use: amx, avx512bf16, avx512, avx2, neon or baseline.
  public static var vectorInstructions: String { String(cString: rg_isa()) }

  /// Whether the processor has its own instructions for bf16 products, instead of going through
  /// f32.
  public static var hasNativeBFloat16: Bool { rg_native_bf16() }
}
