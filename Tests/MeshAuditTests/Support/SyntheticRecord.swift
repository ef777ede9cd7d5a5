import ModuleRuntime

/// Records of no module, for tests that need many.
enum SyntheticRecord {
    static func bytes(sequence: UInt64, height: UInt64, payloadByteCount: Int = 40) -> [UInt8] {
        EventEnvelope(
            sequence: sequence,
            height: height,
            transaction: 1,
            cause: nil,
            instance: 1,
            vocabulary: 1,
            kind: 1,
            schemaVersion: 1,
            payload: [UInt8](repeating: UInt8(truncatingIfNeeded: sequence), count: payloadByteCount)
        )
        .encoded
    }
}
