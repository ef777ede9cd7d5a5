public import CometBFT

/// What one step of verification starts from: a header that is trusted, and a validator set that the header vouches
/// for.
///
/// Invariant: the set's hash is the header's `validators_hash` or `next_validators_hash`. Either set will do.
public struct TrustedState: Hashable, Sendable {
    /// The trusted header.
    public let header: Header
    /// The validators of the header's height, or of the next one.
    public let validators: ValidatorSet

    /// Trusts a header together with a set that it names. Costs one hash of the set.
    ///
    /// - Throws: `wrongHash` when the header names neither this set as its own nor as the next.
    public init(header: Header, validators: ValidatorSet) throws(LightClientError) {
        let hash = validators.hash
        guard hash == header.validatorsHash || hash == header.nextValidatorsHash else {
            throw LightClientError(
                .wrongHash,
                "The header of height \(header.height) names other validators than those given, neither for its own "
                    + "height nor for the next. Give the set of one of these heights."
            )
        }
        self.header = header
        self.validators = validators
    }

    /// Trusts a light block.
    public init(_ block: LightBlock) {
        header = block.signedHeader.header
        validators = block.validators
    }
}
