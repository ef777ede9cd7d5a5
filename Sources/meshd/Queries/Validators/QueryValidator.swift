import ArgumentParser
import Foundation
import ModuleKit
import StakingEvents

/// `meshd query validator`.
struct QueryValidator: ChainQuery {
    static let configuration = CommandConfiguration(
        commandName: "validator",
        abstract: "Shows one validator.",
        discussion: """
            Example:
              meshd query validator validator
            """
    )

    @OptionGroup var global: GlobalOptions

    @Argument(help: "The operator's address, or the name of its key.")
    var validator: String

    func report(_ chain: ChainView) throws(CommandError) -> Report {
        let address = try references(chain).validator(validator)
        let found = try chain.staking { $0.validator.operator = address }.validator
        let others = try chain.validators()
        guard let row = try ValidatorRow.ranked(others).first(where: { $0.validator.operator == found.operator }) else {
            throw CommandError(.badInput, "there is no validator \(address): see `meshd query validators`")
        }
        return Report(row.document) { style in
            let description = found.description_p
            var facts = Facts(
                ("validator", .init(description.moniker, .bold)),
                ("operator", .init(found.operator)),
                ("status", row.statusCell),
                ("tokens", .init(row.tokens.description.groupingDigits)),
                ("share", .init(row.share)),
                ("shares", .init(found.stake.shares)),
                ("commission", .init(found.commission.rate.percentage)),
                ("at most", .init(found.commission.maxRate.percentage)),
                ("least own stake", .init(found.minSelfDelegation.groupingDigits)),
                ("consensus key", .init(found.consensusKey.base64EncodedString()))
            )
            if !description.website.isEmpty { facts.add("website", .init(description.website)) }
            if !description.details.isEmpty { facts.add("details", .init(description.details)) }
            return facts.text(style)
        }
    }
}
