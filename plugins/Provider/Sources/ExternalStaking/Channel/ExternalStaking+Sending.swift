import ControlChannel
import ExternalStakingEvents
import IBC
import InterchainEvents
import ModuleKit

extension ExternalStaking {
    /// Sends a packet over the pairing's channel.
    ///
    /// - Returns: the packet's sequence.
    /// - Throws: `pairingFrozen`; what else Interchain has against it: a client that has expired, a closed channel.
    func send(_ packet: ProviderPacket, _ pairing: ExternalStakingPairing, _ context: Context) throws(ModuleError)
        -> UInt64
    {
        let lifetime = try lifetime(of: packet, context)
        let deadline = try context.block.time.adding(lifetime)
        let timeout = try ModuleError.wrapping { () throws(IBCError) in
            try Timeout(nanosecondsSince1970: deadline.nanoseconds)
        }
        do throws(ModuleError) {
            return try context.send(
                packet.json(version: try pairing.controlVersion()),
                from: try end(pairing, context),
                timeout: timeout
            )
        } catch {
            guard error.code == .clientFrozen else { throw error }
            throw ModuleError(
                .pairingFrozen,
                "the client of the other chain is frozen, and nothing is sent there: what unbonds can be withdrawn when it "
                    + "is free; for all else, wait until this chain's authority unfreezes the client or closes the channel"
            )
        }
    }

    /// A coin of the vault's denomination.
    func coin(_ amount: Amount, _ pairing: ExternalStakingPairing) throws(ModuleError) -> Coin {
        Coin(amount, try Denom(pairing.denom))
    }
}
