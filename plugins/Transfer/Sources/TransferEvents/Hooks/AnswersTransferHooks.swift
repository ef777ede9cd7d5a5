public import ModuleKit

/// A vocabulary with a kind of event in which an instance says that it has done what a transfer's memo called it for.
///
/// Modules never call each other. The transfer module records the call; the instance at the called address reacts, and
/// records its answer in an event of its own, in a field of the type `mesh.transfer.v1.HookAnswer`; the transfer module
/// reacts to that, and takes an answer from nobody else. Without an answer, the packet fails, and its tokens go back:
///
///     extension VaultEvent: AnswersTransferHooks {
///         public init(transferHookAnswer: TransferHookAnswer) {
///             self = .with { $0.hookAnswered = transferHookAnswer }
///         }
///
///         public var transferHookAnswer: TransferHookAnswer? {
///             if case .hookAnswered(let answer) = event { answer } else { nil }
///         }
///     }
public protocol AnswersTransferHooks: EventVocabulary {
    /// The event that holds an answer.
    init(transferHookAnswer: TransferHookAnswer)

    /// The answer in this event; mostly none.
    var transferHookAnswer: TransferHookAnswer? { get }
}
