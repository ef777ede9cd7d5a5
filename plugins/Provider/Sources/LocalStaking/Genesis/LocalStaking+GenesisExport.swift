import LocalStakingEvents
public import ModuleKit

extension LocalStaking {
    /// Writes all accounts, such that importing them gives the same state on a chain whose native staking has the same
    /// delegations.
    ///
    /// The section is called `local-staking/` and the instance's label. Its settings are not in it: a deployment has them.
    ///
    /// - Throws: `lossNotCounted` while a slash is not counted at all who have stake with its validator.
    public func exportGenesis(_ state: StateReader) throws(ModuleError) -> [(section: String, value: JSONValue)] {
        guard let settings = try settings.value(in: state), let binding = try binding.value(in: state) else {
            return []
        }
        guard try !isRecounting(state) else {
            throw ModuleError(
                .lossNotCounted,
                "what a slash has destroyed of local stake is not all counted yet: export at one of the next heights"
            )
        }
        var list: [JSONValue] = []
        try accounts.forEach(in: state) { (owner, account) throws(ModuleError) in
            var stakes: [JSONValue] = []
            for stake in account.stakes {
                stakes.append([
                    "validator": .string(try stake.validator.text(prefix: settings.operatorPrefix)),
                    "staked": .string(stake.staked.description),
                    "unbonding": .string(stake.unbonding.description),
                    "returned": .string(stake.returned.description),
                    "forfeit": .string(stake.forfeit.description),
                    "leaving": .string(stake.leaving.description),
                ])
            }
            list.append([
                "address": .string(try owner.text(prefix: settings.accountPrefix)),
                "stakes": .array(stakes),
            ])
            return true
        }
        let section: JSONValue = [
            "vault": .string(binding.label), "denom": .string(binding.denom), "accounts": .array(list),
        ]
        return [(settings.genesisSection, section)]
    }
}

extension LocalStakingSettings {
    /// What the instance's section of a genesis is called.
    var genesisSection: String { "local-staking/\(label)" }
}
