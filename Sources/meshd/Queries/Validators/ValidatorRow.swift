import Foundation
import ModuleKit
import StakingEvents

/// One validator as it is shown: by its tokens, with its share of all bonded ones.
struct ValidatorRow {
    let validator: StakingValidator
    let tokens: Amount
    /// Hundredths of a percent of the bonded tokens; nil for one that is not bonded.
    let shareBasisPoints: UInt64?

    /// All validators, the most tokens first; equal ones by operator.
    static func ranked(_ validators: [StakingValidator]) throws(CommandError) -> [ValidatorRow] {
        var tokens: [(validator: StakingValidator, tokens: Amount)] = []
        for validator in validators {
            tokens.append((validator, try CommandError.wrapping { try Amount(validator.stake.tokens) }))
        }
        let bonded = tokens.filter { $0.validator.stake.status == .bonded }
            .reduce(Amount.zero) { $0.saturatingAdding($1.tokens) }
        return tokens.sorted { left, right in
            left.tokens != right.tokens
                ? left.tokens > right.tokens : left.validator.operator < right.validator.operator
        }
        .map { validator, tokens in
            let isBonded = validator.stake.status == .bonded && !bonded.isZero
            let share = isBonded ? try? tokens.multiplied(by: 10_000, over: bonded, rounding: .floor) : nil
            return ValidatorRow(validator: validator, tokens: tokens, shareBasisPoints: share?.low)
        }
    }

    /// `12.34 %`.
    var share: String {
        guard let shareBasisPoints else { return "" }
        let rest = shareBasisPoints % 100
        return "\(shareBasisPoints / 100).\(rest < 10 ? "0" : "")\(rest) %"
    }

    var status: String {
        let stake = validator.stake
        if stake.isTombstoned { return "tombstoned" }
        return stake.isJailed ? "jailed" : stake.status.name
    }

    var statusCell: Table.Cell {
        switch status {
        case "bonded": .init(status, .green)
        case "jailed", "tombstoned": .init(status, .red)
        default: .init(status, .yellow)
        }
    }

    /// The validator as programs read it.
    var document: JSONValue {
        let stake = validator.stake
        var object = JSONObject()
        object["operator"] = .string(validator.operator)
        object["moniker"] = .string(validator.description_p.moniker)
        object["tokens"] = .string(stake.tokens)
        object["share_basis_points"] = shareBasisPoints.map { .whole($0) } ?? .null
        object["status"] = .string(stake.status.name)
        object["is_jailed"] = .bool(stake.isJailed)
        object["is_tombstoned"] = .bool(stake.isTombstoned)
        object["delegator_shares"] = .string(stake.shares)
        object["commission_rate"] = .string(validator.commission.rate)
        object["consensus_key"] = .string(validator.consensusKey.base64EncodedString())
        object["min_self_delegation"] = .string(validator.minSelfDelegation)
        return .object(object)
    }
}

extension StakingBondStatus {
    /// The status in a word.
    var name: String {
        switch self {
        case .bonded: "bonded"
        case .unbonding: "unbonding"
        case .unbonded: "unbonded"
        case .unspecified, .UNRECOGNIZED: "unknown"
        }
    }
}
