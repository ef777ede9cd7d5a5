import IBC
import InterchainEvents
import ModuleKit

extension Interchain {
    /// Freezes a client by two headers, either of which it could be made to take, and which its chain can't both have.
    func handle(_ request: InterchainSubmitMisbehaviour, _ context: Context) throws(ModuleError) {
        let id = try ClientID(reading: request.clientID)
        let client = try requireActive(id, context)
        let misbehaviour = try ModuleError.wrapping { () throws(IBCError) in
            try TendermintMisbehaviour(encoded: Array(request.misbehaviour))
        }
        guard misbehaviour.client == nil || misbehaviour.client == id else {
            throw ModuleError(
                .malformedInput,
                "the misbehaviour names another client than the message, \(id): name the same, or none"
            )
        }
        let first = try consensusState(of: id, at: misbehaviour.first.trustedHeight, in: context)
        let second = try consensusState(of: id, at: misbehaviour.second.trustedHeight, in: context)
        let now = try context.block.time.blockTime
        try context.charge(Work.verification(of: misbehaviour.first))
        try context.charge(Work.verification(of: misbehaviour.second))
        try ModuleError.wrapping { () throws(IBCError) in
            try client.verify(misbehaviour, first: first, second: second, now: now)
        }
        try freeze(id, at: misbehaviour.first.height, context)
    }

    /// Lets a frozen client go on, after people found out what happened. What they have looked at freezes it no more, or
    /// anybody could undo their decision by bringing the same evidence again.
    func handle(_ request: InterchainUnfreezeClient, _ context: Context) throws(ModuleError) {
        let id = try ClientID(reading: request.clientID)
        let configured = try authority.value(in: context)
        let authority = if let configured { configured } else { try context.authority() }
        guard let authority, context.sender == authority else {
            throw ModuleError(
                .unauthorized,
                "only the chain's authority, or the one that Interchain is configured with, may unfreeze a client: propose it "
                    + "there"
            )
        }
        let client = try client(id, in: context)
        guard client.isFrozen else {
            throw ModuleError(.invalidState, "the client \(id) is not frozen: there is nothing to do")
        }
        try context.emit(
            .with {
                $0.clientUnfrozen.clientID = id.text
                $0.clientUnfrozen.forgivenHeight =
                    request.hasForgivenHeight ? request.forgivenHeight : client.latestHeight.protobuf
            }
        )
    }
}
