import ModuleKit
import StakingEvents

/// The section `staking` of a genesis document, read and checked in itself, before anything of it is recorded.
struct StakingGenesis {
    /// Numbers of unbonding entries, which interchain security hands out anew.
    private static let entryNumbers = ["unbonding_id", "unbonding_on_hold_ref_count"]

    private(set) var validators: [StakingValidator] = []
    private(set) var delegations: [StakingDelegationImported] = []
    private(set) var unbondings: [StakingUnbondingImported] = []
    private(set) var redelegations: [StakingRedelegationImported] = []
    /// Without the numbers of their instances, which are those of this chain.
    private(set) var subAccounts: [StakingSubAccount] = []
    /// The powers that the consensus engine of the exported chain knew, in the document's order.
    private(set) var powers: [PowerChange] = []
    private(set) var totalPower: UInt64 = 0
    private(set) var isExported = false
    /// Whether the coins of the pools were in no account: in SDK 0.33 to 0.35.
    private(set) var hasPool = false
    /// Whether the section is of an SDK before 0.40.
    private(set) var isLegacy = false

    private let prefixes: AddressPrefixes

    init(_ section: JSONField, _ prefixes: AddressPrefixes, _ report: inout GenesisReport) throws(ModuleError) {
        self.prefixes = prefixes
        for (name, field) in try section.members() {
            switch name {
            case "params":
                for unknown in try ParametersFormat.unknownMembers(of: field) {
                    report.skip("app_state.staking.params.\(unknown)", "not known")
                }
            case "validators": try readValidators(field, &report)
            case "delegations": try readDelegations(field, &report)
            case "unbonding_delegations": try readUnbondings(field, &report)
            case "redelegations": try readRedelegations(field, &report)
            case "sub_accounts": try readSubAccounts(field, &report)
            case "last_validator_powers": try readPowers(field)
            case "last_total_power": totalPower = try field.integer()
            case "exported": isExported = try field.bool()
            case "pool": hasPool = true
            default: report.skip("app_state.staking.\(name)", "not known", example: field.path)
            }
        }
        isLegacy = hasPool || isLegacy
    }

    private mutating func readValidators(_ field: JSONField, _ report: inout GenesisReport) throws(ModuleError) {
        for element in try field.elementsOrNone() {
            if case .string = element["consensus_pubkey"].value { isLegacy = true }
            validators.append(try ValidatorFormat.read(element, prefixes, &report))
        }
    }

    private mutating func readDelegations(_ field: JSONField, _ report: inout GenesisReport) throws(ModuleError) {
        let known = ["delegator_address", "validator_address", "shares"]
        for element in try field.elementsOrNone() {
            try element.requireMembers(known, in: "app_state.staking.delegations[]", &report)
            delegations.append(
                try .filled { (delegation) throws(ModuleError) in
                    delegation.delegator = try account(element["delegator_address"])
                    delegation.validator = try validator(element["validator_address"])
                    delegation.shares = try element["shares"].decimal().description
                }
            )
        }
    }

    private mutating func readUnbondings(_ field: JSONField, _ report: inout GenesisReport) throws(ModuleError) {
        let path = "app_state.staking.unbonding_delegations[]"
        let known = ["creation_height", "completion_time", "initial_balance", "balance"]
        for element in try field.elementsOrNone() {
            try element.requireMembers(["delegator_address", "validator_address", "entries"], in: path, &report)
            var record = StakingUnbondingImported()
            record.delegator = try account(element["delegator_address"])
            record.validator = try validator(element["validator_address"])
            for entry in try element["entries"].elementsOrNone() {
                try entry.requireMembers(known, numbers: Self.entryNumbers, in: "\(path).entries[]", &report)
                record.entries.append(
                    try .filled { (stored) throws(ModuleError) in
                        stored.creationHeight = try entry["creation_height"].integer()
                        stored.completionTimeNanoseconds = try entry["completion_time"].timestamp().nanoseconds
                        stored.initialBalance = try entry["initial_balance"].amount().description
                        stored.balance = try entry["balance"].amount().description
                    }
                )
            }
            unbondings.append(record)
        }
    }

    private mutating func readRedelegations(_ field: JSONField, _ report: inout GenesisReport) throws(ModuleError) {
        let path = "app_state.staking.redelegations[]"
        let members = ["delegator_address", "validator_src_address", "validator_dst_address", "entries"]
        let known = ["creation_height", "completion_time", "initial_balance", "shares_dst"]
        for element in try field.elementsOrNone() {
            try element.requireMembers(members, in: path, &report)
            var record = StakingRedelegationImported()
            record.delegator = try account(element["delegator_address"])
            record.source = try validator(element["validator_src_address"])
            record.destination = try validator(element["validator_dst_address"])
            for entry in try element["entries"].elementsOrNone() {
                try entry.requireMembers(known, numbers: Self.entryNumbers, in: "\(path).entries[]", &report)
                record.entries.append(
                    try .filled { (stored) throws(ModuleError) in
                        stored.creationHeight = try entry["creation_height"].integer()
                        stored.completionTimeNanoseconds = try entry["completion_time"].timestamp().nanoseconds
                        stored.initialBalance = try entry["initial_balance"].amount().description
                        stored.destinationShares = try entry["shares_dst"].decimal().description
                    }
                )
            }
            redelegations.append(record)
        }
    }

    private mutating func readSubAccounts(_ field: JSONField, _ report: inout GenesisReport) throws(ModuleError) {
        let known = ["instance_address", "owner_address"]
        for element in try field.elementsOrNone() {
            try element.requireMembers(known, in: "app_state.staking.sub_accounts[]", &report)
            subAccounts.append(
                try .filled { (subAccount) throws(ModuleError) in
                    subAccount.instance = try account(element["instance_address"])
                    subAccount.owner = try account(element["owner_address"])
                }
            )
        }
    }

    private mutating func readPowers(_ field: JSONField) throws(ModuleError) {
        for element in try field.elementsOrNone() {
            // Amino JSON before SDK 0.38 wrote the names of the Go fields.
            let address = element["address"].optional ?? element["Address"]
            let power = element["power"].optional ?? element["Power"]
            powers.append(
                PowerChange(
                    validator: try address.address(prefixes, as: .validatorOperator),
                    power: try power.integer()
                )
            )
        }
    }

    private func account(_ field: JSONField) throws(ModuleError) -> String {
        prefixes.format(try field.address(prefixes, as: .account), as: .account)
    }

    private func validator(_ field: JSONField) throws(ModuleError) -> String {
        prefixes.format(try field.address(prefixes, as: .validatorOperator), as: .validatorOperator)
    }
}

extension JSONField {
    /// The elements of an array; `null` stands for none, as Go writes it.
    func elementsOrNone() throws(ModuleError) -> [JSONField] {
        if case .null = value { return [] }
        return try array()
    }

    /// Notes the members that are not read; numbers that are handed out anew weigh less.
    func requireMembers(
        _ known: [String],
        numbers: [String] = [],
        in path: String,
        _ report: inout GenesisReport
    ) throws(ModuleError) {
        for (name, field) in try members() where !known.contains(name) {
            if numbers.contains(name) {
                report.remark("\(path).\(name)", "not kept: it is given anew", example: field.path)
            } else {
                report.skip("\(path).\(name)", "not known", example: field.path)
            }
        }
    }
}
