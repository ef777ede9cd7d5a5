/// All that a light client needs of one height: the signed header and its validators.
///
/// Well formed: the validators are those that the header names.
public struct LightBlock: Hashable, Sendable {
    /// The header and its commit.
    public let signedHeader: SignedHeader
    /// The validators of that height.
    public let validators: ValidatorSet

    /// Puts both together. Costs one hash of the validator set.
    ///
    /// - Throws: `inconsistent` when the set's hash is not the header's `validators_hash`.
    public init(signedHeader: SignedHeader, validators: ValidatorSet) throws(CometBFTError) {
        let hash = validators.hash
        guard hash == signedHeader.header.validatorsHash else {
            throw CometBFTError(
                .inconsistent,
                "the header names the validators \(signedHeader.header.validatorsHash), and these are \(hash)"
            )
        }
        self.signedHeader = signedHeader
        self.validators = validators
    }

    /// The height.
    public var height: Int64 { signedHeader.header.height }
    /// The time of the header.
    public var time: BlockTime { signedHeader.header.time }
}
