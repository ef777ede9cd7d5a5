import Crypto

/// The signing key of a validator (the engine's term is privval).
///
/// It signs whatever it is given, conflicting votes too, and keeps no record of what it signed: guarding against a
/// double sign is the caller's work.
public struct PrivateValidator: Sendable, CustomStringConvertible {
    /// The public key.
    public let key: ValidatorKey
    /// The address that belongs to the key.
    public let address: ValidatorAddress
    private let signingKey: Curve25519.Signing.PrivateKey

    /// Makes the key of a 32-byte seed (RFC 8032). The same seed gives the same key.
    ///
    /// - Throws: `wrongLength` when the seed does not have 32 bytes.
    public init(seed: [UInt8]) throws(CometBFTError) {
        do {
            signingKey = try Curve25519.Signing.PrivateKey(rawRepresentation: seed)
        } catch {
            throw CometBFTError(.wrongLength, "the seed of a key has 32 bytes, not \(seed.count)", cause: error)
        }
        key = try ValidatorKey([UInt8](signingKey.publicKey.rawRepresentation))
        address = key.address
    }

    /// The address. The key itself is never printed.
    public var description: String {
        "private validator \(address)"
    }

    /// Signs a vote for a chain. The vote keeps its validator address, which should be this key's.
    ///
    /// - Throws: `inconsistent` when the vote names another validator; `signingFailed`.
    public func sign(_ vote: Vote, chainID: String) throws(CometBFTError) -> Vote {
        guard vote.validatorAddress == address else {
            throw CometBFTError(
                .inconsistent,
                "the vote names validator \(vote.validatorAddress), and this is the key of \(address)"
            )
        }
        return try vote.signed(with: signature(of: vote.signBytes(chainID: chainID)))
    }

    /// Signs a proposal for a chain.
    ///
    /// - Throws: `signingFailed`.
    public func sign(_ proposal: Proposal, chainID: String) throws(CometBFTError) -> Proposal {
        try proposal.signed(with: signature(of: proposal.signBytes(chainID: chainID)))
    }

    /// Signs any bytes. 64 bytes come out.
    ///
    /// - Throws: `signingFailed`.
    public func signature(of message: [UInt8]) throws(CometBFTError) -> [UInt8] {
        do {
            return [UInt8](try signingKey.signature(for: message))
        } catch {
            throw CometBFTError(.signingFailed, "the key of \(address) could not sign; try again", cause: error)
        }
    }
}
