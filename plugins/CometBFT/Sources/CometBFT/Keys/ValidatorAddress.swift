import Crypto

/// The address of a validator: the first 20 bytes of the SHA-256 of its key.
public struct ValidatorAddress: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// How many bytes there are.
    public static let byteCount = 20

    /// The 20 bytes.
    public let bytes: [UInt8]

    /// Takes 20 bytes.
    ///
    /// - Throws: `wrongLength` for any other count.
    public init(_ bytes: [UInt8]) throws(CometBFTError) {
        guard bytes.count == Self.byteCount else {
            throw CometBFTError(.wrongLength, "the address of a validator has 20 bytes, not \(bytes.count)")
        }
        self.bytes = bytes
    }

    /// Reads 40 hexadecimal digits, in either case.
    ///
    /// - Throws: `malformed` or `wrongLength`.
    public init(hexadecimal: String) throws(CometBFTError) {
        try self.init(Hexadecimal.decode(hexadecimal))
    }

    init(of key: ValidatorKey) {
        bytes = [UInt8](SHA256.hash(data: key.bytes).prefix(Self.byteCount))
    }

    /// Orders by bytes, the first one first.
    public static func < (left: ValidatorAddress, right: ValidatorAddress) -> Bool {
        left.bytes.lexicographicallyPrecedes(right.bytes)
    }

    /// 40 upper-case hexadecimal digits, as the engine prints them.
    public var description: String {
        Hexadecimal.encode(bytes)
    }
}
