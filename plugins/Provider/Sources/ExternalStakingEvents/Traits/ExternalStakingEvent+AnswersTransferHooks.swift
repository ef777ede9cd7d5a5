import ModuleKit
public import TransferEvents

extension ExternalStakingEvent: AnswersTransferHooks {
    /// An answer to the transfer module.
    public init(transferHookAnswer: TransferHookAnswer) {
        self = .with { $0.hookAnswered = transferHookAnswer }
    }

    /// What the transfer module is answered; mostly nothing.
    public var transferHookAnswer: TransferHookAnswer? {
        if case .hookAnswered(let answer) = event { answer } else { nil }
    }
}
