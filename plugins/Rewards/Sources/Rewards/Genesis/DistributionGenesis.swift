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
            case "fee_pool":
                try field.noteMembers(["community_pool"], in: "\(Self.path).\(name)", &report)
                communityPool = try field["community_pool"].decimalCoins()
            case "delegator_withdraw_infos": try readWithdrawAddresses(field, &report)
            case "previous_proposer":
                if try !field.string().isEmpty {
                    report.remark("\(Self.path).\(name)", "not kept: a proposer earns like every other signer")
                }
            case "outstanding_rewards": try readOutstanding(field, &report)
            case "validator_accumulated_commissions": try readCommissions(field, &report)
            case "validator_historical_rewards": try readRatios(field, &report)
            case "validator_current_rewards": try readCurrent(field, &report)
            case "delegator_starting_infos": try readStarts(field, &report)
            case "validator_slash_events": try readSlashes(field, &report)
            case _ where parameters.contains(name) && section["params"].optional == nil: break
            default: report.skip("\(Self.path).\(name)", "nothing here knows this member", example: field.path)
            }
        }
        for name in ParametersFormat.proposerMembers {
            guard let rate = try params?[name].optional?.decimal(), !rate.isZero else { continue }
            report.remark("\(Self.path).params.\(name)", "without effect: a proposer earns like every other signer")
        }
    }

    private mutating func readWithdrawAddresses(_ field: JSONField, _ report: inout GenesisReport) throws(ModuleError) {
        // Only asked, never iterated.
        var known: Set<Address> = []
        for record in try field.elementsOrNone() {
            let members = ["delegator_address", "withdraw_address"]
            try record.requireMembers(members, in: "\(Self.path).delegator_withdraw_infos[]", &report)
            let delegator = try record["delegator_address"].address(prefixes, as: .account)
            guard known.insert(delegator).inserted else {
                throw record.invalid("the delegator stands here twice; remove one")
            }
            withdrawAddresses.append((delegator, try record["withdraw_address"].address(prefixes, as: .account)))
        }
    }

    private mutating func readStarts(_ field: JSONField, _ report: inout GenesisReport) throws(ModuleError) {
        let path = "\(Self.path).delegator_starting_infos[]"
        for record in try field.elementsOrNone() {
            let members = ["delegator_address", "validator_address", "starting_info"]
            try record.requireMembers(members, in: path, &report)
            let key = PositionKey(
                try record["delegator_address"].address(prefixes, as: .account),
                try record["validator_address"].address(prefixes, as: .validatorOperator)
            )
            let info = record["starting_info"]
            let infoMembers = ["previous_period", "stake", "height", "creation_height"]
            try info.requireMembers(infoMembers, in: "\(path).starting_info", &report)
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
}

// MARK: Records of validators

extension DistributionGenesis {
    private mutating func readOutstanding(_ field: JSONField, _ report: inout GenesisReport) throws(ModuleError) {
        try visitOnce(field, ["outstanding_rewards"], in: "outstanding_rewards[]", &report) {
            (record, validator, _) throws(ModuleError) in
            validator.outstanding = try record["outstanding_rewards"].decimalCoins()
        }
    }

    private mutating func readCommissions(_ field: JSONField, _ report: inout GenesisReport) throws(ModuleError) {
        try visitOnce(field, ["accumulated"], in: "validator_accumulated_commissions[]", &report) {
            (record, validator, report) throws(ModuleError) in
            let accumulated = record["accumulated"]
            let path = "\(Self.path).validator_accumulated_commissions[].accumulated"
            try accumulated.noteMembers(["commission"], in: path, &report)
            // A list of coins before SDK 0.38.
            if case .object = accumulated.value {
                validator.commission = try accumulated["commission"].decimalCoins()
            } else {
                validator.commission = try accumulated.decimalCoins()
            }
        }
    }

    private mutating func readCurrent(_ field: JSONField, _ report: inout GenesisReport) throws(ModuleError) {
        try visitOnce(field, ["rewards"], in: "validator_current_rewards[]", &report) {
            (record, validator, report) throws(ModuleError) in
            let rewards = record["rewards"]
            let path = "\(Self.path).validator_current_rewards[].rewards"
            try rewards.requireMembers(["rewards", "period"], in: path, &report)
            validator.current = try rewards["rewards"].decimalCoins()
            validator.period = try rewards["period"].integer()
        }
    }

    private mutating func readRatios(_ field: JSONField, _ report: inout GenesisReport) throws(ModuleError) {
        try visit(field, ["period", "rewards"], in: "validator_historical_rewards[]", &report) {
            (record, validator, report) throws(ModuleError) in
            let path = "\(Self.path).validator_historical_rewards[].rewards"
            let rewards = record["rewards"]
            try rewards.requireMembers(["cumulative_reward_ratio", "reference_count"], in: path, &report)
            let period: UInt64 = try record["period"].integer()
            guard validator.ratios[period] == nil else {
                throw record["period"].invalid("the period stands here twice; remove one")
            }
            validator.ratios[period] = try rewards["cumulative_reward_ratio"].decimalCoins()
        }
    }

    private mutating func readSlashes(_ field: JSONField, _ report: inout GenesisReport) throws(ModuleError) {
        let members = ["height", "period", "validator_slash_event", "event"]
        try visit(field, members, in: "validator_slash_events[]", &report) {
            (record, validator, report) throws(ModuleError) in
            let event = record["validator_slash_event"].optional ?? record["event"]
            let path = "\(Self.path).validator_slash_events[].validator_slash_event"
            try event.requireMembers(["validator_period", "fraction"], in: path, &report)
            let slash = Slash(
                height: try record["height"].integer(),
                period: try event["validator_period"].integer(),
                fraction: try event["fraction"].decimal()
            )
            guard slash.fraction <= .one else { throw event["fraction"].invalid("a fraction is 1 at most") }
            guard !validator.slashes.contains(where: { $0.height == slash.height && $0.period == slash.period }) else {
                throw record.invalid("the slash stands here twice; remove one")
            }
            let place = validator.slashes.firstIndex { $0.height > slash.height } ?? validator.slashes.endIndex
            validator.slashes.insert(slash, at: place)
        }
    }

    /// Visits records of which each validator has one.
    private mutating func visitOnce(
        _ field: JSONField,
        _ members: [String],
        in path: String,
        _ report: inout GenesisReport,
        _ read: (JSONField, inout Validator, inout GenesisReport) throws(ModuleError) -> Void
    ) throws(ModuleError) {
        // Only asked, never iterated.
        var known: Set<String> = []
        try visit(field, members, in: path, &report) { (record, validator, report) throws(ModuleError) in
            guard known.insert(try record["validator_address"].string()).inserted else {
                throw record.invalid("the validator stands here twice; remove one")
            }
            try read(record, &validator, &report)
        }
    }

    /// Visits records of validators, and notes the members that nobody reads.
    private mutating func visit(
        _ field: JSONField,
        _ members: [String],
        in path: String,
        _ report: inout GenesisReport,
        _ read: (JSONField, inout Validator, inout GenesisReport) throws(ModuleError) -> Void
    ) throws(ModuleError) {
        for record in try field.elementsOrNone() {
            try record.requireMembers(members + ["validator_address"], in: "\(Self.path).\(path)", &report)
            let address = try record["validator_address"].address(prefixes, as: .validatorOperator)
            if validators[address] == nil { operators.append(address) }
            var validator = validators[address] ?? Validator()
            try read(record, &validator, &report)
            validators[address] = validator
        }
    }
}
