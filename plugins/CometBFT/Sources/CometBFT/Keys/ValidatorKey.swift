/// The public key of a validator: an Ed25519 key of 32 bytes.
///
/// Whether the bytes are a point of the curve is settled when a signature is checked (ZIP-215). The engine knows
/// secp256k1 keys too; they are refused here by name.
public struct ValidatorKey: Hashable, Sendable, CustomStringConvertible {
    /// How many bytes there are.
    public static let byteCount = 32

    /// The 32 bytes of the key.
    public let bytes: [UInt8]

    /// Takes 32 bytes.
    ///
    /// - Throws: `wrongLength` for any other count.
    public init(_ bytes: [UInt8]) throws(CometBFTError) {
        guard bytes.count == Self.byteCount else {
            throw CometBFTError(.wrongLength, "an Ed25519 key has 32 bytes, not \(bytes.count)")
        }
        self.bytes = bytes
    }

    /// The address that belongs to the key. Costs one SHA-256.
    public var address: ValidatorAddress {
        ValidatorAddress(of: self)
    }

    /// 64 upper-case hexadecimal digits.
    public var description: String {
        Hexadecimal.encode(bytes)
    }
}
