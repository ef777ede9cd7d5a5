import ArgumentParser
import MeshHost
import MeshSandbox
import ModuleKit

/// `meshd gov submit recommend`.
struct ProposeRecommendation: TitledProposalCommand {
    static let configuration = CommandConfiguration(
        commandName: "recommend",
        abstract: "Proposes to put an External Staking on the chain's recommended list.",
        discussion: """
            Example:
              meshd gov submit recommend main-external-staking --note 'Checked by the security team' \\
                --deposit 10000000uosmo --from alice
            """
    )

    @OptionGroup var options: TitledProposalOptions

    @Argument(help: "The External Staking's label or address.")
    var externalStaking: String

    @Option(name: .long, help: "Why, in a few words.")
    var note = ""

    func draft(_ chain: ChainView, _ references: AccountReferences) throws(CommandError) -> ProposalDraft {
        let label = try chain.label(of: .externalStaking, named: externalStaking)
        let json: JSONValue = ["recommend": ["instance": .string(label), "note": .string(note)]]
        return ProposalDraft(
            title.or("Recommend \(label)"),
            [try chain.proposedMessage(json.text(), to: try chain.requiredRecommendedList())]
        )
    }
}

/// `meshd gov submit withdraw-recommendation`.
struct ProposeWithdrawal: TitledProposalCommand {
    static let configuration = CommandConfiguration(
        commandName: "withdraw-recommendation",
        abstract: "Proposes to take an External Staking off the chain's recommended list; stake stays as it is.",
        discussion: """
            Example:
              meshd gov submit withdraw-recommendation main-external-staking --deposit 10000000uosmo --from alice
            """
    )

    @OptionGroup var options: TitledProposalOptions

    @Argument(help: "The External Staking's label or address.")
    var externalStaking: String

    func draft(_ chain: ChainView, _ references: AccountReferences) throws(CommandError) -> ProposalDraft {
        let label = try chain.label(of: .externalStaking, named: externalStaking)
        let json: JSONValue = ["withdraw": ["instance": .string(label)]]
        return ProposalDraft(
            title.or("Recommend \(label) no longer"),
            [try chain.proposedMessage(json.text(), to: try chain.requiredRecommendedList())]
        )
    }
}

/// `meshd gov submit close-pairing`.
struct ProposeClosing: TitledProposalCommand {
    static let configuration = CommandConfiguration(
        commandName: "close-pairing",
        abstract: "Proposes to close a pairing for good; a pairing is never opened again.",
        discussion: """
            Example:
              meshd gov submit close-pairing main-converter --deposit 10000000ujuno --from alice
            """
    )

    @OptionGroup var options: TitledProposalOptions

    @Argument(help: "The label or address of this chain's end: a Converter or an External Staking.")
    var instance: String

    func draft(_ chain: ChainView, _ references: AccountReferences) throws(CommandError) -> ProposalDraft {
        let instance = try chain.proposedInstance(instance)
        let modules = [MeshModule.converter, .externalStaking]
        guard modules.contains(where: { $0.module == instance.module }) else {
            let ends = modules.flatMap { chain.labels(of: $0) }
            throw CommandError(
                .badInput,
                "\(instance.label) is an instance of \(instance.module), and no end of a pairing: "
                    + (ends.isEmpty ? "\(chain.host.chainID) has none" : "name one of \(ends.joined(separator: ", "))")
            )
        }
        return ProposalDraft(
            title.or("Close the pairing of \(instance.label)"),
            [try chain.proposedMessage(#"{"close":{}}"#, to: instance.label)]
        )
    }
}

extension ChainView {
    /// The label of the chain's recommended list.
    ///
    /// - Throws: `badInput` when the chain has none.
    fileprivate func requiredRecommendedList() throws(CommandError) -> String {
        guard let list = try CommandError.wrapping({ try host.recommendedList }) else {
            throw CommandError(
                .badInput,
                "\(host.chainID) has no recommended list that its authority administers: deploy one with `meshd tx deploy "
                    + "recommended-list LABEL --admin \(try authority())`"
            )
        }
        return list
    }
}
