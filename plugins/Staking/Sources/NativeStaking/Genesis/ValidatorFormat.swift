internal import Foundation
import ModuleKit
import StakingEvents

/// A validator as a Cosmos genesis document has it, in the layouts of SDK 0.3x and 0.40 and later.
enum ValidatorFormat {
    private static let members = [
        "operator_address", "consensus_pubkey", "jailed", "status", "tokens", "delegator_shares", "description",
        "unbonding_height", "unbonding_time", "commission", "min_self_delegation", "tombstoned", "jailed_until",
    ]
    /// Numbers of unbonding operations, which interchain security hands out anew.
    private static let numberMembers = ["unbonding_on_hold_ref_count", "unbonding_ids"]

    /// Reads a validator, and notes what it has that is not read.
    static func read(_ field: JSONField, _ prefixes: AddressPrefixes, _ report: inout GenesisReport)
        throws(ModuleError) -> StakingValidator
    {
        for (name, member) in try field.members() where !members.contains(name) {
            if numberMembers.contains(name) {
                report.remark(
                    "app_state.staking.validators[].\(name)",
                    "not kept: it is given anew",
                    example: member.path
                )
            } else {
                report.skip("app_state.staking.validators[].\(name)", "not known", example: member.path)
            }
        }
        var stake = ValidatorStake()
        stake.tokens = try field["tokens"].amount()
        stake.shares = try field["delegator_shares"].decimal()
        stake.status = try status(field["status"])
        stake.isJailed = try field["jailed"].optional?.bool() ?? false
        stake.isTombstoned = try field["tombstoned"].optional?.bool() ?? false
        stake.jailedUntil = try field["jailed_until"].optional?.timestamp() ?? .epoch
        if stake.status == .unbonding {
            stake.unbondingHeight = try field["unbonding_height"].integer()
            stake.unbondingTime = try field["unbonding_time"].timestampIfSet() ?? .epoch
        }
        let operatorAddress = try field["operator_address"].address(prefixes, as: .validatorOperator)
        return try .filled { (validator) throws(ModuleError) in
            validator.operator = prefixes.format(operatorAddress, as: .validatorOperator)
            validator.consensusKey = Data(try consensusKey(field["consensus_pubkey"], prefixes))
            validator.description_p = try description(field["description"])
            validator.commission = try commission(field["commission"])
            validator.minSelfDelegation = try field["min_self_delegation"].optional?.amount().description ?? "1"
            validator.stake = stake.stored
        }
    }

    /// Writes a validator in the layout of SDK 0.50, with two members of our own that it keeps in `slashing`.
    static func write(_ profile: StakingValidatorProfile, _ stake: ValidatorStake, operator text: String)
        -> JSONValue
    {
        var object = JSONObject()
        object["operator_address"] = .string(text)
        object["consensus_pubkey"] = [
            "@type": "/cosmos.crypto.ed25519.PubKey",
            "key": .string(profile.consensusKey.base64EncodedString()),
        ]
        object["jailed"] = .bool(stake.isJailed)
        object["status"] = .string(stake.status.genesisName)
        object["tokens"] = .string(stake.tokens.description)
        object["delegator_shares"] = .string(stake.shares.description)
        object["description"] = [
            "moniker": .string(profile.description_p.moniker),
            "identity": .string(profile.description_p.identity),
            "website": .string(profile.description_p.website),
            "security_contact": .string(profile.description_p.securityContact),
            "details": .string(profile.description_p.details),
        ]
        object["unbonding_height"] = .string(String(stake.unbondingHeight))
        object["unbonding_time"] = .string(stake.unbondingTime.description)
        object["commission"] = [
            "commission_rates": [
                "rate": .string(profile.commission.rate),
                "max_rate": .string(profile.commission.maxRate),
                "max_change_rate": .string(profile.commission.maxChangeRate),
            ],
            "update_time": .string(Timestamp(nanoseconds: profile.commission.updateTimeNanoseconds).description),
        ]
        object["min_self_delegation"] = .string(profile.minSelfDelegation)
        if stake.isTombstoned { object["tombstoned"] = true }
        if stake.jailedUntil != .epoch { object["jailed_until"] = .string(stake.jailedUntil.description) }
        return .object(object)
    }

    /// An Ed25519 key: an object with its type and Base64, or a bech32 text with its Amino encoding.
    static func consensusKey(_ field: JSONField, _ prefixes: AddressPrefixes) throws(ModuleError) -> [UInt8] {
        if case .string(let text) = try field.required() {
            let read: LegacyPublicKey
            do {
                read = try LegacyPublicKey(bech32: text, prefix: prefixes.publicKeyPrefix(of: .consensus))
            } catch {
                throw error.adding(context: field.path)
            }
            guard case .ed25519(let key) = read else { throw unsupportedKey(field) }
            return key
        }
        // Amino JSON names the type `type` and the key `value`.
        let type = try (field["@type"].optional ?? field["type"]).string()
        let key = try (field["key"].optional ?? field["value"]).base64()
        guard ["/cosmos.crypto.ed25519.PubKey", "tendermint/PubKeyEd25519"].contains(type), key.count == 32 else {
            throw unsupportedKey(field)
        }
        return key
    }

    private static func unsupportedKey(_ field: JSONField) -> ModuleError {
        ModuleError(
            .consensusKeyUnsupported,
            "\(field.path): a consensus key is an Ed25519 key of 32 bytes: give such a key"
        )
    }

    static func description(_ field: JSONField) throws(ModuleError) -> StakingDescription {
        try .filled { (description) throws(ModuleError) in
            description.moniker = try field["moniker"].optional?.string() ?? ""
            description.identity = try field["identity"].optional?.string() ?? ""
            description.website = try field["website"].optional?.string() ?? ""
            description.securityContact = try field["security_contact"].optional?.string() ?? ""
            description.details = try field["details"].optional?.string() ?? ""
        }
    }

    /// A commission: its rates stand beside the time before SDK 0.38, and in an object of their own after.
    private static func commission(_ field: JSONField) throws(ModuleError) -> StakingCommission {
        let rates = field["commission_rates"].optional ?? field
        return try .filled { (commission) throws(ModuleError) in
            commission.rate = try rates["rate"].decimal().description
            commission.maxRate = try rates["max_rate"].decimal().description
            commission.maxChangeRate = try rates["max_change_rate"].decimal().description
            commission.updateTimeNanoseconds = try field["update_time"].timestampIfSet()?.nanoseconds ?? 0
        }
    }

    private static func status(_ field: JSONField) throws(ModuleError) -> StakingBondStatus {
        switch try field.required() {
        case .string(let text):
            guard let status = StakingBondStatus.allCases.first(where: { $0.genesisName == text }),
                status != .unspecified
            else {
                throw field.invalid("a status is BOND_STATUS_UNBONDED, BOND_STATUS_UNBONDING or BOND_STATUS_BONDED")
            }
            return status
        default:
            switch try field.integer(as: UInt8.self) {
            case 0: return .unbonded
            case 1: return .unbonding
            case 2: return .bonded
            default: throw field.invalid("a status is 0, 1 or 2")
            }
        }
    }
}

extension StakingBondStatus {
    /// The name in a genesis document.
    fileprivate var genesisName: String {
        switch self {
        case .unbonded: "BOND_STATUS_UNBONDED"
        case .unbonding: "BOND_STATUS_UNBONDING"
        case .bonded: "BOND_STATUS_BONDED"
        case .unspecified, .UNRECOGNIZED: "BOND_STATUS_UNSPECIFIED"
        }
    }
}
