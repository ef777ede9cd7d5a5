import ArgumentParser
import ExternalStakingEvents
import Foundation
import MeshHost
import ModuleKit

/// `meshd query validators-of`.
struct QueryValidatorsOf: ChainQuery {
    static let configuration = CommandConfiguration(
        commandName: "validators-of",
        abstract: "Lists the validators of another chain, as an External Staking of this one knows them.",
        discussion: """
            The other chain has told of them, so a change there is seen here after its packet.

            Example:
              meshd query validators-of main-external-staking --active
            """
    )

    @OptionGroup var global: GlobalOptions

    @Argument(help: "The label or address of the External Staking. (default: the only one of this chain)")
    var externalStaking: String?

    @Flag(name: .long, help: "Only those that take stake now.")
    var active = false

    func report(_ chain: ChainView) throws(CommandError) -> Report {
        let label = try chain.label(of: .externalStaking, named: externalStaking)
        let pairing = try chain.pairing(of: label)
        let validators = try chain.validators(at: label, onlyActive: active)
        let json: JSONValue = [
            "external_staking": .string(label),
            "chain_id": .optional(pairing?.chainID),
            "denom": .optional(pairing?.denom),
            "validators": .array(validators.map(\.document)),
        ]
        return Report(json) { style in
            guard let pairing else { return style.dim("\(label) has no channel to another chain yet") + "\n" }
            let title = "Validators of \(pairing.chainID) at \(label), in \(pairing.denom)"
            var table = Table(
                .init("validator"),
                .init("state"),
                .init("takes stake"),
                .init("committed", .right),
                .init("in flight", .right),
                .init("unbonding", .right),
                .init("stakers", .right)
            )
            for validator in validators {
                table.add(
                    .init(validator.validator, .bold),
                    validator.state.cell,
                    .init(validator.takesStake ? "yes" : "no", validator.takesStake ? .plain : .red),
                    .amount(validator.committed),
                    .amount(validator.inFlight, .yellow),
                    .amount(validator.unbonding),
                    .init(validator.stakers.grouped)
                )
            }
            return style.bold(title) + "\n" + table.text(style)
        }
    }
}

extension ExternalStakingValidator {
    /// The validator as programs read it.
    fileprivate var document: JSONValue {
        [
            "validator": .string(validator),
            "state": .string(state.name),
            "takes_stake": .bool(takesStake),
            "committed": .string(committed),
            "in_flight": .string(inFlight),
            "unbonding": .string(unbonding),
            "stakers": .whole(stakers),
            "current_key": .string(currentKey.base64EncodedString()),
        ]
    }
}

extension ExternalStakingValidatorState {
    /// The state in a word.
    var name: String {
        switch self {
        case .active: "active"
        case .unbonded: "unbonded"
        case .jailed: "jailed"
        case .tombstoned: "tombstoned"
        case .unknown, .UNRECOGNIZED: "unknown"
        }
    }

    var cell: Table.Cell { .standing(name) }
}

extension Table.Cell {
    /// How a validator stands on the other chain.
    static func standing(_ name: String) -> Table.Cell {
        switch name {
        case "active": .init(name, .green)
        case "jailed", "tombstoned": .init(name, .red)
        default: .init(name, .yellow)
        }
    }
}
