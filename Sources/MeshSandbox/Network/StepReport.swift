public import ModuleKit

/// What happened in a step of a network.
public struct StepReport: Sendable {
    /// The step, from 1 on.
    public let number: UInt64
    /// The network's time.
    public let time: Timestamp
    /// The blocks that were made, in the order of the chains.
    public internal(set) var blocks: [BlockReport] = []
    /// What relayers submitted, in order; it stands in one of the next blocks.
    public internal(set) var submitted: [Delivery] = []
    /// What relayers decided to hold back, for some steps or for good.
    public internal(set) var withheld: [Delivery] = []
    /// Why relayers could not do their work, one line each: a client has expired, a chain is down.
    public internal(set) var obstacles: [String] = []

    /// The forged deliveries of the step's blocks, each with the reason for which the chain refused it.
    public var refusedForgeries: [(delivery: Delivery, error: ModuleError?)] {
        blocks.flatMap(\.transactions).flatMap { transaction in
            transaction.deliveries.filter(\.isForged).map { ($0, transaction.error) }
        }
    }

    /// The packets that moved, in the order of the blocks.
    public var packets: [PacketMovement] { blocks.flatMap(\.packets) }
}
