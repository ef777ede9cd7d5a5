import ArgumentParser
import GovernanceEvents
import MeshHost
import ModuleKit

/// `meshd gov submit authorise`.
struct ProposeGrant: TitledProposalCommand {
    static let configuration = CommandConfiguration(
        commandName: "authorise",
        abstract: "Proposes to let an instance use a privilege, such as Virtual Staking to mint up to a cap.",
        discussion: """
            The same proposal can say how much the stake of the instance counts in votes: with --multiplier 0.5, half.

            Example:
              meshd gov submit authorise main-virtual-staking --cap 500000ujuno --multiplier 0.5 \\
                --deposit 10000000ujuno --from alice
            """
    )

    @OptionGroup var options: TitledProposalOptions
    @OptionGroup var grant: GrantArguments

    @Option(name: .long, help: "How far it reaches: a coin that the chain bonds, or an amount. (default: no bound)")
    var cap: String?

    @Option(name: .long, help: "How much the instance's stake counts in votes, 0 to 1. (default: as it is, mostly 1)")
    var multiplier: String?

    func draft(_ chain: ChainView, _ references: AccountReferences) throws(CommandError) -> ProposalDraft {
        let found = try grant.find(chain)
        guard found.live == nil else {
            throw CommandError(
                .badInput,
                "\(found.label) has the grant \(found.live?.text ?? found.privilege) already: propose another cap with "
                    + "`meshd gov submit change-cap \(found.label)`"
            )
        }
        let cap = try cap.map { (text) throws(CommandError) in try chain.cap(text) }
        var messages = [try found.request(cap: cap)]
        if let multiplier { messages.append(try weight(multiplier, of: found.label, chain)) }
        let bound = cap.map { " up to \($0.description.groupingDigits)" } ?? ""
        return ProposalDraft(title.or("Authorise \(found.label) for \(found.privilege)\(bound)"), messages)
    }

    private func weight(_ text: String, of label: String, _ chain: ChainView) throws(CommandError) -> Request {
        let multiplier: Decimal18
        do {
            multiplier = try Decimal18(text)
        } catch {
            throw CommandError(error).adding(context: "--multiplier")
        }
        guard multiplier <= .one else {
            throw CommandError(.badInput, "--multiplier \(text.printable) is above 1: stake counts at most once")
        }
        let message = GovernanceMessage.with {
            $0.setWeight.delegator = label
            $0.setWeight.multiplier = multiplier.description
        }
        return try Request(message, to: try chain.governanceLabel())
    }
}

/// `meshd gov submit change-cap`.
struct ProposeCap: TitledProposalCommand {
    static let configuration = CommandConfiguration(
        commandName: "change-cap",
        abstract: "Proposes another cap of a grant.",
        discussion: """
            Virtual Staking that has minted more than the new cap lets go of the rest in the same block.

            Example:
              meshd gov submit change-cap main-virtual-staking --cap 250000ujuno --deposit 10000000ujuno --from alice
            """
    )

    @OptionGroup var options: TitledProposalOptions
    @OptionGroup var grant: GrantArguments

    @Option(name: .long, help: "How far it reaches from then on: a coin that the chain bonds, or an amount.")
    var cap: String

    func draft(_ chain: ChainView, _ references: AccountReferences) throws(CommandError) -> ProposalDraft {
        let found = try grant.findLive(chain)
        let cap = try chain.cap(cap)
        return ProposalDraft(
            title.or("Change the cap of \(found.label) for \(found.privilege) to \(cap.description.groupingDigits)"),
            [try found.request(cap: cap)]
        )
    }
}

/// `meshd gov submit revoke`.
struct ProposeRevocation: TitledProposalCommand {
    static let configuration = CommandConfiguration(
        commandName: "revoke",
        abstract: "Proposes to take a privilege from an instance, which first lets go of all that it has by it.",
        discussion: """
            Example:
              meshd gov submit revoke main-virtual-staking --deposit 10000000ujuno --from alice
            """
    )

    @OptionGroup var options: TitledProposalOptions
    @OptionGroup var grant: GrantArguments

    func draft(_ chain: ChainView, _ references: AccountReferences) throws(CommandError) -> ProposalDraft {
        let found = try grant.findLive(chain)
        let message = HostMessage.with {
            $0.revoke.instance = found.label
            $0.revoke.privilege = found.privilege
        }
        return ProposalDraft(
            title.or("Revoke \(found.privilege) from \(found.label)"),
            [try Request(message, to: HostModule.manifest.name)]
        )
    }
}

/// `meshd gov submit set-total-cap`.
struct ProposeTotalCap: TitledProposalCommand {
    static let configuration = CommandConfiguration(
        commandName: "set-total-cap",
        abstract: "Proposes what the caps of all grants of a privilege may add up to.",
        discussion: """
            Example:
              meshd gov submit set-total-cap virtual-staking/mint 2000000ujuno --deposit 10000000ujuno --from alice
            """
    )

    @OptionGroup var options: TitledProposalOptions

    @Argument(help: "The privilege, such as virtual-staking/mint.")
    var privilege: String

    @Argument(help: "A coin that the chain bonds, or an amount; `none` for no bound any more.")
    var cap: String

    func draft(_ chain: ChainView, _ references: AccountReferences) throws(CommandError) -> ProposalDraft {
        let all = chain.privileges
        guard all.contains(privilege) else {
            throw CommandError(
                .badInput,
                "no instance of \(chain.host.chainID) needs a privilege '\(privilege.printable)': name one of "
                    + all.joined(separator: ", ")
            )
        }
        let cap = cap == "none" ? nil : try chain.cap(cap)
        let message = HostMessage.with {
            $0.setTotalCap.privilege = privilege
            $0.setTotalCap.cap = cap?.description ?? ""
        }
        let bound = cap.map { "Bound all grants of \(privilege) to \($0.description.groupingDigits)" }
        return ProposalDraft(
            title.or(bound ?? "Bound the grants of \(privilege) no longer"),
            [try Request(message, to: HostModule.manifest.name)]
        )
    }
}
