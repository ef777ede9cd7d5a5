import ArgumentParser
import GovernanceEvents
import LocalStakingEvents
import ModuleKit

/// `meshd gov vote`.
struct VoteCommand: RequestCommand {
    static let configuration = CommandConfiguration(
        commandName: "vote",
        abstract: "Votes on a proposal, or votes anew: yes, no, abstain, no-with-veto, or several in parts.",
        discussion: """
            A delegator who votes takes his stake away from his validators' votes. The parts of a vote add up to 1. Collateral \
            that is staked from a vault on this chain votes by itself: with --as-vault.

            Example:
              meshd gov vote 1 yes --from alice
              meshd gov vote 1 yes=0.7 no=0.3 --from bob
              meshd gov vote 1 no --as-vault --from alice
            """
    )

    @OptionGroup var options: RequestOptions
    @OptionGroup var proposal: ProposalArgument

    @Argument(help: "yes, no, abstain or no-with-veto; or several with their parts, such as yes=0.7 no=0.3.")
    var vote: [String]

    @Flag(name: .long, help: "Vote with the collateral that is staked from a vault on this chain.")
    var asVault = false

    @OptionGroup var vault: VaultOptions

    func validate() throws {
        if vault.reference != nil, !asVault { throw ValidationError("--vault says which --as-vault means: give both.") }
    }

    func request(_ chain: ChainView, _ references: AccountReferences) throws(CommandError) -> Request {
        let number = try proposal.number()
        let options = try VoteParts(vote).options
        let found = try chain.proposal(number)
        // Elsewhere, or later, it may be otherwise.
        if !transaction.generateOnly, !transaction.signOnly { try found.requireVoting() }
        if asVault {
            let message = LocalStakingMessage.with {
                $0.vote.proposal = number
                $0.vote.options = options
            }
            return try Request(message, to: try chain.localStaking(ofVault: try vault.label(chain)))
        }
        let message = GovernanceMessage.with {
            $0.vote.proposal = number
            $0.vote.options = options
        }
        return try Request(message, to: try chain.governanceLabel())
    }
}

extension GovernanceProposal {
    /// Makes sure that it can be voted on, as things are.
    ///
    /// - Throws: `badInput` with what it is instead.
    fileprivate func requireVoting() throws(CommandError) {
        let reason: String
        switch status {
        case .votingPeriod: return
        case .depositPeriod:
            reason =
                "has only \(deposit.groupingDigits) of its deposit: add to it with `meshd gov deposit \(number) COIN`"
        case .waiting: reason = "waits until fewer proposals are voted on: vote later"
        case .expired, .cancelled: reason = "is \(status.name)"
        default:
            let end = Timestamp(nanoseconds: votingEndTimeNanoseconds)
            reason =
                "is \(status.name), its voting ended at \(end): `meshd gov tally \(number)` shows what the votes came to"
        }
        throw CommandError(.badInput, "proposal \(number) can't be voted on: it \(reason)")
    }
}
