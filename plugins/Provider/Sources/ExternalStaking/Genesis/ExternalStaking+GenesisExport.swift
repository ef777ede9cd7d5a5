import ExternalStakingEvents
import Foundation
public import ModuleKit

extension ExternalStaking {
    /// The members of the section, each a list of the JSON forms of events.
    static let genesisLists = ["validators", "keys", "stakes", "transactions", "offenders", "dues"]

    /// Writes all but the settings, such that importing it gives the same state on a chain that has the same vault and
    /// channel.
    ///
    /// The section is called `external-staking/` and the instance's label. Its entries are the JSON forms of the
    /// events that import them.
    public func exportGenesis(_ state: StateReader) throws(ModuleError) -> [(section: String, value: JSONValue)] {
        guard let settings = try settings.value(in: state) else { return [] }
        var counter = ExternalStakingCounterImported()
        counter.ownTransactions = try ownTransactions.value(in: state) ?? 0
        counter.infractions = try infractionCount.value(in: state) ?? 0
        if let pairing = try pairing.value(in: state) {
            counter.pairing = pairing
            counter.sources = settings.rewards.sources
        }
        if let ledgers = try rewardLedgers.value(in: state) { counter.rewards = ledgers.stored }
        var lists = Self.genesisLists.map { _ in [JSONValue]() }
        try validators.forEach(in: state) { (name, record) throws(ModuleError) in
            let rewards = try validatorRewards.value(for: name, in: state)
            try lists[0].append(
                ExternalStakingValidatorImported.with {
                    $0.validator = name
                    $0.record = record.stored
                    if let rewards { $0.rewards = rewards.stored }
                }.genesisValue()
            )
            return true
        }
        try keyClaims.forEach(in: state) { (key, claim) throws(ModuleError) in
            try lists[1].append(
                ExternalStakingKeyImported.with {
                    $0.key = Data(key.bytes)
                    $0.claim = claim.stored
                }.genesisValue()
            )
            return true
        }
        try stakes.forEach(in: state) { (key, stake) throws(ModuleError) in
            let owner = try key.first.text(prefix: settings.bech32Prefix)
            try lists[2].append(
                ExternalStakingStakeImported.with {
                    $0.stake = .of(owner, key.second)
                    $0.record = stake.stored
                }.genesisValue()
            )
            return true
        }
        try transactions.forEach(in: state) { (number, transaction) throws(ModuleError) in
            try lists[3].append(
                ExternalStakingTransactionImported.with {
                    $0.transaction = number
                    $0.record = transaction.stored
                }.genesisValue()
            )
            return true
        }
        try offenders.forEach(in: state) { (name, offender) throws(ModuleError) in
            try lists[4].append(
                ExternalStakingOffenderImported.with {
                    $0.validator = name
                    $0.record = offender.stored
                }.genesisValue()
            )
            return true
        }
        try dues.forEach(in: state) { (key, pending) throws(ModuleError) in
            let owner = try key.second.text(prefix: settings.bech32Prefix)
            try lists[5].append(
                ExternalStakingDueImported.with {
                    $0.stake = .of(owner, key.first)
                    $0.record = pending.stored
                }.genesisValue()
            )
            return true
        }
        var section = JSONObject()
        section["counter"] = try counter.genesisValue()
        for (name, list) in zip(Self.genesisLists, lists) { section[name] = .array(list) }
        return [(settings.genesisSection, .object(section))]
    }
}

extension ExternalStakingSettings {
    /// What the instance's section of a genesis is called.
    var genesisSection: String { "\(ExternalStakingEvent.moduleName)/\(label)" }
}

extension SwiftProtobuf.Message {
    /// The JSON form as a value of a genesis document.
    fileprivate func genesisValue() throws(ModuleError) -> JSONValue { try JSONValue(parsing: try json()) }
}
