import CometBFT

/// The keys of a home with which validators sign blocks: those whose names end in `-consensus`.
struct ConsensusKeys {
    private static let ending = "-consensus"

    /// The keys.
    let keys: [PrivateValidator]

    /// Reads them. A public key alone signs nothing, and is left out.
    init(_ store: KeyStore) throws(CommandError) {
        var keys: [PrivateValidator] = []
        for record in try store.all() where record.name.hasSuffix(Self.ending) {
            guard case .ed25519(_, let seed?) = record.material else { continue }
            keys.append(try CommandError.wrapping { try PrivateValidator(seed: seed) })
        }
        self.keys = keys
    }

    /// The name of the consensus key of the validator whose account has a name.
    static func name(of validator: String) -> String { validator + ending }
}
