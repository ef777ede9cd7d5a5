import ModuleKit
import RewardsEvents

/// The section `distribution` of a Cosmos chain, read before anything of it is recorded.
///
/// Each validator has counted periods. At the end of a period stands the cumulative ratio of rewards to tokens, and each delegation
/// knows the period in which it began: "F1 fee distribution", as the Cosmos SDK's `x/distribution` describes it.
struct DistributionGenesis {
    /// What is known of one validator.
    struct Validator {
        var outstanding: [DecimalAmount] = []
        var commission: [DecimalAmount] = []
        /// The rewards of the period under way.
        var current: [DecimalAmount] = []
        /// The number of the period under way; nil without a record.
        var period: UInt64?
        /// The cumulative ratio at the end of a period.
        var ratios: [UInt64: [DecimalAmount]] = [:]
        /// In the order of heights.
        var slashes: [Slash] = []
    }

    /// A slash, which ended a period.
    struct Slash {
        let height: UInt64
        let period: UInt64
        let fraction: Decimal18
    }

    /// Where a delegation began.
    struct Start {
        let period: UInt64
        let stake: Decimal18
        let height: UInt64
    }

    private static let path = "app_state.distribution"

    /// The parameters; nil where there are none.
    private(set) var params: JSONField?
    private(set) var communityPool: [DecimalAmount] = []
    private(set) var withdrawAddresses: [(delegator: Address, address: Address)] = []
    /// By operator; never iterated.
    private(set) var validators: [Address: Validator] = [:]
    /// The operators, in the order in which the document names them first.
    private(set) var operators: [Address] = []
    /// By delegator and validator; never iterated.
    private(set) var starts: [PositionKey: Start] = [:]

    private let prefixes: AddressPrefixes

    init(_ section: JSONField, _ prefixes: AddressPrefixes, _ report: inout GenesisReport) throws(ModuleError) {
        self.prefixes = prefixes
        // Before SDK 0.38 the parameters stood in the section itself.
        params = section["params"].optional ?? section
        let parameters = ParametersFormat.shareMembers + ParametersFormat.proposerMembers
        if let params = section["params"].optional {
            try params.requireMembers(parameters, in: "\(Self.path).params", &report)
        }
        for (name, field) in try section.members() {
            switch name {
            case "params": break
            case "fee_pool": communityPool = try field["community_pool"].decimalCoins()
            case "delegator_withdraw_infos": try readWithdrawAddresses(field)
            case "previous_proposer":
                if try !field.string().isEmpty {
                    report.remark("\(Self.path).\(name)", "not kept: a proposer earns like every other signer")
                }
            case "outstanding_rewards":
                try visit(field) { (record, validator) throws(ModuleError) in
                    validator.outstanding = try record["outstanding_rewards"].decimalCoins()
                }
            case "validator_accumulated_commissions":
                try visit(field) { (record, validator) throws(ModuleError) in
                    let accumulated = record["accumulated"]
                    validator.commission = try (accumulated["commission"].optional ?? accumulated).decimalCoins()
                }
            case "validator_historical_rewards": try readRatios(field)
            case "validator_current_rewards":
                try visit(field) { (record, validator) throws(ModuleError) in
                    validator.current = try record["rewards"]["rewards"].decimalCoins()
                    validator.period = try record["rewards"]["period"].integer()
                }
            case "delegator_starting_infos": try readStarts(field)
            case "validator_slash_events": try readSlashes(field)
            case _ where parameters.contains(name) && section["params"].optional == nil: break
            default: report.skip("\(Self.path).\(name)", "nothing here knows this member", example: field.path)
            }
        }
        for name in ParametersFormat.proposerMembers {
            guard let rate = try params?[name].optional?.decimal(), !rate.isZero else { continue }
            report.remark("\(Self.path).params.\(name)", "without effect: a proposer earns like every other signer")
        }
    }

    private mutating func readWithdrawAddresses(_ field: JSONField) throws(ModuleError) {
        for record in try field.elementsOrNone() {
            let delegator = try record["delegator_address"].address(prefixes, as: .account)
            withdrawAddresses.append((delegator, try record["withdraw_address"].address(prefixes, as: .account)))
        }
    }

    private mutating func readRatios(_ field: JSONField) throws(ModuleError) {
        try visit(field) { (record, validator) throws(ModuleError) in
            let period: UInt64 = try record["period"].integer()
            guard validator.ratios[period] == nil else {
                throw record["period"].invalid("the period stands here twice; remove one")
            }
            validator.ratios[period] = try record["rewards"]["cumulative_reward_ratio"].decimalCoins()
        }
    }

    private mutating func readSlashes(_ field: JSONField) throws(ModuleError) {
        try visit(field) { (record, validator) throws(ModuleError) in
            let event = record["validator_slash_event"].optional ?? record["event"]
            let slash = Slash(
                height: try record["height"].integer(),
                period: try event["validator_period"].integer(),
                fraction: try event["fraction"].decimal()
            )
            guard slash.fraction <= .one else { throw event["fraction"].invalid("a fraction is 1 at most") }
            let place = validator.slashes.firstIndex { $0.height > slash.height } ?? validator.slashes.endIndex
            validator.slashes.insert(slash, at: place)
        }
    }

    private mutating func readStarts(_ field: JSONField) throws(ModuleError) {
        for record in try field.elementsOrNone() {
            let key = PositionKey(
                try record["delegator_address"].address(prefixes, as: .account),
                try record["validator_address"].address(prefixes, as: .validatorOperator)
            )
            let info = record["starting_info"]
            // SDK 0.34 to 0.37 named the height after the block's creation.
            let height: UInt64 = try (info["height"].optional ?? info["creation_height"]).integer()
            let start = Start(
                period: try info["previous_period"].integer(),
                stake: try info["stake"].decimal(),
                height: height
            )
            guard starts.updateValue(start, forKey: key) == nil else {
                throw record.invalid("the delegation stands here twice; remove one")
            }
        }
    }

    /// Visits records of validators.
    private mutating func visit(
        _ field: JSONField,
        _ read: (JSONField, inout Validator) throws(ModuleError) -> Void
    ) throws(ModuleError) {
        for record in try field.elementsOrNone() {
            let address = try record["validator_address"].address(prefixes, as: .validatorOperator)
            if validators[address] == nil { operators.append(address) }
            var validator = validators[address] ?? Validator()
            try read(record, &validator)
            validators[address] = validator
        }
    }
}
