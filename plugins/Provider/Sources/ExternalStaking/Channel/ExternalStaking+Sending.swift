import ControlChannel
import ExternalStakingEvents
import IBC
import InterchainEvents
import ModuleKit

extension ExternalStaking {
    /// Sends a packet over the pairing's channel.
    ///
    /// - Returns: the packet's sequence.
    /// - Throws: what Interchain has against it: a client that is frozen or expired, a closed channel.
    func send(_ packet: ProviderPacket, _ pairing: ExternalStakingPairing, _ context: Context) throws(ModuleError)
        -> UInt64
    {
        let lifetime = try lifetime(of: packet, context)
        let deadline = try context.block.time.adding(lifetime)
        let timeout = try ModuleError.wrapping { () throws(IBCError) in
            try Timeout(nanosecondsSince1970: deadline.nanoseconds)
        }
        return try context.send(
            packet.json(version: try pairing.controlVersion()),
            from: try end(pairing, context),
            timeout: timeout
        )
    }

    /// A coin of the vault's denomination.
    func coin(_ amount: Amount, _ pairing: ExternalStakingPairing) throws(ModuleError) -> Coin {
        Coin(amount, try Denom(pairing.denom))
    }
}
