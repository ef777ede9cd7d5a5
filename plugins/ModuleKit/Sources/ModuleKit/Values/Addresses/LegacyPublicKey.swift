/// A public key in the Amino encoding of early Cosmos chains: a prefix of its kind, its length, its bytes.
///
/// Genesis files up to SDK 0.39 have consensus keys as Bech32 texts of it, such as `cosmosvalconspub1…`; multisig
/// addresses hash it to this day.
public enum LegacyPublicKey: Hashable, Sendable {
    /// 32 bytes.
    case ed25519([UInt8])
    /// 33 bytes, the compressed point.
    case secp256k1([UInt8])
    /// At least `threshold` of the keys have to sign.
    case multisig(threshold: Int, [LegacyPublicKey])

    private static let ed25519Prefix: [UInt8] = [0x16, 0x24, 0xDE, 0x64, 0x20]
    private static let secp256k1Prefix: [UInt8] = [0xEB, 0x5A, 0xE9, 0x87, 0x21]
    private static let multisigPrefix: [UInt8] = [0x22, 0xC1, 0xF7, 0xE2]

    /// Reads a Bech32 text of a single key. Texts of multisig keys, which no genesis file has, are refused.
    ///
    /// - Parameter prefix: the prefix the text must have, such as `cosmosvalconspub`.
    /// - Throws: `wrongAddressPrefix`, `invalidBech32` or `invalidPublicKey`.
    public init(bech32 text: String, prefix: String) throws(ModuleError) {
        let parts = try Bech32(text, lengthLimit: Bech32.cosmosLengthLimit)
        guard parts.prefix == prefix else {
            throw ModuleError(
                .wrongAddressPrefix,
                "\(quoted(text)) has the prefix \(quoted(parts.prefix)); this public key must begin with \(quoted(prefix))"
            )
        }
        try self.init(aminoBytes: try parts.bytes())
    }

    /// Decodes a single key.
    ///
    /// - Throws: `invalidPublicKey` for another kind of key or a wrong length.
    public init(aminoBytes bytes: [UInt8]) throws(ModuleError) {
        if bytes.starts(with: Self.ed25519Prefix) {
            self = try Self.ed25519([UInt8](bytes.dropFirst(Self.ed25519Prefix.count))).checked()
        } else if bytes.starts(with: Self.secp256k1Prefix) {
            self = try Self.secp256k1([UInt8](bytes.dropFirst(Self.secp256k1Prefix.count))).checked()
        } else {
            throw ModuleError(.invalidPublicKey, "the public key is neither Ed25519 nor secp256k1; use one of these")
        }
    }

    /// The Amino encoding; meaningful for a checked key.
    public var aminoBytes: [UInt8] {
        switch self {
        case .ed25519(let key): return Self.ed25519Prefix + key
        case .secp256k1(let key): return Self.secp256k1Prefix + key
        case .multisig(let threshold, let keys):
            // A message of field 1, the threshold, and field 2, repeated, the keys.
            var bytes = Self.multisigPrefix + [0x08] + Self.varint(UInt64(clamping: threshold))
            for key in keys {
                let encoded = key.aminoBytes
                bytes += [0x12] + Self.varint(UInt64(clamping: encoded.count)) + encoded
            }
            return bytes
        }
    }

    /// Itself, if every key has its length and every threshold can be met.
    ///
    /// - Throws: `invalidPublicKey`.
    func checked() throws(ModuleError) -> LegacyPublicKey {
        switch self {
        case .ed25519(let key) where key.count != 32:
            throw ModuleError(.invalidPublicKey, "an Ed25519 key has 32 bytes, not \(key.count); give the raw key")
        case .secp256k1(let key) where key.count != 33:
            throw ModuleError(
                .invalidPublicKey,
                "a secp256k1 key has 33 bytes, not \(key.count); give the compressed point"
            )
        case .multisig(let threshold, let keys):
            guard threshold >= 1, threshold <= keys.count else {
                throw ModuleError(
                    .invalidPublicKey,
                    "a threshold of \(threshold) can't be met by \(keys.count) keys; choose 1 to \(keys.count)"
                )
            }
            for key in keys { _ = try key.checked() }
        case .ed25519, .secp256k1: break
        }
        return self
    }

    private static func varint(_ value: UInt64) -> [UInt8] {
        var bytes: [UInt8] = []
        var rest = value
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        return bytes + [UInt8(truncatingIfNeeded: rest)]
    }
}
