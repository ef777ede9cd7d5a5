import GovernanceEvents
import ModuleKit

// One proposal is executed in a block, at its end. Whatever goes wrong concerns that proposal alone: an error of a message is
// caught and recorded. What can't be caught, such as more events than a hook may record, takes the whole hook with it, and so
// what it would have recorded. That is why the start of the block leaves a mark first.
extension Governance {
    /// Names the proposal that the end of this block executes: the accepted one with the lowest number.
    func beginExecution(_ context: Context) throws(ModuleError) {
        guard let number = try collections.accepted.entries(in: context, limit: 1).first?.key else { return }
        try context.emit(
            .with {
                $0.executionBegan.proposal = number
                $0.executionBegan.height = context.block.height
            }
        )
    }

    /// Gives up a proposal that the end of an earlier block was to execute, and did not get through.
    func failInterruptedExecution(_ context: Context) throws(ModuleError) {
        guard let execution = try collections.execution.value(in: context) else { return }
        let error = ModuleError(
            .executionTooLarge,
            "the end of block \(execution.height) could not be completed with these messages: see the failed hook there, "
                + "and propose less at once"
        )
        try recordFailure(of: execution.proposal, error, context)
    }

    /// Sends the messages of the proposal that the start of the block named.
    func execute(_ context: Context) throws(ModuleError) {
        guard let execution = try collections.execution.value(in: context) else { return }
        let proposal = try collections.proposal(execution.proposal, in: context)
        do throws(ModuleError) {
            try context.emit(Self.execution(of: proposal.number, proposal.messages))
        } catch {
            try recordFailure(of: proposal.number, error, context)
        }
    }

    private func recordFailure(of number: UInt64, _ error: ModuleError, _ context: Context) throws(ModuleError) {
        try context.emit(
            .with {
                $0.executionFailed.proposal = number
                $0.executionFailed.failure = GovernanceFailure(error)
            }
        )
    }
}
