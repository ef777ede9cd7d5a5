import ExternalStakingEvents
import Foundation
import MeshHost
import ModuleKit

extension SlashHistory {
    /// All of it, in both forms.
    ///
    /// - Parameter subject: what was asked for, to say that there is nothing.
    func report(subject: String) -> Report {
        let json: JSONValue = [
            "chain_id": .string(chainID), "account": .optional(owner),
            "validators": .array(validators.map(\.document)),
        ]
        return Report(json) { style in
            guard !validators.isEmpty else {
                return style.dim("\(subject) was never proven guilty of anything on \(chainID)") + "\n"
            }
            return validators.map { $0.tree(of: owner).text(style) }.joined(separator: "\n")
        }
    }
}

extension SlashedValidator {
    fileprivate var document: JSONValue {
        [
            "external_staking": .string(externalStaking),
            "validator": .string(offender.validator),
            "validator_chain_id": .optional(chainID),
            "denom": .string(denom),
            "tombstoned_at": .string(Timestamp(nanoseconds: offender.tombstonedAt).description),
            "settled": .bool(offender.settled),
            "taken": .string(offender.taken),
            "infractions": .array(infractions.map(\.document)),
            "spared": .array(spared.shown.map(\.document)),
            "spared_count": .whole(spared.count),
            "failures": .array(failures.map { ["owner": .string($0.owner), "error": .string($0.error)] }),
            "liability": liability?.document ?? .null,
        ]
    }
}

extension ExternalStakingLiability {
    fileprivate var document: JSONValue {
        ["paid": .string(paid), "due": .string(due), "due_in_flight": .string(dueInFlight)]
    }
}

extension SlashInfraction {
    fileprivate var document: JSONValue {
        [
            "number": .whole(record.number),
            "height": .whole(record.height),
            "time": .string(Timestamp(nanoseconds: record.time).description),
            "fraction": .string(record.fraction),
            "key": .string(record.key.base64EncodedString()),
            "evidence_hash": .string(Array(record.evidenceHash).hexText),
            "submitter": .string(record.submitter),
            "recorded_at": .string(Timestamp(nanoseconds: record.recordedAt).description),
            "evidence": evidence?.document ?? .null,
            "settled": .bool(isSettled),
            "taken": .string(record.taken),
            "payments": .array(payments.shown.map(\.document)),
            "payment_count": .whole(payments.count),
        ]
    }
}

extension SlashEvidence {
    fileprivate var document: JSONValue {
        [
            "event": .whole(event),
            "height": .whole(height),
            "transaction": .whole(transaction),
            "transaction_hash": .optional(transactionHash),
            "client_id": .string(clientID),
            "chain_id": .string(chainID),
        ]
    }
}

extension SlashPayment {
    fileprivate var document: JSONValue {
        let bounty: JSONValue? = bounty.map {
            [
                "beneficiary": .string($0.beneficiary), "amount": .string($0.amount.description),
                "paid": .string(bountyPaid.description), "forfeited": .string(bountyForfeited.description),
            ]
        }
        return [
            "event": .whole(event),
            "height": .whole(height),
            "time": .string(time.description),
            "owner": .string(owner),
            "amount": .string(amount.description),
            "vault": vault.isEmpty ? .null : .string(vault),
            "lost": .string(lost.description),
            "excess": .string(excess.description),
            "destroyed": .string(destroyed.description),
            "waiting": .string(waiting.description),
            "bounty": bounty ?? .null,
            "cuts": .array(cuts.map(\.document)),
            "burns": .array(burns.map(\.document)),
        ]
    }
}

extension SlashPayment.Cut {
    fileprivate var document: JSONValue {
        [
            "holder": .string(holder),
            "amount": .string(amount.description),
            "parts": .array(
                parts.map { ["validator": .string($0.validator), "amount": .string($0.amount.description)] }
            ),
            "burns": .array(burns.map(\.document)),
        ]
    }
}

extension SlashPayment.Burn {
    fileprivate var document: JSONValue {
        [
            "transaction": .whole(transaction),
            "validator": .string(validator),
            "amount": .string(amount.description),
            "state": .string(state.rawValue),
        ]
    }
}
