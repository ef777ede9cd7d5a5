import GovernanceEvents
import ModuleKit

// A proposal that can't be executed wastes everybody's time. So its messages are sent at its submission, as they will be when
// it passes, and all of it is undone. What somebody refuses then, such as a grant to a pairing that is not complete, refuses
// the submission with the same error.
extension Governance {
    /// Sends the messages of a proposal and undoes it.
    ///
    /// With `may_fail_now`, only what the host is told has to succeed. Of the other messages each is sent alone, and an error
    /// matters only when it says that the message can't be read: that will never change.
    ///
    /// - Throws: what the messages throw.
    func rehearse(_ request: GovernanceSubmit, _ number: UInt64, _ context: Context) throws(ModuleError) {
        guard request.mayFailNow else {
            try rehearse(request.messages, number, context)
            return
        }
        try rehearse(request.messages.filter { isForHost($0, context) }, number, context)
        for message in request.messages where !isForHost(message, context) {
            do throws(ModuleError) {
                try rehearse([message], number, context)
            } catch {
                if [.undecodable, .unknownField, .unknownMessage].contains(error.code) { throw error }
            }
        }
    }

    private func rehearse(_ messages: [GovernanceProposalMessage], _ number: UInt64, _ context: Context)
        throws(ModuleError)
    {
        guard !messages.isEmpty else { return }
        do throws(ModuleError) {
            try context.rehearse(Self.execution(of: number, messages))
        } catch {
            throw error.adding(context: "the proposal would fail as things are now")
        }
    }

    /// Whether a message is for the host.
    func isForHost(_ message: GovernanceProposalMessage, _ context: Context) -> Bool {
        message.instance == "host" || context.instance(named: message.instance)?.number == 0
    }

    static func execution(of number: UInt64, _ messages: [GovernanceProposalMessage]) -> GovernanceEvent {
        .with {
            $0.executed.proposal = number
            $0.executed.messages = messages
        }
    }
}
