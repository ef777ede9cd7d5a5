import ModuleKit
import StakingEvents

extension NativeStaking {
    func createValidator(_ request: StakingCreateValidator, _ sender: Address, _ context: Context)
        throws(ModuleError)
    {
        let rules = try collections.currentRules(context)
        guard try !collections.profiles.contains(sender, in: context) else {
            throw ModuleError(.validatorExists, "the account has a validator already: edit it, or use another account")
        }
        let key = [UInt8](request.consensusKey)
        guard key.count == 32 else {
            throw ModuleError(
                .consensusKeyUnsupported,
                "a consensus key is an Ed25519 key of 32 bytes: give such a key"
            )
        }
        let consensusAddress = try Address(ed25519PublicKey: key)
        guard try !collections.validatorsByConsensusAddress.contains(consensusAddress, in: context) else {
            throw ModuleError(.consensusKeyExists, "the consensus key has a validator already: make another key")
        }
        let value = try rules.amount(of: request.value)
        let minimum = try Amount(request.minSelfDelegation)
        guard !minimum.isZero, minimum <= value else {
            throw ModuleError(
                .selfDelegationBelowMinimum,
                "the minimum of the own delegation must be 1 to the delegated \(value): choose another"
            )
        }
        try request.description_p.checkLengths()
        let commission = try CommissionRule(request.commission, minimum: rules.minCommissionRate)
        try context.emit(
            .with {
                $0.validatorCreated = .with {
                    $0.validator = text(ofOperator: sender, context)
                    $0.consensusKey = request.consensusKey
                    $0.description_p = request.description_p
                    $0.commission = commission.stored(since: context.block.time)
                    $0.minSelfDelegation = minimum.description
                }
            }
        )
        try delegate(value, Delegator(sender), to: sender, rules, context)
    }
}

extension StakingDescription {
    /// Checks the lengths of the texts, in bytes of UTF-8, as the Cosmos SDK does.
    ///
    /// - Throws: `descriptionTooLong`.
    func checkLengths() throws(ModuleError) {
        let limits = [
            ("moniker", moniker, 70), ("identity", identity, 3000), ("website", website, 140),
            ("security contact", securityContact, 140), ("details", details, 280),
        ]
        for (name, text, limit) in limits where text.utf8.count > limit {
            throw ModuleError(.descriptionTooLong, "the \(name) has \(text.utf8.count) bytes: write at most \(limit)")
        }
    }
}
