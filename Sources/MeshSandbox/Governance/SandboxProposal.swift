import Foundation
import GovernanceEvents
import ModuleKit

/// What is put to the vote: a title, and messages that governance sends in its own name if it is accepted.
public struct SandboxProposal: Sendable, Hashable {
    /// A line that says what it is.
    public var title: String
    /// More of it; may be empty.
    public var summary: String
    /// What is sent, all or nothing; none for a mere text.
    public var messages: [SandboxMessage]

    /// Describes a proposal.
    public init(_ title: String, summary: String = "", _ messages: [SandboxMessage]) {
        self.title = title
        self.summary = summary
        self.messages = messages
    }

    /// The message that submits it.
    ///
    /// - Parameter deposit: what its proposer deposits with it; nil for nothing.
    func submission(depositing deposit: ProtoCoin?) throws(SandboxError) -> SandboxMessage {
        try SandboxMessage(
            GovernanceMessage.with {
                $0.submit.title = title
                $0.submit.summary = summary
                $0.submit.messages = messages.map { message in
                    .with {
                        $0.instance = message.instance
                        $0.message = Data(message.bytes)
                    }
                }
                if let deposit { $0.submit.initialDeposit = deposit }
            },
            to: ChainSpecification.governanceLabel
        )
    }
}
