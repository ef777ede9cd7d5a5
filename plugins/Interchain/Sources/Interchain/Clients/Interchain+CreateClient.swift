import IBC
import InterchainEvents
import ModuleKit

extension Interchain {
    /// Starts a client. Anyone may; what a client takes as given binds only those who choose to use it.
    func handle(_ request: InterchainCreateClient, _ context: Context) throws(ModuleError) {
        let (client, initial) = try ModuleError.wrapping { () throws(IBCError) in
            (
                try TendermintClientState(encoded: Array(request.clientState)),
                try TendermintConsensusState(encoded: Array(request.consensusState))
            )
        }
        let now = try context.block.time.blockTime
        try ModuleError.wrapping { () throws(IBCError) in try client.checkCanStart(from: initial, now: now) }
        let id = ClientID(number: try counters.value(in: context)?.clients ?? 0)
        try context.emit(
            .with {
                $0.clientCreated.clientID = id.text
                $0.clientCreated.clientState = request.clientState
                $0.clientCreated.header = InterchainVerifiedHeader(initial, at: client.latestHeight)
            }
        )
    }
}
