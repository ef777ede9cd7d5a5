import ArgumentParser
import GovernanceEvents
import MeshHost
import ModuleKit
import Storage

/// What all commands that submit a proposal take.
struct ProposalOptions: ParsableArguments {
    @Option(name: .long, help: "What the proposal is for, in words.")
    var summary: String?

    @Option(name: .long, help: "The first deposit, such as 10000000umesh; voting begins once there is enough.")
    var deposit: String?

    @Flag(name: .long, help: "Submit it although a message to an instance would fail as things are now.")
    var mayFailNow = false

    @Flag(name: .long, help: "Print the proposal and the transaction without signatures, and execute nothing.")
    var dryRun = false

    /// Puts what was named into a draft.
    ///
    /// - Throws: `badInput` when no deposit is named at all.
    fileprivate func complete(_ draft: ProposalDraft, _ chain: ChainView) throws(CommandError) -> ProposalDraft {
        var draft = draft
        if let summary { draft.summary = summary }
        if mayFailNow { draft.mayFailNow = true }
        if let deposit { draft.deposit = try CommandError.wrapping { try Coin(deposit) } }
        guard draft.deposit == nil else { return draft }
        let minimum = try chain.governance { $0.parameters = .init() }.parameters.minDeposit
        throw CommandError(
            .badInput,
            "the proposal has no deposit: name it with --deposit; with \(minimum.amount)\(minimum.denom), voting begins at once"
        )
    }
}

/// The title of a proposal that has a usual one.
struct ProposalTitle: ParsableArguments {
    @Option(name: .long, help: "The proposal's title. (default: what it does)")
    var title: String?

    /// The title that is meant.
    func or(_ usual: String) -> String { title ?? usual }
}

/// What all commands take that submit a proposal with a usual title.
struct TitledProposalOptions: ParsableArguments {
    @OptionGroup var global: GlobalOptions
    @OptionGroup var title: ProposalTitle
    @OptionGroup var proposal: ProposalOptions
    @OptionGroup var transaction: TransactionOptions
    @OptionGroup var blockTime: BlockTimeOptions
}

/// A command that submits a proposal.
protocol ProposalCommand: SubmittingCommand {
    var proposal: ProposalOptions { get }

    /// The title and the messages; the options complete it.
    func draft(_ chain: ChainView, _ references: AccountReferences) throws(CommandError) -> ProposalDraft
}

/// A command that submits a proposal with a usual title.
protocol TitledProposalCommand: ProposalCommand {
    var options: TitledProposalOptions { get }
}

extension TitledProposalCommand {
    var global: GlobalOptions { options.global }
    var title: ProposalTitle { options.title }
    var proposal: ProposalOptions { options.proposal }
    var transaction: TransactionOptions { options.transaction }
    var blockTime: BlockTimeOptions { options.blockTime }
}

extension ProposalCommand {
    /// Shows what is proposed, submits it, and says what comes next.
    func execute(_ console: Console) throws(CommandError) {
        let (draft, document) = try prepared()
        if proposal.dryRun { return console.print(draft.report) }
        guard !transaction.generateOnly, !transaction.signOnly else { return console.stream(try document.report()) }
        console.note(draft.text)
        let receipt = try TransactionSubmission(home: home, blockTime: blockTime).submit(document, console)
        if let number = receipt.submittedProposal {
            console.note(
                "It is proposal \(number): see `meshd gov show \(number)`, and `meshd gov vote \(number) yes`."
            )
        }
    }

    private func prepared() throws(CommandError) -> (DraftView, TransactionDocument) {
        let chain = try ChainView(try home.openForReading())
        defer { try? chain.host.store.close() }
        let references = AccountReferences(addresses: chain.addresses, keys: KeyStore(home))
        let draft = try proposal.complete(try draft(chain, references), chain)
        let request = try Request(draft.message(), to: try chain.governanceLabel())
        let isUnsigned = transaction.generateOnly || proposal.dryRun
        let document = try document(of: [request], isSigned: !isUnsigned, chain, references)
        return (try DraftView(draft, document, chain), document)
    }
}

/// A draft as it is shown, when the chain is closed again.
private struct DraftView {
    let text: String
    private let proposal: JSONValue
    private let transaction: JSONValue

    init(_ draft: ProposalDraft, _ document: TransactionDocument, _ chain: ChainView) throws(CommandError) {
        proposal = draft.document(chain)
        text = draft.facts(chain).text(.plain)
        let line = try document.line()
        transaction = try CommandError.wrapping { try JSONValue(parsing: line) }
    }

    /// What a dry run prints.
    var report: Report {
        Report(["proposal": proposal, "transaction": transaction]) { _ in
            text + "\nThe proposal, as `meshd gov submit --file` reads it:\n" + proposal.text(.pretty)
                + "\nThe transaction, as `meshd tx sign` reads it:\n" + transaction.text() + "\n"
        }
    }
}

extension Receipt {
    /// The number that governance gave to the proposal of this transaction.
    fileprivate var submittedProposal: String? {
        let event = events.first { $0.kind == "proposal_submitted" }
        return try? event?.payload["proposal"].string()
    }
}
