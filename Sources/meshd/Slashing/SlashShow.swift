import ArgumentParser
import MeshHost
import ModuleKit

/// `meshd slash show`.
struct SlashShow: ChainQuery {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract:
            "Shows who paid for validators of other chains, how much, and why: from the evidence to what was destroyed.",
        discussion: """
            For each validator that was proven guilty: each infraction with its evidence; who paid for it; what became of his \
            collateral; how far other liens on the same collateral gave way, and whose stake that was; and what the other \
            chain was told to forget.

            The sums are what the chain keeps, the rest is read from its whole log.

            Example:
              meshd slash show
              meshd slash show junovaloper1… --account alice
            """
    )

    @OptionGroup var global: GlobalOptions

    @Argument(help: "A validator of another chain. (default: all that were proven guilty)")
    var validator: String?

    @Option(name: .long, help: "Only what an External Staking was told, by label or address.")
    var externalStaking: String?

    @Option(name: .long, help: "Only what an account has paid: the address, or the name of a key.")
    var account: String?

    @Option(name: .long, help: "How many are shown of those who paid for one infraction.")
    var limit: Int = 20

    @Flag(name: .long, help: "Show all who paid.")
    var all = false

    func validate() throws {
        guard limit > 0 else { throw ValidationError("--limit is one at least.") }
    }

    func report(_ chain: ChainView) throws(CommandError) -> Report {
        let labels = try labels(chain)
        if let validator { try requireKnown(validator, labels, chain) }
        let owner = try account.map { (name) throws(CommandError) in
            chain.addresses.format(try references(chain).account(name), as: .account)
        }
        let history = try SlashHistory(
            chain,
            externalStakings: labels,
            validator: validator,
            owner: owner,
            limit: all ? .max : limit
        )
        return history.report(subject: validator ?? "a validator of another chain")
    }

    private func labels(_ chain: ChainView) throws(CommandError) -> [String] {
        let labels = chain.labels(of: .externalStaking)
        guard externalStaking == nil, !labels.isEmpty else {
            return [try chain.label(of: .externalStaking, named: externalStaking)]
        }
        return labels
    }

    private func requireKnown(_ validator: String, _ labels: [String], _ chain: ChainView) throws(CommandError) {
        for label in labels where try chain.knows(validator, at: label) { return }
        throw CommandError(
            .badInput,
            "\(labels.joined(separator: ", ")) know\(labels.count == 1 ? "s" : "") no validator '\(validator.printable)': "
                + "name one of `meshd query validators-of`"
        )
    }
}
