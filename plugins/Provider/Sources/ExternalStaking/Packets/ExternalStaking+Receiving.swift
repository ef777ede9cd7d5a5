import ControlChannel
import ExternalStakingEvents
public import IBC
import InterchainEvents
public import ModuleKit

/// What the consumer says. A packet that can't be taken is answered with an error, and changes nothing.
extension ExternalStaking {
    /// Takes a packet of the consumer.
    ///
    /// - Returns: an empty JSON object, or why the packet is refused.
    /// - Throws: `strangeChannel`, and what can only be a defect of this chain.
    public func receive(_ packet: Packet, _ context: Context) throws(ModuleError) -> Acknowledgement {
        let pairing = try requireOpenPairing(context)
        guard packet.destination == (try end(pairing, context)) else {
            throw ModuleError(
                .strangeChannel,
                "the packet came over \(packet.destination), which is not the pairing's channel \(pairing.channelID)"
            )
        }
        do throws(ModuleError) {
            let said = try ConsumerPacket(json: packet.data, version: try pairing.controlVersion())
            switch said {
            case .validatorSetUpdate(let update): try take(update, packet.sequence, pairing, context)
            case .internalUnstake(let handBack): try take(handBack, packet.sequence, pairing, context)
            case .distribute(let rewards): try take(RewardBatch(rewards), packet.sequence, pairing, context)
            case .distributeBatch(let rewards): try take(RewardBatch(rewards), packet.sequence, pairing, context)
            }
        } catch {
            // What was refused has recorded nothing. Whatever else failed is told by its code alone.
            guard Self.isRefusal(error) else { throw error }
            return .error(error.recordedMessage)
        }
        return .result(ControlAcknowledgement.emptyResult)
    }

    /// Whether an error is about what a packet says, found before anything was recorded.
    private static func isRefusal(_ error: ModuleError) -> Bool {
        error.codespace == ModuleError.Code.malformedControlPacket.codespace
            || [
                .unsupportedPacket, .wrongStakeDenomination, .zeroExternalStake, .tooManyConsumerValidators,
                .tooManyKeys, .rewardsNotTaken, .wrongRewardsDenomination, .zeroRewards, .unknownRewardedValidator,
                .tooManyRewards, .rewardsNotCovered,
            ].contains(error.code)
    }
}
