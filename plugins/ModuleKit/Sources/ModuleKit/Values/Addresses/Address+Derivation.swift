import Crypto

extension Address {
    /// The address of an Ed25519 public key: the first 20 bytes of its SHA-256 (CometBFT).
    ///
    /// - Throws: `invalidPublicKey` when the key does not have 32 bytes.
    public init(ed25519PublicKey key: [UInt8]) throws(ModuleError) {
        self = try LegacyPublicKey.ed25519(key).checked().hashAddress
    }

    /// The account of a module: the first 20 bytes of the SHA-256 of its name (Cosmos SDK, `NewModuleAddress`).
    public init(moduleName: String) {
        self.init(truncatedHashOf: [UInt8](moduleName.utf8))
    }

    /// The account of a module within a domain: the first 20 bytes of the SHA-256 of the domain, a zero byte, and the name
    /// (ICS-20's escrow accounts, ibc-go's `GetEscrowAddress`: `ics20-1`, `transfer/channel-0`).
    ///
    /// It is an account of its own only if neither text holds a zero byte.
    public init(domain: String, moduleName: String) {
        self.init(truncatedHashOf: [UInt8](domain.utf8) + [0] + [UInt8](moduleName.utf8))
    }

    /// The account of a k-of-n multisig: the first 20 bytes of the SHA-256 of its Amino encoding
    /// (Cosmos SDK, `LegacyAminoPubKey`). The order of the keys matters.
    ///
    /// - Throws: `invalidPublicKey` when a key has a wrong length or the threshold is not between 1 and the count.
    public init(multisigThreshold threshold: Int, publicKeys: [LegacyPublicKey]) throws(ModuleError) {
        self = try LegacyPublicKey.multisig(threshold: threshold, publicKeys).checked().hashAddress
    }

    /// The first 20 bytes of the SHA-256 of some bytes.
    init(truncatedHashOf bytes: [UInt8]) {
        self.init()
        for byte in SHA256.hash(data: bytes).prefix(20) { _ = append(byte) }
    }
}

extension LegacyPublicKey {
    /// The address by SHA-256: over the raw Ed25519 key, or over the Amino encoding of a multisig.
    fileprivate var hashAddress: Address {
        switch self {
        case .ed25519(let key): Address(truncatedHashOf: key)
        case .secp256k1, .multisig: Address(truncatedHashOf: aminoBytes)
        }
    }
}
