import ModuleKit
import RewardsEvents

extension RewardsState {
    func apply(_ event: RewardsProvisionsMinted, to state: StateWriter) throws(ModuleError) {
        var next = InflationState()
        next.inflation = try Decimal18(event.inflation)
        next.annualProvisions = try Decimal18(event.annualProvisions)
        next.blockProvision = try event.amount.coin().amount
        try inflation.set(next, in: state)
    }

    /// Shares out what was collected: the community's part, and the rest by power; what is not shared out is the community's. The
    /// cost does not depend on how many validators and delegations there are.
    func apply(_ event: RewardsDistributed, to state: StateWriter) throws(ModuleError) {
        let rules = try currentRules(state)
        let shared = rules.sharedDenoms(bondDenom: try Denom(event.bondDenom))
        let recipients = try recipients.value(in: state) ?? Recipients()
        var index = try powerIndex.value(in: state) ?? PowerIndex()
        for coin in try Coins(event.collected) {
            let amount = Decimal18(coin.amount)
            var community = try amount.multiplied(by: rules.communityTax, rounding: .floor)
            let rest = try amount.subtracting(community)
            if shared.contains(coin.denom),
                let points = index.share(rest, of: coin.denom, among: recipients.totalPower)
            {
                let unclaimed = try points.multiplied(by: Amount(recipients.unclaimedPower))
                community = try community.adding(unclaimed)
            } else {
                community = amount
            }
            try changeDenomination(coin.denom, in: state) { (ledger) throws(ModuleError) in
                try ledger.receive(coin.amount)
                ledger.communityPool = try ledger.communityPool.adding(try Decimal36(community))
            }
        }
        try powerIndex.set(index, in: state)
    }

    /// Settles the validators whose powers change, and no others.
    func apply(_ event: RewardsPowersChanged, to state: StateWriter) throws(ModuleError) {
        var recipients = try recipients.value(in: state) ?? Recipients()
        for change in event.changes {
            let address = try Address(bytes: change.consensusAddress)
            let validator = change.validator.isEmpty ? nil : try Address(bech32: change.validator)
            if let old = recipients.entry(of: address)?.validator, old != validator {
                try changeValidator(old, in: state) { (ledger) throws(ModuleError) in ledger.power = 0 }
            }
            if let validator {
                try changeValidator(validator, in: state) { (ledger) throws(ModuleError) in
                    ledger.power = change.power
                }
            }
            recipients.set(.init(consensusAddress: address, validator: validator, power: change.power))
        }
        try self.recipients.set(recipients, in: state)
    }
}
